"""The words of one language that the quote stage knows, as one frozen value."""

from bot.news import Value

Words = frozenset[str]


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
    openers: Words = frozenset()
    titles: Words = frozenset()
    departments: Words = frozenset()
    male_titles: Words = frozenset()
    female_titles: Words = frozenset()
    name_particles: Words = frozenset()
    name_suffixes: Words = frozenset()
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
    retelling: Words = frozenset()
    postposed: Words = frozenset()
    quantifiers: Words = frozenset()
    abbreviations: Words = frozenset()
    male_names: Words = frozenset()
    female_names: Words = frozenset()
    nouns: Words = frozenset()
    """People, bodies and documents: every noun that can speak."""
    roles: Words = frozenset()
    """Titles and nouns for people."""
    pronouns: Words = frozenset()
