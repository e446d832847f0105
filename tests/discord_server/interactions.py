"""Interactions: what a person asks of the bot, and the bot's answers within their time limits."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from secrets import token_urlsafe
from typing import Final

from tests.discord_server.bell import Bell
from tests.discord_server.channels import EPHEMERAL, LOADING, Channel, Message, MessageKind
from tests.discord_server.components import Json, number
from tests.discord_server.limits import check_choices
from tests.discord_server.people import Member
from tests.discord_server.permissions import Intent
from tests.discord_server.posts import Draft, Files, Posts
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.world import World

ACKNOWLEDGE_SECONDS: Final = 3.0
TOKEN_SECONDS: Final = 15 * 60
"""Source: Discord API reference, "Receiving and Responding to Interactions"."""

ATTACHMENT_BYTES: Final = 10 * 1024 * 1024


class Asked(IntEnum):
    """Source: "Interaction Type"."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answered(IntEnum):
    """Source: "Interaction Callback Type"."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


POSSIBLE: Final = {
    Asked.COMMAND: {Answered.MESSAGE, Answered.DEFERRED_MESSAGE, Answered.MODAL},
    Asked.COMPONENT: set(Answered) - {Answered.CHOICES},
    Asked.AUTOCOMPLETE: {Answered.CHOICES},
    Asked.MODAL: set(Answered) - {Answered.CHOICES, Answered.MODAL},
}
"""Which answers Discord takes to what was asked."""


@dataclass(eq=False)
class Interaction:
    """One thing a person asked, as they see it go on.

    `original` is the message that answers it, `followups` those that came after, `modal` the
    form and `choices` the completions that the bot sent.
    """

    id: int
    token: str
    kind: Asked
    member: Member
    channel: Channel
    data: Json
    made_at: datetime
    bell: Bell = field(repr=False)
    message: Message | None = None
    began: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    acknowledged_seconds: float | None = None
    answer: Answered | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None

    async def acknowledged(self) -> float:
        """Return how many real seconds the bot took to answer or defer.

        Raises:
            TimeoutError: it took more than 3: the person read "did not respond".
        """
        left = self.began + ACKNOWLEDGE_SECONDS - asyncio.get_running_loop().time()
        what = f"an acknowledgement of {self.data.get('name') or self.data.get('custom_id')}"
        await self.bell.until(lambda: self.answer is not None, what, max(left, 0))
        return self.acknowledged_seconds or 0.0

    async def reply(
        self, where: Callable[[Message], bool] = lambda _: True, seconds: float = 10
    ) -> Message:
        """Return the first answer, in its present form, that is no longer loading and fits.

        Follow-ups count as answers as well.

        Raises:
            TimeoutError: there was none within this many real seconds, or no acknowledgement.
        """
        await self.acknowledged()
        found = await self.bell.until(lambda: self._fitting(where), "a reply that fits", seconds)
        return found[0]

    async def answered(self, count: int, seconds: float = 10) -> list[Message]:
        """Return the answer and its follow-ups, as soon as there are so many.

        Raises:
            TimeoutError: there were fewer after this many real seconds.
        """
        await self.acknowledged()
        what = f"{count} answers"
        await self.bell.until(lambda: len(self._fitting(lambda _: True)) >= count, what, seconds)
        return self._fitting(lambda _: True)

    async def form(self) -> Json:
        """Return the modal that the bot opened.

        Raises:
            TimeoutError: nothing came within 3 seconds.
            LookupError: the bot answered otherwise.
        """
        await self.acknowledged()
        if self.modal is None:
            raise LookupError(f"the bot opened no modal, but answered {self.answer}")
        return self.modal

    def _fitting(self, where: Callable[[Message], bool]) -> list[Message]:
        answers = [*([self.original] if self.original else ()), *self.followups]
        return [message for message in answers if not message.is_loading and where(message)]


class Interactions:
    """All interactions since the server started."""

    def __init__(self, world: World, posts: Posts, bell: Bell) -> None:
        self._world = world
        self._posts = posts
        self._bell = bell
        self._by_token: dict[str, Interaction] = {}

    @property
    def all(self) -> list[Interaction]:
        """Every interaction, the oldest first."""
        return list(self._by_token.values())

    def begin(
        self,
        kind: Asked,
        data: Json,
        member: Member,
        channel: Channel,
        *,
        message: Message | None = None,
    ) -> Interaction:
        """Return a new interaction, of which the bot has been told."""
        interaction = Interaction(
            self._world.ids.next(),
            token_urlsafe(64),
            kind,
            member,
            channel,
            data,
            self._world.clock.now(),
            self._bell,
            message,
        )
        self._by_token[interaction.token] = interaction
        self._world.publish("INTERACTION_CREATE", self._payload(interaction), Intent.NONE)
        return interaction

    def _payload(self, interaction: Interaction) -> Json:
        channel, member = interaction.channel, interaction.member
        permissions = str(channel.permissions_of(member).value)
        body: Json = {
            "id": str(interaction.id),
            "application_id": str(self._world.application_id),
            "type": int(interaction.kind),
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": {**channel.payload(), "permissions": permissions},
            "token": interaction.token,
            "version": 1,
            "app_permissions": str(self._world.bot_permissions(channel).value),
            "locale": "en-GB",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(channel.guild.id if channel.guild else 0)},
            "context": 0 if channel.guild else 1,
            "attachment_size_limit": ATTACHMENT_BYTES,
        }
        if interaction.message:
            body["message"] = interaction.message.payload
        if channel.guild is None:
            return body | {"user": member.user.payload()}
        guild_id = str(channel.guild.id)
        body |= {"guild_id": guild_id, "guild_locale": "en-US"}
        body["guild"] = {"id": guild_id, "locale": "en-US", "features": []}
        body["member"] = {**member.payload(), "permissions": permissions}
        return body

    def acknowledge(self, interaction_id: int, token: str, body: Json, files: Files) -> Interaction:
        """Take the first answer to an interaction.

        Raises:
            Refusal: it is unknown or older than 3 real seconds, was answered before, or cannot be
                answered like this.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise Refusal(Reason.UNKNOWN_INTERACTION)
        if interaction.answer is not None:
            raise Refusal(Reason.ALREADY_ACKNOWLEDGED)
        seconds = asyncio.get_running_loop().time() - interaction.began
        if seconds > ACKNOWLEDGE_SECONDS:
            raise Refusal(Reason.UNKNOWN_INTERACTION)
        answer = body["type"]
        if answer not in POSSIBLE[interaction.kind] or (
            answer in (6, 7) and not interaction.message
        ):
            raise Refusal.form("type", f"Not possible for interaction type {interaction.kind:d}.")
        self._apply(interaction, Answered(answer), body.get("data") or {}, files)
        interaction.answer, interaction.acknowledged_seconds = Answered(answer), seconds
        return interaction

    def _apply(self, interaction: Interaction, answer: Answered, data: Json, files: Files) -> None:
        if answer is Answered.CHOICES:
            check_choices(data.get("choices") or [])
            interaction.choices = data.get("choices") or []
        elif answer is Answered.MODAL:
            number(data.get("components"))
            interaction.modal = data
        elif answer is Answered.MESSAGE:
            interaction.original = self._write(interaction, data, files)
        elif answer is Answered.DEFERRED_MESSAGE:
            flags = LOADING | (int(data.get("flags") or 0) & EPHEMERAL)
            interaction.original = self._write(interaction, {"flags": flags}, {})
        elif interaction.message:
            interaction.original = interaction.message
            if answer is Answered.UPDATE:
                self._posts.edit(interaction.message, data, files)

    def _write(self, interaction: Interaction, body: Json, files: Files) -> Message:
        commands = {1: MessageKind.CHAT_INPUT_COMMAND, 3: MessageKind.CONTEXT_MENU_COMMAND}
        kind = MessageKind.DEFAULT
        if interaction.kind is Asked.COMMAND:
            kind = commands.get(interaction.data["type"], MessageKind.CONTEXT_MENU_COMMAND)
        about = {"id": str(interaction.id), "type": int(interaction.kind)}
        extra: Json = {
            "application_id": str(self._world.application_id),
            "webhook_id": str(self._world.application_id),
            "interaction_metadata": {
                **about,
                "user": interaction.member.user.payload(),
                "authorizing_integration_owners": {},
            },
        }
        return self._posts.write(
            interaction.channel, Draft(self._world.bot, body, kind, extra, files)
        )

    def receipt(self, interaction: Interaction) -> Json:
        """Return the answer to `with_response=1`."""
        told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
        receipt: Json = {"interaction": told}
        if interaction.original:
            told["response_message_id"] = str(interaction.original.id)
            told["response_message_loading"] = interaction.original.is_loading
            told["response_message_ephemeral"] = interaction.original.is_ephemeral
            resource = {
                "type": int(interaction.answer or 0),
                "message": interaction.original.payload,
            }
            receipt["resource"] = resource
        return receipt

    def _find(self, application_id: int, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if application_id != self._world.application_id or interaction is None:
            raise Refusal(Reason.UNKNOWN_WEBHOOK)
        if self._world.clock.now() - interaction.made_at > timedelta(seconds=TOKEN_SECONDS):
            raise Refusal(Reason.INVALID_WEBHOOK_TOKEN)
        if interaction.answer is None:
            raise Refusal(Reason.UNKNOWN_WEBHOOK)
        return interaction

    def follow_up(self, application_id: int, token: str, body: Json, files: Files) -> Message:
        """Return the follow-up; the first after a deferral takes the place of the loading message.

        Raises:
            Refusal: the interaction is unknown, not acknowledged, or older than 15 minutes.
        """
        interaction = self._find(application_id, token)
        if interaction.original and interaction.original.is_loading:
            return self._posts.edit(interaction.original, body, files)
        message = self._write(interaction, body, files)
        interaction.followups.append(message)
        return message

    def answer_of(self, application_id: int, token: str, which: str) -> tuple[Interaction, Message]:
        """Return the interaction, and its answer `@original` or the follow-up with this id.

        Raises:
            Refusal: there is no such message or interaction, or the token has expired.
        """
        interaction = self._find(application_id, token)
        mine = {str(m.id): m for m in interaction.followups}
        if interaction.original:
            mine |= dict.fromkeys(("@original", str(interaction.original.id)), interaction.original)
        if which not in mine or mine[which].id not in self._posts.written:
            raise Refusal(Reason.UNKNOWN_MESSAGE)
        return interaction, mine[which]

    def change(self, message: Message, body: Json, files: Files) -> Message:
        """Return an answer after the change.

        Raises:
            Refusal: as it would stand, it is empty or over a limit.
        """
        return self._posts.edit(message, body, files)

    def remove(self, interaction: Interaction, message: Message) -> None:
        """Delete an answer."""
        self._posts.delete(message)
        if interaction.original is message:
            interaction.original = None
        else:
            interaction.followups.remove(message)
