"""Words of `/schedule`: its commands, its options and its answers."""

from typing import Final

ABOUT: Final = {
    "at": "When: weekdays 07:00 and 17:30; every 2 hours from 6 to 22:00; 1st of the month 07:00",
    "zone": "Time zone, such as Europe/London; the desk's own if you give none",
    "channel": "Where: a channel, thread or forum; this channel if you give none",
    "to_me": "To you alone, by direct message",
    "name": "What to call it",
    "topics": "Only stories that match one of these topics, with commas between them",
    "sources": "Only articles of these outlets or addresses, with commas between them",
    "origins": "Only stories that so many independent sources have",
    "stories": "At most so many stories; 0 for the desk's own number",
    "language": "Only articles in this language, such as en",
    "prompt": "Name of the edition prompt for the model writer",
    "missed": "What becomes of runs that the bot slept through",
    "when_empty": "Whether the channel is told that nothing passed",
}
CHANGED: Final = {name: said for name, said in ABOUT.items() if name != "to_me"} | {
    "channel": "Where from now on"
}
"""What each option is for. At most 100 characters each, as Discord's API says."""

GROUP: Final = "Editions that come by themselves"
ADD: Final = "Plan an edition"
EDIT: Final = "Change an edition"
LIST: Final = "The planned editions of this server"
PAUSE: Final = "Let an edition rest"
RESUME: Final = "Let a paused edition come again"
REMOVE: Final = "Stop an edition"
PREVIEW: Final = "Show when an edition comes, and what it is"
RUN: Final = "Post an edition now, beside its timetable"
WHICH: Final = "Which one"
PLANNED: Final = "One that is planned: how it would be now"
WAS_PLANNED: Final = "Edition planned"
WAS_CHANGED: Final = "Edition changed"
WAS_RESUMED: Final = "Edition resumed"
NOT_SAVED: Final = "Not saved yet"
AS_OF_NOW: Final = "As of now"
SAY_WHAT: Final = "Say what to show: at, or schedule."
HINT: Final = "/schedule edit changes it, /schedule remove stops it."
ON_ITS_WAY: Final = "It is on its way."
PAUSED: Final = "Paused: {called}."
PAUSED_BEFORE: Final = "This was paused already: {called}."
COMES: Final = "The edition comes to {where} in a moment."
