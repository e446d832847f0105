import pytest

from bot.language import inflect, load_lexicon
from bot.news import Quote
from tests.quotes.reading import read

Case = tuple[str, str, str | None]
"""A body, the words of its first statement (pieces joined by /), and the speaker's words."""

FRENCH: list[Case] = [
    ("« Le pont est fermé », a déclaré Ana Ruiz.", "Le pont est fermé", "Ana Ruiz"),
    ("« Le pont est fermé », a-t-elle déclaré.", "Le pont est fermé", None),
    ("Ana Ruiz a déclaré : « Le pont est fermé. »", "Le pont est fermé.", "Ana Ruiz"),
    (
        "Selon Ana Ruiz, « le pont restera fermé jusqu’à lundi ».",
        "le pont restera fermé jusqu’à lundi",
        "Ana Ruiz",
    ),
    (
        "« Le pont est fermé », a indiqué la maire de Tolmar, Ana Ruiz. « Il le restera. »",
        "Le pont est fermé/Il le restera.",
        "Ana Ruiz",
    ),
    (
        "Le ministre de l’Intérieur, Paul Verrin, a dénoncé « un projet bâclé par ses auteurs ».",
        "un projet bâclé par ses auteurs",
        "Paul Verrin",
    ),
    ("« C’est une erreur », explique un porte-parole.", "C’est une erreur", "un porte-parole"),
    (
        "« C’est une erreur », souligne l’inspectrice Hanne Velling.",
        "C’est une erreur",
        "Hanne Velling",
    ),
    (
        "Ana Ruiz est arrivée lundi. « Rien n’est décidé », a-t-elle dit.",
        "Rien n’est décidé",
        "Ana Ruiz",
    ),
    ("“Rien n’est décidé”, affirme M. Verrin.", "Rien n’est décidé", "Verrin"),
    ("« Rien », répond-il.", "Rien", None),
    ("“Nous partons demain”, écrit le collectif.", "Nous partons demain", "le collectif"),
    (
        "Interrogée lundi, Ana Ruiz a répondu : « Nous partons demain. »",
        "Nous partons demain.",
        "Ana Ruiz",
    ),
    (
        "« Nous partons », assure Ana Ruiz, qui dirige le port, « et vite ».",
        "Nous partons/et vite",
        "Ana Ruiz",
    ),
    (
        "Ana Ruiz, directrice du port, juge que le projet est « mal préparé et trop cher ».",
        "mal préparé et trop cher",
        "Ana Ruiz",
    ),
    ("« Nous partons », a dit le président d’Ostrel, Léon Mavy.", "Nous partons", "Léon Mavy"),
]
GERMAN: list[Case] = [
    ("„Die Brücke ist gesperrt“, sagte Jens Kolb.", "Die Brücke ist gesperrt", "Jens Kolb"),
    (
        "„Die Brücke ist gesperrt“, sagte Bürgermeisterin Ana Ruiz.",
        "Die Brücke ist gesperrt",
        "Ana Ruiz",
    ),
    ("Jens Kolb sagte: „Die Brücke ist gesperrt.“", "Die Brücke ist gesperrt.", "Jens Kolb"),
    ("„Wir warten ab“, so Kolb am Montag.", "Wir warten ab", "Kolb"),
    ("»Wir warten ab«, erklärte Jens Kolb.", "Wir warten ab", "Jens Kolb"),
    (
        "„Wir warten ab“, sagte eine Sprecherin der Polizei.",
        "Wir warten ab",
        "eine Sprecherin",
    ),
    (
        "„Wir warten ab“, sagte eine Polizeisprecherin am Abend.",
        "Wir warten ab",
        "eine Polizeisprecherin",
    ),
    (
        "„Wir warten“, sagte Jens Kolb, „aber nicht lange.“",
        "Wir warten/aber nicht lange.",
        "Jens Kolb",
    ),
    (
        "Laut Jens Kolb ist der Plan „ein Fehler mit langen Folgen“.",
        "ein Fehler mit langen Folgen",
        "Jens Kolb",
    ),
    (
        "Jens Kolb kam am Montag an. „Ich bleibe hier“, sagte er.",
        "Ich bleibe hier",
        "Jens Kolb",
    ),
    (
        "Der Vorsitzende des Verbandes, Jens Kolb, sagte: „Ich bleibe hier.“",
        "Ich bleibe hier.",
        "Jens Kolb",
    ),
    ("„Ich bleibe hier“, teilte das Ministerium mit.", "Ich bleibe hier", "das Ministerium"),
    (
        "Kolb nannte den Plan „einen Fehler mit langen Folgen“.",
        "einen Fehler mit langen Folgen",
        "Kolb",
    ),
    ("„Ich bleibe hier“, hat Ana Ruiz gesagt.", "Ich bleibe hier", "Ana Ruiz"),
    ("„Ist das klug?“, fragte Minister Paul Verrin.", "Ist das klug?", "Paul Verrin"),
    ("Die Polizei schrieb: „Meiden Sie die Brücke.“", "Meiden Sie die Brücke.", "Die Polizei"),
]
SPANISH: list[Case] = [
    ("«El puente está cerrado», dijo Ana Ruiz.", "El puente está cerrado", "Ana Ruiz"),
    ("“El puente está cerrado”, ha dicho Ana Ruiz.", "El puente está cerrado", "Ana Ruiz"),
    ("Ana Ruiz dijo: «El puente está cerrado».", "El puente está cerrado", "Ana Ruiz"),
    ('"El puente está cerrado", explicó el alcalde.', "El puente está cerrado", "el alcalde"),
    (
        "«El puente está cerrado», señaló la alcaldesa de Tolmar, Ana Ruiz.",
        "El puente está cerrado",
        "Ana Ruiz",
    ),
    (
        "Según Ana Ruiz, el plan es «un error que pagaremos todos».",
        "un error que pagaremos todos",
        "Ana Ruiz",
    ),
    (
        "El ministro de Transportes, Pablo Verrín, aseguró que «no habrá más retrasos».",
        "no habrá más retrasos",
        "Pablo Verrín",
    ),
    ("«Esperamos», afirmó Ana Ruiz, «pero no mucho».", "Esperamos/pero no mucho", "Ana Ruiz"),
    ("Ana Ruiz llegó el lunes. «No hay plan», dijo ella.", "No hay plan", "Ana Ruiz"),
    ("Ana Ruiz lo explicó el lunes. «No hay plan», añadió.", "No hay plan", "Ana Ruiz"),
    ("«No hay plan», dijo un portavoz.", "No hay plan", "un portavoz"),
    ("“No hay plan”, advirtió Pablo Verrín.", "No hay plan", "Pablo Verrín"),
    ("¿Y ahora? «No hay plan», admitió la policía.", "No hay plan", "la policía"),
    (
        "De acuerdo con Ana Ruiz, fue «una decisión muy difícil».",
        "una decisión muy difícil",
        "Ana Ruiz",
    ),
    ("“¿Qué hacemos ahora?”, preguntó Ana Ruiz.", "¿Qué hacemos ahora?", "Ana Ruiz"),
    ("«No hay plan», dijo la presidenta Ana Ruiz el lunes.", "No hay plan", "Ana Ruiz"),
]
ITALIAN: list[Case] = [
    ("«Il ponte è chiuso», ha detto Anna Ruti.", "Il ponte è chiuso", "Anna Ruti"),
    ("“Il ponte è chiuso”, dice Anna Ruti.", "Il ponte è chiuso", "Anna Ruti"),
    ("Anna Ruti ha dichiarato: «Il ponte è chiuso».", "Il ponte è chiuso", "Anna Ruti"),
    ('"Il ponte è chiuso", spiega il sindaco.', "Il ponte è chiuso", "il sindaco"),
    (
        "«Il ponte è chiuso», sottolinea la sindaca di Tolmara, Anna Ruti.",
        "Il ponte è chiuso",
        "Anna Ruti",
    ),
    (
        "Secondo Anna Ruti il piano è «un errore che pagheremo tutti».",
        "un errore che pagheremo tutti",
        "Anna Ruti",
    ),
    (
        "Il ministro dell’Interno, Paolo Verri, ha assicurato che «non ci saranno ritardi».",
        "non ci saranno ritardi",
        "Paolo Verri",
    ),
    ("«Aspettiamo», afferma Anna Ruti, «ma non molto».", "Aspettiamo/ma non molto", "Anna Ruti"),
    (
        "Anna Ruti è arrivata lunedì. «Non c’è un piano», ha detto lei.",
        "Non c’è un piano",
        "Anna Ruti",
    ),
    ("Anna Ruti lo ha spiegato. «Non c’è un piano», ha aggiunto.", "Non c’è un piano", "Anna Ruti"),
    ("«Non c’è un piano», dice un portavoce.", "Non c’è un piano", "un portavoce"),
    ("«Non c’è un piano», avverte l’ispettrice Anna Ruti.", "Non c’è un piano", "Anna Ruti"),
    ("La polizia ha scritto: «Evitate il ponte».", "Evitate il ponte", "La polizia"),
    ("«Che cosa facciamo?», ha chiesto Anna Ruti.", "Che cosa facciamo?", "Anna Ruti"),
    ("«Restiamo qui», ha risposto Paolo Verri.", "Restiamo qui", "Paolo Verri"),
    ("«Restiamo qui», ha ribadito il presidente Paolo Verri.", "Restiamo qui", "Paolo Verri"),
]
PORTUGUESE: list[Case] = [
    ("“A ponte está fechada”, disse Ana Rolim.", "A ponte está fechada", "Ana Rolim"),
    ("«A ponte está fechada», afirmou Ana Rolim.", "A ponte está fechada", "Ana Rolim"),
    ("Ana Rolim disse: “A ponte está fechada.”", "A ponte está fechada.", "Ana Rolim"),
    ('"A ponte está fechada", explicou o prefeito.', "A ponte está fechada", "o prefeito"),
    (
        "“A ponte está fechada”, sublinhou a prefeita de Tolmar, Ana Rolim.",
        "A ponte está fechada",
        "Ana Rolim",
    ),
    (
        "Segundo Ana Rolim, o plano é “um erro que todos pagaremos”.",
        "um erro que todos pagaremos",
        "Ana Rolim",
    ),
    (
        "O ministro dos Transportes, Paulo Verim, garantiu que “não haverá atrasos”.",
        "não haverá atrasos",
        "Paulo Verim",
    ),
    ("“Esperamos”, afirma Ana Rolim, “mas não muito”.", "Esperamos/mas não muito", "Ana Rolim"),
    ("Ana Rolim chegou ontem. “Não há plano”, disse ela.", "Não há plano", "Ana Rolim"),
    ("Ana Rolim explicou tudo ontem. “Não há plano”, acrescentou.", "Não há plano", "Ana Rolim"),
    ("“Não há plano”, disse um porta-voz.", "Não há plano", "um porta-voz"),
    ("“Não há plano”, alertou Paulo Verim.", "Não há plano", "Paulo Verim"),
    (
        "De acordo com Ana Rolim, foi “uma decisão muito difícil”.",
        "uma decisão muito difícil",
        "Ana Rolim",
    ),
    ("“O que fazemos agora?”, perguntou Ana Rolim.", "O que fazemos agora?", "Ana Rolim"),
    ("A polícia escreveu: “Evitem a ponte.”", "Evitem a ponte.", "A polícia"),
    ("“Ficamos aqui”, respondeu a presidente Ana Rolim.", "Ficamos aqui", "Ana Rolim"),
]
DUTCH: list[Case] = [
    ("‘De brug is dicht’, zegt Anneke Rood.", "De brug is dicht", "Anneke Rood"),
    ("“De brug is dicht”, zei Anneke Rood.", "De brug is dicht", "Anneke Rood"),
    ("Anneke Rood zei: “De brug is dicht.”", "De brug is dicht.", "Anneke Rood"),
    ("„De brug is dicht”, aldus Anneke Rood.", "De brug is dicht", "Anneke Rood"),
    ('"De brug is dicht", meldt de politie.', "De brug is dicht", "de politie"),
    ("“De brug is dicht”, zegt burgemeester Anneke Rood.", "De brug is dicht", "Anneke Rood"),
    (
        "Volgens Anneke Rood is het plan “een fout die we allemaal betalen”.",
        "een fout die we allemaal betalen",
        "Anneke Rood",
    ),
    (
        "“We wachten”, zegt Anneke Rood, “maar niet lang.”",
        "We wachten/maar niet lang.",
        "Anneke Rood",
    ),
    ("Anneke Rood kwam maandag aan. “Ik blijf hier”, zei ze.", "Ik blijf hier", "Anneke Rood"),
    ("“Ik blijf hier”, zei een woordvoerder.", "Ik blijf hier", "een woordvoerder"),
    ("“Ik blijf hier”, zei een politiewoordvoerder.", "Ik blijf hier", "een politiewoordvoerder"),
    (
        "De minister van Verkeer, Piet Verhagen, zei: “Ik blijf hier.”",
        "Ik blijf hier.",
        "Piet Verhagen",
    ),
    ("“Ik blijf hier”, heeft Piet Verhagen gezegd.", "Ik blijf hier", "Piet Verhagen"),
    ("“Wat doen we nu?”, vroeg Piet van der Linden.", "Wat doen we nu?", "Piet van der Linden"),
    (
        "Verhagen noemde het plan “een fout die we allemaal betalen”.",
        "een fout die we allemaal betalen",
        "Verhagen",
    ),
    ("“Ik blijf hier”, antwoordde voorzitter Anneke Rood.", "Ik blijf hier", "Anneke Rood"),
]
LANGUAGES = {
    "fr": FRENCH,
    "de": GERMAN,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "nl": DUTCH,
}


def first(body: str, language: str) -> Quote:
    return next(quote for quote in read(body, language) if quote.use == "statement")


@pytest.mark.parametrize(
    ("language", "body", "words", "speaker"),
    [(language, *case) for language, cases in LANGUAGES.items() for case in cases],
)
def test_words_and_speaker_are_found_in_six_languages(
    language: str, body: str, words: str, speaker: str | None
) -> None:
    quote = first(body, language)
    assert "/".join(piece.words for piece in quote.pieces) == words
    assert (quote.speaker.name.words if quote.speaker else None) == speaker


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Ana Ruiz est arrivée lundi. « Rien n’est décidé », a-t-elle dit."),
        ("de", "Jens Kolb kam am Montag an. „Ich bleibe hier“, sagte er."),
        ("es", "Ana Ruiz lo explicó el lunes. «No hay plan», añadió."),
        ("it", "Anna Ruti lo ha spiegato. «Non c’è un piano», ha aggiunto."),
        ("pt", "Ana Rolim chegou ontem. “Não há plano”, disse ela."),
        ("nl", "Anneke Rood kwam maandag aan. “Ik blijf hier”, zei ze."),
    ],
)
def test_a_speaker_not_named_beside_the_cue_is_uncertain_outside_english(
    language: str, body: str
) -> None:
    attribution = first(body, language).attribution
    assert attribution.speaker
    assert not attribution.certain


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_beside_its_cue_is_certain_in_six_languages(language: str) -> None:
    body, _, speaker = LANGUAGES[language][0]
    attribution = first(body, language).attribution
    assert attribution.certain
    assert attribution.speaker
    assert attribution.speaker.name.words == speaker


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Mira ütles: « Laev on siin », ja läks.", "Laev on siin"),
        ("Mira ütles: »Laev on siin«, ja läks.", "Laev on siin"),
        ("Mira ütles: „Laev on siin“, ja läks.", "Laev on siin"),
    ],
)
def test_the_marks_of_an_unknown_language_are_found(body: str, words: str) -> None:
    (quote,) = read(body, "et")
    assert [piece.words for piece in quote.pieces] == [words]
    assert quote.speaker is None


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("warn", ("warn", "warns", "warned", "warning")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("declare", ("declare", "declares", "declared", "declaring")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("quip", ("quip", "quips", "quipped", "quipping")),
        ("admit", ("admit", "admits", "admitted", "admitting")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("claim", ("claim", "claims", "claimed", "claiming")),
    ],
)
def test_regular_verbs_are_inflected(verb: str, forms: tuple[str, ...]) -> None:
    assert inflect(verb) == forms


def test_the_lexicon_is_read_once_and_regional_tags_have_their_language() -> None:
    assert load_lexicon() is load_lexicon()
    assert load_lexicon("en-GB").cues == load_lexicon("en").cues


def test_an_unknown_language_keeps_marks_and_offsets_and_names_nobody() -> None:
    (quote,) = read("Mira Tolland ütles: “Laev vajab uusi plaate.”", "et")
    assert quote.pieces[0].words == "Laev vajab uusi plaate."
    assert quote.speaker is None
    assert quote.use == "statement"
