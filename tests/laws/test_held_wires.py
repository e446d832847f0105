"""Law 5 for wires: whatever a wire takes back or holds is printed nowhere, in whichever order."""

from itertools import permutations

import pytest

from tests.laws.desks import NOW, a_desk
from tests.laws.test_held_text_stays_held import NAME, OPEN, everything_said

NAR = "http://iptc.org/std/nar/2006-10-01/"


def newsml(key: str, title: str, name: str, *, version: int = 1, meta: str = "") -> bytes:
    return f"""<newsItem xmlns="{NAR}" guid="urn:{key}" version="{version}">
      <itemMeta><itemClass qcode="ninat:text"/><provider literal="Sound News Agency"/>
      <versionCreated>2026-09-16T12:00:00Z</versionCreated>{meta}</itemMeta>
      <contentMeta><headline>{title}</headline></contentMeta>
      <contentSet><inlineXML><html><body>
        <p>{title}, the Sound Line said on Tuesday evening in the harbour office.</p>
        <p>“The hull needs new plates,” said {name} Tolland, who runs the line.</p>
        <p>Two hundred people cross the sound on it each day, {name} said.</p>
      </body></html></inlineXML></contentSet></newsItem>""".encode()


SHOWN = newsml("a", OPEN, "Mira")
STORY = newsml("b", f"{NAME} report on the ferry to Tern Island", NAME)
KILL = f"""<newsItem xmlns="{NAR}" guid="urn:b" version="2"><itemMeta>
  <versionCreated>2026-09-16T13:00:00Z</versionCreated><pubStatus qcode="stat:canceled"/>
  <edNote>{NAME} did not say this.</edNote></itemMeta></newsItem>""".encode()


@pytest.mark.parametrize(
    "meta",
    [
        '<pubStatus qcode="stat:withheld"/>',
        '<signal qcode="sig:kill"/>',
        "<embargoed>2026-09-17T06:00:01Z</embargoed>",
        "<embargoed/>",
        "<edNote>Embargoed until 0700 BST, September 18</edNote>",
    ],
)
async def test_no_word_of_what_a_wire_holds_reaches_a_surface(meta: str) -> None:
    held = newsml("b", f"{NAME} report on the ferry to Tern Island", NAME, meta=meta)
    said = await everything_said(a_desk({"wire/1.xml": SHOWN, "wire/2.xml": held}))

    assert OPEN in said
    assert NAME not in said
    assert "1 article held back" in said


@pytest.mark.parametrize("order", list(permutations(["wire/1.xml", "wire/2.xml", "wire/3.xml"])))
async def test_a_kill_in_another_file_of_the_wire_reaches_the_story(order: tuple[str, ...]) -> None:
    contents = {"wire/1.xml": SHOWN, "wire/2.xml": STORY, "wire/3.xml": KILL}
    said = await everything_said(a_desk(contents, order))

    assert OPEN in said
    assert NAME not in said


async def test_a_wire_that_holds_nothing_is_printed() -> None:
    desk = a_desk({"wire/1.xml": SHOWN, "wire/2.xml": STORY})
    await desk.read_sources(now=NOW)

    assert NAME in await everything_said(desk)
