"""Plain words to timings and back: “weekdays 07:00 and 17:30 Europe/London”."""

from bot.schedule.words.reading import parse_times
from bot.schedule.words.saying import in_words

__all__ = ["in_words", "parse_times"]
