"""`lab answer` and `lab search`: their lines and records."""

import io
import json

import msgspec
import pytest

from bot.lab.answering import answer_stage
from bot.lab.searching import search_lines

BODY = "The ferry to Tern Island stops for a month from Monday. Two hundred people cross each day."
ARTICLE = {"id": "a1", "title": "Ferry stops", "body": BODY, "date": "2026-09-16", "source": "Post"}


def ask(question: str) -> dict[str, object]:
    line = {"id": "q1", "question": question, "articles": [ARTICLE]}
    return answer_stage()(json.dumps(line).encode())


def test_an_answer_says_where_it_stands() -> None:
    found = ask("How many people cross each day?")

    assert found["id"] == "q1"
    assert found["answer"] == BODY[56:]
    assert found["spans"] == [{"article": "a1", "field": "body", "start": 56, "end": len(BODY)}]


def test_what_is_not_there_has_no_spans() -> None:
    found = ask("How many lorries cross each day?")

    assert found["spans"] == []
    assert str(found["answer"]).startswith("Not in the sources")


def test_a_line_that_is_no_question_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        answer_stage()(b'{"id": "q1"}')


def test_queries_are_answered_in_their_order_by_ids() -> None:
    other = {**ARTICLE, "id": "a2", "title": "", "body": "A bell was found in the mud."}
    lines = [{"id": "q1", "query": "bells"}, ARTICLE, other, {"id": "q2", "query": "ferry"}]
    output = io.StringIO()
    search_lines(io.BytesIO("\n".join(map(json.dumps, lines)).encode()), output)
    records = [json.loads(line) for line in output.getvalue().splitlines()]

    assert [(r["id"], r["ranked"]) for r in records] == [("q1", ["a2"]), ("q2", ["a1"])]
    assert records[0]["snippets"][0]["marks"] == [[2, 6]]
