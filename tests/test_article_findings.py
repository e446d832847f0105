"""What is remembered of articles is what would be found anew, and it is bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.article_findings import ArticleFindings
from bot.language import load_figure_words, load_lexicon
from bot.news import Article, Revision
from bot.paragraphs import read_paragraphs, role_of
from bot.quantities.figure_words import FigureWords
from bot.quotes import find_heard, find_quotes, find_referents, find_second_hand
from bot.quotes.lexicon import Lexicon
from bot.stories.figures import find_figures
from bot.text import paragraphs
from tests.benchmarks.test_flow import sample_articles
from tests.builders import NOON, an_article

PIECES = st.sampled_from(
    [
        "The ferry stops on 12 May, ",
        "“We lost 14 boats,” said Emma Tolland, the harbour master. ",
        "She left. ",
        "according to the Tern Courier, ",
        "The Courier reported that two dozen people were hurt. ",
        "‘Nobody was hurt’",
        "\n\n",
        "\n",
        "Share this",
        "In 1998 some 3,000 left",
        ". ",
        " “",
        "” ",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@given(TEXTS)
def test_a_text_cut_once_gives_what_it_gives_cut_for_each(body: str) -> None:
    revision, lexicon = Revision.of("a1", 1, "Ferry", body, seen_at=NOON), load_lexicon()
    heard = find_heard(revision, lexicon)
    assert heard.quotes == find_quotes(revision, lexicon)
    assert heard.second_hand == find_second_hand(revision, lexicon)


@given(TEXTS)
def test_remembered_paragraphs_are_those_of_the_text(body: str) -> None:
    for text in (body, body, f"{body}{' ' * 40_000}"):
        fresh = [(a, b, role_of(text[a:b])) for a, b in paragraphs(text)]
        assert [tuple(p) for p in read_paragraphs(text)] == fresh


@pytest.mark.parametrize("max_chars", [0, 5_000, 10_000_000])
def test_what_is_remembered_is_what_is_found_anew(max_chars: int) -> None:
    lexicon, words, findings = load_lexicon(), load_figure_words(), ArticleFindings(max_chars)
    articles = sample_articles()[:8]
    for article in (*articles, *articles):
        latest = article.latest
        assert findings.speech(article, lexicon) == (
            find_quotes(latest, lexicon),
            find_second_hand(latest, lexicon),
            find_referents(latest, lexicon),
        )
        assert findings.figures(article, words) == find_figures(article, words)


def test_a_second_look_finds_nothing_anew() -> None:
    lexicon, words, findings = load_lexicon(), load_figure_words(), ArticleFindings()
    article = an_article(body="“We lost 14 boats,” said Emma Tolland.")
    first = findings.speech(article, lexicon), findings.figures(article, words)
    assert findings.speech(article, lexicon) is first[0]
    assert findings.figures(article, words) is first[1]


def test_a_new_revision_another_date_or_other_words_are_read_anew() -> None:
    lexicon, words, findings = load_lexicon(), load_figure_words(), ArticleFindings()
    article = an_article(body="“We lost 14 boats on 12 May,” said Emma Tolland.")
    findings.speech(article, lexicon)
    findings.figures(article, words)
    corrected = _revised(article, "“We lost 15 boats on 12 May,” said Emma Tolland.")
    earlier = replace(article, published_at=NOON.replace(year=NOON.year - 3))
    assert "15" in findings.speech(corrected, lexicon).quotes[0].pieces[0].words
    for other in (corrected, earlier, replace(article, language="de")):
        assert findings.figures(other, words) == find_figures(other, words)
    assert findings.figures(article, FigureWords()) == ()
    assert findings.speech(article, Lexicon("xx")).quotes == find_quotes(
        article.latest, Lexicon("xx")
    )


def test_what_was_not_asked_for_lately_is_forgotten() -> None:
    lexicon = load_lexicon()
    one, two, three = (an_article(f"a{n}", body=f"“{n} boats left,” he said.") for n in range(3))
    size = len(one.latest.body)
    findings = ArticleFindings(2 * size)
    kept = [findings.speech(article, lexicon) for article in (one, two)]
    assert findings.speech(one, lexicon) is kept[0]
    findings.speech(three, lexicon)
    assert findings.speech(one, lexicon) is kept[0]
    assert findings.speech(two, lexicon) is not kept[1]


def _revised(article: Article, body: str) -> Article:
    old = article.latest
    new = Revision.of(article.id, old.number + 1, old.title, body, seen_at=old.seen_at)
    return replace(article, revisions=(*article.revisions, new))
