from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.model.dialects import RUNGS, Dialect, max_tokens_in, to_json
from bot.adapters.model.failures import SENTENCES, EndpointError, Kind, Parameter, Place
from bot.adapters.model.keys import Key
from bot.adapters.model.talk import MAX_REQUESTS, Talk
from tests.adapters.model.asking import REQUEST

PLACE = Place("cloud", "fog-7b", Key("", "the variable X"))
PARAMETERS: list[Parameter] = ["response_format", "max_tokens", "temperature", "stream_options"]
KINDS: list[Kind] = list(SENTENCES)


def a_talk(dialect: Dialect | None = None) -> Talk:
    return Talk(REQUEST, PLACE, dialect or Dialect(), left_seconds=lambda: 60.0)


def refusing(parameter: Parameter) -> EndpointError:
    return EndpointError("request", PLACE, refused=parameter)


def test_a_refused_rung_is_learnt() -> None:
    talk = a_talk()

    talk.note(refusing("response_format"))

    assert (talk.step, talk.dialect.rung, talk.learnt.rung) == (
        "otherwise",
        "json_object",
        "json_object",
    )


def test_a_bad_reply_is_asked_for_otherwise_and_nothing_learnt() -> None:
    talk = a_talk()

    talk.note(EndpointError("misfit", PLACE))

    assert (talk.step, talk.dialect.rung, talk.learnt.rung) == (
        "otherwise",
        "json_object",
        "json_schema",
    )


def test_a_rung_refused_on_the_way_down_from_a_bad_reply_is_not_learnt() -> None:
    talk = a_talk()

    talk.note(EndpointError("misfit", PLACE))
    talk.note(refusing("response_format"))

    assert (talk.dialect.rung, talk.learnt.rung) == ("prompt", "json_schema")


def test_what_was_not_in_the_request_cannot_be_left_out() -> None:
    for parameter in PARAMETERS:
        talk = a_talk(Dialect("prompt", max_tokens=False, temperature=False, stream_options=False))

        talk.note(refusing(parameter))

        assert talk.step == "over"


def test_after_a_long_pause_nobody_waits() -> None:
    for seconds, step in ((30, "again"), (31, "over")):
        talk = a_talk()

        talk.note(EndpointError("busy", PLACE, retry_after_seconds=seconds))

        assert talk.step == step


errors = st.builds(
    EndpointError,
    st.sampled_from(KINDS),
    st.just(PLACE),
    refused=st.none() | st.sampled_from(PARAMETERS),
)


@given(st.lists(errors, min_size=10, max_size=30))
def test_whatever_fails_the_requests_have_an_end(failures: list[EndpointError]) -> None:
    talk = a_talk()
    requests = 0
    for error in failures:
        requests += 1
        talk.note(error)
        if talk.step == "over":
            break

    assert talk.step == "over"
    assert requests <= MAX_REQUESTS
    assert RUNGS.index(talk.learnt.rung) <= RUNGS.index(talk.dialect.rung)


dialects = st.builds(Dialect, st.sampled_from(RUNGS), st.booleans(), st.booleans(), st.booleans())


@given(dialects, dialects)
def test_what_two_can_say_is_never_more_than_either(one: Dialect, other: Dialect) -> None:
    both = one.meet(other)

    assert both == other.meet(one)
    assert both.meet(one) == both
    assert RUNGS.index(both.rung) == max(RUNGS.index(one.rung), RUNGS.index(other.rung))


@given(dialects)
def test_the_schema_is_always_in_the_request(dialect: Dialect) -> None:
    arguments = dialect.arguments(REQUEST, "fog-7b")

    assert ("response_format" in arguments) == (dialect.rung != "prompt")
    instructed = to_json(REQUEST.schema) in arguments["messages"][0]["content"]
    assert instructed == (dialect.rung != "json_schema")
    assert arguments.get("max_tokens") == (100 if dialect.max_tokens else None)
    assert arguments.get("max_completion_tokens") == (None if dialect.max_tokens else 100)
    assert ("temperature" in arguments, "stream_options" in arguments) == (
        asdict(dialect)["temperature"],
        asdict(dialect)["stream_options"],
    )


@given(dialect=dialects, words=st.text())
def test_the_bound_counts_every_byte_that_a_model_may_read(dialect: Dialect, words: str) -> None:
    arguments = dialect.arguments(REQUEST, "fog-7b")
    arguments["messages"][1]["content"] = words

    read = sum(len(message["content"].encode()) for message in arguments["messages"])

    assert max_tokens_in(arguments) >= read + 512
