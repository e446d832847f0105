"""Knows the parameters of addresses that tell how a reader came, not what the page is."""

from typing import Final

PREFIXES: Final = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "_hs", "__hs", "at_campaign", "at_medium",
    "at_custom", "at_link", "at_ptr", "at_bbc", "oly_", "vero_", "guce_", "guccounter", "itm_",
    "amp_", "__twitter_",
)  # fmt: skip
"""How such names begin. A name that could also be the page's own (`id`, `p`, `page`) is not here.

Source: what the makers document: Google Analytics (utm_), Matomo (mtm_, pk_), HubSpot (_hs, hsa_),
AT Internet (at_, xtor), Mailchimp (mc_), Omeda (oly_), Webtrekk (wt_), comScore (ns_), AMP (amp_).
No maintained Python list is fit: courlan's takes `reference`, `eid` and `uid` for tracking, which
are a page's identity elsewhere; unalix ended in 2021.
"""
NAMES: Final = frozenset(
    """_branch_match_id _ga _gl _openstat cmpid dclid dicbo efid epik fb_action_ids fb_action_types
    fb_ref fb_source fbclid ftag gad_source gbraid gclid gclsrc gdfms gdftrk gdffi icid igsh igshid
    intcid intcmp ito kxconfid li_fat_id mc_cid mc_eid mkt_tok mkcid mkevt mkrid msclkid ncid
    ns_campaign ns_fee ns_linkname ns_mchannel ns_source ocid rb_clickid ref_src ref_url s_cid
    s_kwcid sc_campaign sc_cid smid smtyp spref sr_share srnd sref trk trkcampaign ttclid twclid
    wbraid wickedid wt_mc wt_zmc xtor yclid ysclid zanpid
    jsessionid phpsessid""".split()  # noqa: SIM905 - 30 lines otherwise
)
"""Whole names; the last two are a visit's, not a page's."""
WAYS: Final = frozenset({"cid", "from", "partner", "ref", "referrer", "source", "src", "via"})
"""Names that tell the way only with one of the values in `WAY_VALUES`."""
WAY_VALUES: Final = frozenset(
    """app atom bluesky email facebook fb feed feeds homepage instagram linkedin mail mastodon
    newsletter rss share sharing social telegram threads twitter whatsapp x""".split()  # noqa: SIM905
)


def is_tracking(name: str, value: str = "") -> bool:
    """Tell whether a parameter of that name, in any case, and value says how a reader came."""
    lower = name.lower()
    if lower in NAMES or lower.startswith(PREFIXES):
        return True
    return lower in WAYS and value.lower() in WAY_VALUES
