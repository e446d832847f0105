import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.sources.encodings import decode_markup, decode_text

GERMAN = "„Wir fahren nicht mehr“, sagte Jörg Müller am Montag. Die Gäste hörten zu, wie früher."
POLISH = "„Zostajemy tu” – powiedziała Żaneta Łukasik. Związkowcy są sceptyczni, władze także."
RUSSIAN = "«Мы останемся», — сказала Роза Имре в понедельник. Городские власти хотят переговоров."
JAPANESE = (
    "「私たちはここに残ります」と組合の代表は月曜日に語った。市は今週中の話し合いを望んでいる。"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.partition("—")[2], "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (POLISH, "utf-16"),
        (JAPANESE, "utf-8-sig"),
    ],
)
def test_a_text_says_the_same_in_the_encodings_of_its_place(text: str, encoding: str) -> None:
    assert decode_text("a.txt", text.encode(encoding)) == text


def test_what_the_sender_says_counts_before_a_guess() -> None:
    assert decode_text("a.txt", "są".encode("cp1250"), "windows-1250") == "są"
    assert decode_markup("są".encode("cp1250"), "nonsense", "windows-1250") == "są"
    assert decode_markup("“é”".encode("cp1252"), "iso-8859-1") == "“é”"
    assert decode_markup("港の".encode("iso-2022-jp"), "iso-2022-jp") == "港の"
    assert decode_markup(b"caf\xe9", "base64") == "café"


@given(st.text())
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode_markup(text.encode(), "iso-8859-2").lstrip("\ufeff") == text.lstrip("\ufeff")


@given(st.binary(), st.sampled_from(["", "utf-8", "big5", "hex", "\0", "utf-7", "iso-2022-x"]))
def test_markup_is_decoded_whatever_was_declared(content: bytes, declared: str) -> None:
    assert isinstance(decode_markup(content, declared), str)


@given(st.binary(min_size=100, max_size=600))
def test_bytes_are_text_or_a_reason(content: bytes) -> None:
    try:
        text = decode_text("a.bin", content)
    except ExtractError:
        return
    assert text
