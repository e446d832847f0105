"""Stories and quotes → briefs, in the sources' own words; every sentence is a span of one."""

from bot.writing.extract import Limits, write_brief
from bot.writing.summary import summarise

__all__ = ["Limits", "summarise", "write_brief"]
