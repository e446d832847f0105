import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.adapters.model.contents import find_fitting, without_thoughts
from tests.adapters.model.asking import SCHEMA

GOOD: Final = '{"headline":"Ferry late","ids":[1]}'
OTHER: Final = '{"headline":"Fog","ids":[2]}'

FOUND = {
    "alone": GOOD,
    "in a fence": f"```json\n{GOOD}\n```",
    "in a sentence": f"Sure! Here it is: {GOOD} I hope that {{this}} helps.",
    "behind thoughts": f"<think>Or {OTHER}?</think>\n{GOOD}",
    "behind several thoughts": f"<think>a</think> <Reasoning>b</reasoning>{GOOD}",
    "behind the end of thoughts that the template began": f"Or {OTHER}?\n</think>\n\n{GOOD}",
    "before others": f"{GOOD}\n{OTHER}\n{OTHER}",
    "behind one that does not fit": f'{{"title":"x"}} {GOOD}',
    "behind one that has no end": f'{{"headline": {GOOD}',
    "in a list": f"[{GOOD}, {OTHER}]",
    "with chat markup": f"{GOOD}<|im_end|>\n<|im_start|>user",
    "over several lines": json.dumps(json.loads(GOOD), indent=4),
}


@pytest.mark.parametrize("name", FOUND)
def test_the_object_is_found_among_other_words(name: str) -> None:
    assert find_fitting(FOUND[name], SCHEMA) == GOOD


NOT_FOUND = {
    "nothing": "",
    "prose": "The ferry was late.",
    "cut off": GOOD[:-1],
    "only in thoughts": f"<think>{GOOD}</think>",
    "in thoughts without end": f"<think>{GOOD}",
    "a key missing": '{"headline":"Ferry late"}',
    "a key too many": '{"headline":"Ferry late","ids":[],"sure":true}',
    "another type": '{"headline":"Ferry late","ids":["1"]}',
    "inside another object": f'{{"reply":{GOOD}}}',
    "not a number": '{"headline":"Ferry late","ids":[NaN]}',
    "half a surrogate pair": '{"headline":"\\udc00","ids":[]}',
    "behind too many braces": "{" * 300 + GOOD,
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_does_not_fit_is_not_found(name: str) -> None:
    assert find_fitting(NOT_FOUND[name], SCHEMA) is None


def test_a_line_break_in_a_string_is_forgiven() -> None:
    found = find_fitting('{"headline":"Ferry\nlate","ids":[]}', SCHEMA)

    assert found == '{"headline":"Ferry\\nlate","ids":[]}'


def test_a_tag_of_thoughts_inside_a_reply_is_part_of_it() -> None:
    content = '{"headline":"What <think> and </think> mean","ids":[]}'

    assert without_thoughts(content) == content
    assert find_fitting(content, SCHEMA) == content


fitting = st.fixed_dictionaries({"headline": st.text(), "ids": st.lists(st.integers())})


@given(value=fitting, before=st.text(alphabet="ab `:\n"), behind=st.text())
def test_whatever_stands_around_it_the_object_is_found_unchanged(
    value: dict[str, object], before: str, behind: str
) -> None:
    found = find_fitting(before + json.dumps(value) + behind, SCHEMA)

    assert found is not None
    assert json.loads(found) == value


@given(st.text(alphabet='{}[]":, headline1ids<think>/\\`\n') | st.text())
def test_what_is_found_always_fits(content: str) -> None:
    found = find_fitting(content, SCHEMA)

    if found is not None:
        assert Draft202012Validator(SCHEMA).is_valid(json.loads(found))
        assert found.encode().decode() == found
