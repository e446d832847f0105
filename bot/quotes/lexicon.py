"""The words of one language that the quote stage knows, as one frozen value."""

from typing import Literal

from bot.news import Value

Words = frozenset[str]
Endings = tuple[str, ...]
Feature = Literal["measured", "noun-capitals", "compounds", "dropped-subjects"]
"""What sets a language apart: its speakers were measured on annotated articles (the others are
certain only where they are named beside their cue); nouns begin with a capital letter; nouns are
written together; the subject of a verb may be left out."""


class Lexicon(Value, frozen=True):
    """Words by what they do, in lower case with straight apostrophes; entries may hold spaces.

    A lexicon without words still lets the stage find marks and offsets; speakers are then unknown.
    `cues` holds every inflected form; `weak_cues` those of them that mostly mean something else.
    """

    language: str
    cues: Words = frozenset()
    weak_cues: Words = frozenset()
    naming: Words = frozenset()
    term_nouns: Words = frozenset()
    work_nouns: Words = frozenset()
    sign_nouns: Words = frozenset()
    auxiliaries: Words = frozenset()
    adverbs: Words = frozenset()
    time_words: Words = frozenset()
    determiners: Words = frozenset()
    prepositions: Words = frozenset()
    subordinators: Words = frozenset()
    conjunctions: Words = frozenset()
    relatives: Words = frozenset()
    pronouns_male: Words = frozenset()
    pronouns_female: Words = frozenset()
    pronouns_plural: Words = frozenset()
    pronouns_thing: Words = frozenset()
    """What stands for a body or a document: it."""
    openers: Words = frozenset()
    titles: Words = frozenset()
    departments: Words = frozenset()
    male_titles: Words = frozenset()
    female_titles: Words = frozenset()
    male_nouns: Words = frozenset()
    female_nouns: Words = frozenset()
    somebody: Words = frozenset()
    """Nouns by which a man, a woman or either is meant; a language without has no referents."""
    namesakes: Words = frozenset()
    """What stands before the last name of somebody else: the elder Brandt."""
    name_particles: Words = frozenset()
    name_suffixes: Words = frozenset()
    generations: Words = frozenset()
    """What tells a son from his father: Jr., III."""
    parties: Words = frozenset()
    people_nouns: Words = frozenset()
    body_nouns: Words = frozenset()
    document_nouns: Words = frozenset()
    speech_nouns: Words = frozenset()
    anonymous_nouns: Words = frozenset()
    anonymous_phrases: Words = frozenset()
    plural_bodies: Words = frozenset()
    listeners: Words = frozenset()
    outlet_words: Words = frozenset()
    outlet_acronyms: Words = frozenset()
    org_words: Words = frozenset()
    places: Words = frozenset()
    nationalities: Words = frozenset()
    elisions: Words = frozenset()
    named_things: Words = frozenset()
    reporting: Words = frozenset()
    issuing: Words = frozenset()
    studies: Words = frozenset()
    public_bodies: Words = frozenset()
    bringers: Words = frozenset()
    reporters: Words = frozenset()
    overheard: Words = frozenset()
    with_words: Words = frozenset()
    that_words: Words = frozenset()
    """What introduces indirect speech; `clausal` verbs need none, `withholding` words deny it."""
    clausal: Words = frozenset()
    withholding: Words = frozenset()
    going_on: Words = frozenset()
    uttering: Words = frozenset()
    """Verbs for nothing but speech, right before a mark."""
    retelling: Words = frozenset()
    postposed: Words = frozenset()
    quantifiers: Words = frozenset()
    abbreviations: Words = frozenset()
    ands: Words = frozenset()
    ands_or: Words = frozenset()
    sharing: Words = frozenset()
    of_words: Words = frozenset()
    the_words: Words = frozenset()
    body_links: Words = frozenset()
    title_links: Words = frozenset()
    time_links: Words = frozenset()
    agent_links: Words = frozenset()
    show_links: Words = frozenset()
    name_links: Words = frozenset()
    as_words: Words = frozenset()
    indefinites: Words = frozenset()
    definites: Words = frozenset()
    possessives: Words = frozenset()
    subject_pronouns: Words = frozenset()
    new_clause: Words = frozenset()
    phrase_closers: Words = frozenset()
    being: Words = frozenset()
    recent: Words = frozenset()
    telling: Words = frozenset()
    source_cues: Words = frozenset()
    """Words before whoever is the source: according (to), selon, laut."""
    linked_cues: Words = frozenset()
    """Those of them that need one of `source_links` after them."""
    source_links: Words = frozenset()
    entitled: Words = frozenset()
    named: Words = frozenset()
    naming_bases: Words = frozenset()
    small_words: Words = frozenset()
    plural_nouns: Words = frozenset()
    spokespeople: Words = frozenset()
    outlet_openers: Words = frozenset()
    opening_marks: Words = frozenset()
    """Marks that only ever open in this language, and those that only ever close."""
    closing_marks: Words = frozenset()
    proclitics: Words = frozenset()
    """Short words written together with the next, up to their apostrophe: l', d', dell'."""
    enclitics: Words = frozenset()
    """Pronouns written behind their verb after a hyphen: -t-il, -elle."""
    features: frozenset[Feature] = frozenset()
    title_families: tuple[Words, ...] = ()
    """Titles that stand for each other: Rep. Ana Ruiz is "the congresswoman" and "the lawmaker"."""
    plain_endings: Endings = ()
    """How a capitalised first word ends that is no name; then endings of verbs and nouns."""
    past_endings: Endings = ()
    participle_endings: Endings = ()
    introducing_endings: Endings = ()
    verb_endings: Endings = ()
    adverb_endings: Endings = ()
    agent_endings: Endings = ()
    noun_endings: Endings = ()
    adjective_endings: Endings = ()
    male_names: Words = frozenset()
    female_names: Words = frozenset()
    nouns: Words = frozenset()
    """People, bodies and documents: every noun that can speak."""
    roles: Words = frozenset()
    """Titles and nouns for people."""
    pronouns: Words = frozenset()
    strong_cues: Words = frozenset()
    """Cues that are not weak."""
    closers: Words = frozenset()
    """What ends the noun phrase before it."""
