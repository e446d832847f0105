from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.markup import to_line, to_text
from bot.text import clean, squeeze

words = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters="“”‘’«»„\"'<>&"), min_size=1
)


@given(st.lists(words, min_size=1, max_size=5))
def test_every_visible_character_of_a_paragraph_survives(paragraphs: list[str]) -> None:
    source = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    assert to_text(source) == "\n\n".join(clean(p) for p in paragraphs)


@given(words, words)
def test_inline_elements_neither_join_nor_part_words(a: str, b: str) -> None:
    assert to_text(f"<p>{escape(a)}<em>{escape(b)}</em></p>") == clean(a + b)
    assert to_text(f"<p>{escape(a)} <em>{escape(b)}</em></p>") == clean(f"{a} {b}")


def test_a_q_element_gets_the_marks_that_a_browser_draws() -> None:
    assert to_text("<p>He said <q>yes</q>.</p>") == "He said “yes”."
    assert to_text("<p>He said <q>I heard <q>no</q> twice</q>.</p>") == (
        "He said “I heard ‘no’ twice”."
    )
    assert to_text("<p>Er sagte <q>„ja“</q>.</p>") == "Er sagte „ja“."


def test_block_quotes_lists_and_breaks_keep_their_paragraphs() -> None:
    source = "<blockquote><p>“One.”</p><p>“Two.”</p></blockquote><ul><li>a<li>b</ul>c<br>d"
    assert to_text(source) == "“One.”\n\n“Two.”\n\na\n\nb\n\nc\nd"


def test_what_a_browser_hides_is_not_read() -> None:
    hidden = [
        "<p hidden>no</p>",
        "<p style='DISPLAY : none'>no</p>",
        "<p style='color:red;visibility:hidden'>no</p>",
        "<p style='font-size:0px'>no</p>",
        "<p style='opacity: 0;'>no</p>",
        "<p style='position:absolute;left:-9999px'>no</p>",
        "<span class='x sr-only'>no</span>",
        "<div aria-hidden='true'><p>no</p></div>",
        "<!-- no --><template><p>no</p></template><script>no</script><style>no</style>",
        "<noscript>no</noscript><textarea>no</textarea>",
    ]
    for source in hidden:
        assert to_text(f"<p>yes</p>{source}<p>and on</p>") == "yes\n\nand on"
    assert to_text("<p style='opacity:0.5;font-size:0.9em'>yes</p>") == "yes"


def test_the_text_behind_a_hidden_element_stays() -> None:
    assert to_text("<p>He <span hidden>never </span>said “yes”.</p>") == "He said “yes”."


def test_a_title_stands_on_one_line_without_markup() -> None:
    assert to_line("Two <b>boats</b>\n collide &amp; sink") == "Two boats collide & sink"
    assert to_line("If a < b, then") == "If a < b, then"


@given(st.text(max_size=60))
def test_any_fragment_gives_text(source: str) -> None:
    assert squeeze(to_text(source)) == to_line(source)
