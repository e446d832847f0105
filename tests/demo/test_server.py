"""The sample wire as a running server, asked over loopback like any site."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.demo.server import SampleWire

pytestmark = pytest.mark.system


@pytest.fixture
async def wire() -> AsyncIterator[SampleWire]:
    async with SampleWire() as running:
        yield running


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_it_listens_on_loopback_alone_and_says_where(wire: SampleWire) -> None:
    host, _, port = wire.host_port.partition(":")
    assert host == "127.0.0.1"
    assert int(port) > 0
    assert wire.base_url == f"http://{wire.host_port}"
    assert len(wire.feeds) == 7
    assert all(feed.address.startswith(wire.base_url + "/") for feed in wire.feeds)


async def test_every_feed_names_its_outlet_publisher_type_and_encoding(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    types = set()
    for feed in wire.feeds:
        async with web.get(feed.address) as answer:
            assert answer.status == 200
            assert answer.charset == "utf-8"
            types.add(answer.content_type)
    assert types == {"application/rss+xml", "application/atom+xml", "application/feed+json"}
    publishers = {feed.outlet: feed.publisher for feed in wire.feeds}
    assert publishers["Harbour Courier"] == publishers["Aldren Coast Weekly"]


async def test_what_has_not_changed_is_not_sent_again(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    for feed in wire.feeds:
        async with web.get(feed.address) as first:
            tag, date = first.headers["ETag"], first.headers["Last-Modified"]
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", {tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": date},
        ):
            async with web.get(feed.address, headers=headers) as again:
                assert (again.status, await again.read()) == (304, b"")
                assert again.headers["ETag"] == tag


async def test_a_tag_that_differs_outweighs_the_date(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    headers = {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 18 Sep 2026 00:00:00 GMT"}
    async with web.get(wire.feeds[0].address, headers=headers) as answer:
        assert answer.status == 200


async def test_moving_on_changes_what_a_tag_stands_for(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    address = f"{wire.base_url}/courier/hc-budget-1"
    async with web.get(address) as answer:
        tag, before = answer.headers["ETag"], await answer.text()
    wire.move_on()
    async with web.get(address, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 200
        after = await answer.text()
    assert "are to save 4.2 million" not in after
    assert "are to save 4.2 million" in before
    assert "are to save 2.4 million" in after
    assert "Correction, Thursday 17 September" in after
    assert "Correction, Thursday 17 September" not in before


async def test_new_articles_come_and_the_killed_page_goes(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    new, killed = f"{wire.base_url}/keelmark/km-ferry-3", f"{wire.base_url}/cda/en/cda-hospital-2"

    async def statuses() -> tuple[int, int]:
        async with web.get(new) as first, web.get(killed) as second:
            return first.status, second.status

    assert await statuses() == (404, 200)
    wire.move_on()
    assert await statuses() == (200, 410)


async def test_an_embargoed_page_is_closed(wire: SampleWire, web: aiohttp.ClientSession) -> None:
    async with web.get(f"{wire.base_url}/ledger/cl-land-1") as answer:
        assert answer.status == 403
        assert "hurry" not in await answer.text()
        assert "ETag" not in answer.headers


async def test_a_listed_address_is_missing_and_another_has_no_words(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    async with web.get(wire.feeds[0].address) as answer:
        listing = await answer.text()
    paths = ("/courier/tide-tables-week-38", "/courier/pictures-of-the-day")
    assert all(f"<link>{wire.base_url}{path}</link>" in listing for path in paths)
    async with web.get(wire.base_url + paths[0]) as missing:
        assert missing.status == 404
    async with web.get(wire.base_url + paths[1]) as empty:
        assert (empty.status, empty.content_type) == (200, "text/html")
        assert "<p>" not in await empty.text()


async def test_the_weekly_speaks_windows_1252_and_says_so(
    wire: SampleWire, web: aiohttp.ClientSession
) -> None:
    async with web.get(f"{wire.base_url}/weekly/acw-bell-1") as answer:
        content = await answer.read()
        assert answer.charset == "windows-1252"
    assert "“Nobody spoke for a while,”" in content.decode("windows-1252")
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


async def test_requests_are_counted_by_path(wire: SampleWire, web: aiohttp.ClientSession) -> None:
    for _ in range(2):
        async with web.get(f"{wire.base_url}/courier/rss.xml") as answer:
            await answer.read()
    async with web.get(f"{wire.base_url}/nowhere") as answer:
        assert answer.status == 404
    assert dict(wire.requests) == {"/courier/rss.xml": 2, "/nowhere": 1}


async def test_two_wires_run_side_by_side() -> None:
    async with SampleWire() as one, SampleWire() as other:
        assert one.host_port != other.host_port


async def test_a_port_that_is_taken_is_an_error_and_nothing_stays_behind() -> None:
    async with SampleWire() as one:
        port = int(one.host_port.rpartition(":")[2])
        with pytest.raises(OSError, match="address already in use"):
            async with SampleWire(port=port):
                pass
