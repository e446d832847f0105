"""Stories and quotes → briefs, in the sources' own words; every sentence is a span of one."""

from bot.writing.extract import Limits, write_brief
from bot.writing.summary import summarise
from bot.writing.texts import Findings, Update

__all__ = ["Findings", "Limits", "Update", "summarise", "write_brief"]
