"""What goes over the wire to an endpoint, and what does not."""

from dataclasses import replace

import pytest

from bot.adapters.model.keys import Key
from tests.adapters.model.asking import REQUEST, SCHEMA, a_model, an_endpoint
from tests.adapters.model.scripted_endpoint import serving, stream
from tests.fakes_model import FakeMeter

pytestmark = pytest.mark.system


async def test_a_request_says_what_the_port_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://elsewhere.invalid")
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        await model.complete(REQUEST)

    head = server.heads[0].lower()
    assert head.startswith("post /v1/chat/completions http/1.1\r\n")
    assert "authorization: bearer s3cret-key\r\n" in head
    assert "elsewhere" not in head
    assert server.bodies == [
        {
            "model": "fog-7b",
            "messages": [
                {"role": "system", "content": REQUEST.system},
                {"role": "user", "content": REQUEST.user},
            ],
            "max_tokens": 100,
            "temperature": 0.0,
            "stream": True,
            "stream_options": {"include_usage": True},
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "brief", "schema": SCHEMA, "strict": True},
            },
        }
    ]


async def test_an_endpoint_without_a_key_is_sent_none() -> None:
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), replace(an_endpoint(server.address), key=Key("", "X"))) as model,
    ):
        await model.complete(REQUEST)

    assert "authorization" not in server.heads[0].lower()


async def test_azure_has_its_key_version_and_deployment_where_it_wants_them() -> None:
    async with serving(stream()) as server:
        root = server.address.removesuffix("/v1")
        endpoint = an_endpoint(root, api_version="2026-02-01")
        async with a_model(FakeMeter(), endpoint) as model:
            await model.complete(REQUEST)

    head = server.heads[0]
    path = "/openai/deployments/fog-7b/chat/completions?api-version=2026-02-01"
    assert head.startswith(f"POST {path} HTTP/1.1\r\n")
    assert "api-key: s3cret-key" in head
    assert "authorization" not in head.lower()


async def test_no_proxy_leads_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with (
        serving(stream()) as server,
        a_model(FakeMeter(), an_endpoint(server.address)) as model,
    ):
        await model.complete(REQUEST)

    assert len(server.bodies) == 1
