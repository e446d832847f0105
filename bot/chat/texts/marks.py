"""What the chat says of briefings on command, of what is read, and of the handover."""

from typing import Final

BRIEF: Final = "A briefing now; if you have read one before, what is new since then"
ABOUT: Final = "Only stories with these words"
SINCE: Final = "Only what is new since then: 18:00, yesterday 18:00, 3 hours, 2026-09-16 18:00"
HANDOVER: Final = "What is new, changed, corrected or still unconfirmed since your shift began"
SHIFT_SINCE: Final = "When it began: 18:00, yesterday 18:00, 3 hours; otherwise 8 hours ago"
READ: Final = "I have read this"
MARKED: Final = (
    "Noted: you have read everything up to {hour}. /brief with nothing given tells you what is new "
    "since then."
)
