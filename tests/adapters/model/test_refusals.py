import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.model.failures import SENTENCES, EndpointError, Kind, Parameter, Place
from bot.adapters.model.keys import Key
from bot.adapters.model.refusals import Refusal, read_refusal

Fields = dict[str, object]
PLACE = Place("cloud", "fog-7b", Key("s3cret", "the file /run/secrets/cloud"))


def read(
    status: int, message: str = "", fields: Fields | None = None, *, retry_after: str = ""
) -> EndpointError:
    body = {"message": message, **(fields or {})}
    return read_refusal(Refusal(status, body, retry_after), PLACE)


@pytest.mark.parametrize(
    ("status", "kind", "charge"),
    [
        (302, "address", "unknown"),
        (400, "request", "nothing"),
        (401, "key", "nothing"),
        (402, "quota", "nothing"),
        (403, "key", "nothing"),
        (404, "missing", "nothing"),
        (405, "address", "nothing"),
        (408, "server", "nothing"),
        (409, "server", "nothing"),
        (413, "too_long", "nothing"),
        (418, "request", "nothing"),
        (429, "busy", "nothing"),
        (500, "server", "nothing"),
        (502, "server", "unknown"),
        (504, "server", "unknown"),
        (529, "server", "nothing"),
        (0, "broken", "unknown"),
    ],
)
def test_a_status_alone_says_what_it_is_and_what_it_costs(
    status: int, kind: str, charge: str
) -> None:
    silent: list[object] = [None, "", {}, "<html>"]
    for body in silent:
        error = read_refusal(Refusal(status, body), PLACE)

        assert (error.kind, error.charge) == (kind, charge)


TOO_LONG = [
    (400, "This endpoint's maximum context length is 4096 tokens, you asked for 5000.", {}),
    (400, "no", {"code": "context_length_exceeded"}),
    (400, "no", {"type": "exceed_context_size_error", "n_ctx": 512}),
    (400, "'max_tokens' is too large: the maximum context length is 4096 tokens", {}),
    (422, "Prompt is too long", {}),
    (500, "the request exceeds the available context size", {}),
    (0, "the request exceeds the available context size", {"code": 400}),
    (429, "Request too large for fog-7b: limit 10000, requested 20000", {}),
]


@pytest.mark.parametrize(("status", "message", "fields"), TOO_LONG)
def test_a_prompt_that_is_too_long_is_told_by_code_or_words(
    status: int, message: str, fields: Fields
) -> None:
    assert read(status, message, fields).kind == "too_long"


@pytest.mark.parametrize(
    ("message", "code", "retry_after", "kind"),
    [
        ("none left", "insufficient_quota", "", "quota"),
        ("none left", "insufficient_quota", "5", "quota"),
        ("You exceeded your current quota, check your billing", None, "", "quota"),
        ("You exceeded your current quota, come back", None, "20", "busy"),
        ("Rate limit reached", "rate_limit_exceeded", "", "busy"),
        ("Too many tokens, please wait", None, "", "busy"),
    ],
)
def test_a_quota_that_is_used_up_is_told_from_too_many_requests(
    message: str, code: str | None, retry_after: str, kind: str
) -> None:
    assert read(429, message, {"code": code}, retry_after=retry_after).kind == kind


@pytest.mark.parametrize(
    ("status", "message", "fields", "refused"),
    [
        (400, "Invalid parameter", {"param": "response_format"}, "response_format"),
        (400, "'response_format.type' must be 'json_schema' or 'text'", {}, "response_format"),
        (422, "json mode is not supported here", {}, "response_format"),
        (400, "failed to parse grammar", {}, "response_format"),
        (400, "Unsupported parameter: 'max_tokens'", {"param": "max_tokens"}, "max_tokens"),
        (400, "max_tokens is too large: 5000; it is at most 4096", {}, None),
        (400, "no", {"code": "unsupported_value", "param": "temperature"}, "temperature"),
        (400, "temperature must be below 2", {}, None),
        (400, "messages must alternate", {}, None),
        (404, "response_format", {}, None),
        (500, "response_format", {}, None),
    ],
)
def test_a_parameter_that_is_not_taken_is_named(
    status: int, message: str, fields: Fields, refused: Parameter | None
) -> None:
    assert read(status, message, fields).refused == refused


def test_a_validation_error_names_the_parameter_and_not_what_it_echoes() -> None:
    item = {
        "type": "extra_forbidden",
        "loc": ["body", "stream_options"],
        "msg": "Extra inputs are not permitted",
        "input": {"response_format": "json_schema", "maximum context": 1},
    }

    error = read_refusal(Refusal(422, {"detail": [item]}), PLACE)

    assert (error.kind, error.refused) == ("request", "stream_options")


@pytest.mark.parametrize(
    ("line", "date", "seconds"),
    [
        ("7", "", 7),
        (" 0 ", "", 0),
        ("Mon, 23 Nov 2026 10:00:09 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", 9),
        ("Mon, 23 Nov 2026 10:00:09 GMT", "", 0),
        ("Mon, 23 Nov 2026 10:00:09 GMT", "Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("soon", "", 0),
        ("-3", "", 0),
        ("9" * 400, "", 28_800),
    ],
)
def test_retry_after_is_read_in_both_forms(line: str, date: str, seconds: int) -> None:
    assert read_refusal(Refusal(429, None, line, date), PLACE).retry_after_seconds == seconds


def test_only_what_may_pass_says_when_to_come_back() -> None:
    assert read(401, retry_after="7").retry_after_seconds == 0


def test_an_unknown_refusal_is_quoted_in_part_without_the_key() -> None:
    error = read(400, f"bad\n\x1b[31m header s3cret {'x' * 500}.")

    assert str(error).startswith("cloud refuses the request for fog-7b (400): bad [31m header … xx")
    assert len(str(error)) < 200


def test_an_unknown_refusal_without_words_is_a_sentence_too() -> None:
    assert str(read(418)) == "cloud refuses the request for fog-7b (418): it does not say why."


def test_a_refused_key_is_said_with_its_place_and_without_their_words() -> None:
    assert str(read(401, "Incorrect key: s3cret")) == (
        "cloud does not accept the key for fog-7b (401); put a valid one into the file "
        "/run/secrets/cloud."
    )


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_kind_has_a_sentence(kind: Kind) -> None:
    sentence = str(EndpointError(kind, PLACE))

    assert "cloud" in sentence
    assert sentence.endswith(".")
    assert "{" not in sentence


bodies = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["error", "code", "type", "param", "message", "detail", "loc", "msg"]),
            inner,
        )
    ),
)


@settings(max_examples=50)
@given(status=st.integers(0, 999), body=bodies, line=st.text(), date=st.text())
def test_whatever_is_said_it_is_one_of_our_errors(
    status: int, body: object, line: str, date: str
) -> None:
    error = read_refusal(Refusal(status, body, line, date), PLACE)

    assert error.kind in SENTENCES
    assert 0 <= error.retry_after_seconds <= 28_800
    assert str(error).isprintable()
