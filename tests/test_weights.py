import pytest

from bot.language import load_weights
from bot.weights import read_weights

TABLE = "# A table.\n# documents: 100\nferri\t1\nsay\t100\nwater\t10\n"


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = read_weights(TABLE, language="en")
    assert weights.weight("ferri") > weights.weight("water") > weights.weight("say") == 0


def test_a_word_that_is_not_listed_weighs_like_the_rarest() -> None:
    weights = read_weights(TABLE, language="en")
    assert weights.weight("heron") == weights.weight("ferri")


def test_a_word_counts_the_same_in_all_its_forms() -> None:
    weights = read_weights(TABLE, language="en")
    assert weights.stems(["The", "Ferry’s", "ferries"]) == ["the", "ferri", "ferri"]


def test_a_table_without_its_number_of_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="how many documents"):
        read_weights("ferri\t1\n", language="en")


def test_the_shipped_table_knows_what_is_common() -> None:
    weights = load_weights()
    assert weights.weight("the") < 0.1 < weights.weight("minist") < weights.weight("xylophon")


def test_a_language_without_a_table_weighs_all_words_alike() -> None:
    weights = load_weights("eu")
    assert weights.weight("eta") == weights.weight("itsasontzi") > 1
