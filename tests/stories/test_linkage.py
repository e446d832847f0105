from hypothesis import given
from hypothesis import strategies as st

from bot.stories.linkage import average_link


def test_what_is_alike_is_joined() -> None:
    assert average_link(3, {(0, 2): 0.9, (0, 1): 0.1}, least=0.5) == [[0, 2], [1]]


def test_a_chain_of_likenesses_does_not_join_its_ends() -> None:
    chain = {(0, 1): 0.8, (1, 2): 0.7, (2, 3): 0.8}
    assert average_link(4, chain, least=0.5) == [[0, 1], [2, 3]]


def test_the_mean_of_all_pairs_decides() -> None:
    pairs = {(0, 1): 0.9, (0, 2): 0.4, (1, 2): 0.6}
    assert average_link(3, pairs, least=0.5) == [[0, 1, 2]]
    assert average_link(3, pairs, least=0.51) == [[0, 1], [2]]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]),
        st.floats(0.01, 1),
    ),
    st.floats(0.05, 1),
)
def test_every_number_is_in_one_group_and_groups_are_alike(
    alike: dict[tuple[int, int], float], least: float
) -> None:
    groups = average_link(10, alike, least=least)
    assert sorted(n for group in groups for n in group) == list(range(10))
    for group in groups:
        pairs = [alike.get((a, b), 0.0) for a in group for b in group if a < b]
        assert not pairs or max(pairs) >= least
