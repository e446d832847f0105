"""Words of `/sources`."""

from typing import Final

GROUP: Final = "What the newsroom reads: feeds, pages, wires"
ADD: Final = "Add a feed, a page, or the best feed that a front page names"
LIST: Final = "The sources, each with how it does"
TEST: Final = "Show what would be read at an address, how often, or why not; nothing is stored"
PAUSE: Final = "Read a source no more until it is resumed"
RESUME: Final = "Read a paused source again, or one that was gone"
REMOVE: Final = "Forget a source; its articles stay"
HEALTH: Final = "Which sources fail, since when and why; which are silent, moved or gone"
IMPORT: Final = "Add the sources of an OPML list"
EXPORT: Final = "All sources as an OPML list"

ADDRESS: Final = "Its address, with https:// before it; without it a form opens"
OUTLET: Final = "The name to print; by default what it calls itself"
WHICH: Final = "Of a front page: its best feed, all of its feeds, or the page itself"
URGENT: Final = "Ask it every minute"
WORDS: Final = "Only those with these words in address, outlet, publisher or folder"
NAME: Final = "Which one: choose from the list, or give its address, outlet, or a part of either"
WHAT: Final = "An address on the web, or a source"
FILE: Final = "The list: an .opml or .xml file of at most 1 MB"
DRY_RUN: Final = "Only say what would be added"

BEST: Final = "its best feed"
ALL: Final = "all of its feeds"
PAGE: Final = "the page itself"

FORM: Final = "Add a source"
FORM_ADDRESS: Final = "Address"
FORM_ADDRESS_HINT: Final = "Of a feed, a page, or a site's front page; with https:// before it"
FORM_OUTLET: Final = "Outlet"
FORM_OUTLET_HINT: Final = "The name to print, if not what it calls itself"
FORM_PUBLISHER: Final = "Publisher"
FORM_PUBLISHER_HINT: Final = "The company behind it, if it has several outlets"
FORM_FOLDER: Final = "Folder"
FORM_FOLDER_HINT: Final = "Where to file it in lists"
FORM_WHICH: Final = "Of a front page"

NO_PATH: Final = (
    "{address}: is no web address. Files and folders are added where Nutgraf runs "
    "(nutgraf sources add)."
)
TOO_LARGE: Final = "{name} is larger than 1 MB, too large for a list of sources."
EXPORTED: Final = "{sources} in this list. /sources import takes it in elsewhere."
