"""Stories and quotes → briefs, in the sources' own words; every sentence is a span of one."""

from bot.writing.candidates import is_unconfirmed
from bot.writing.extract import Limits, write_brief
from bot.writing.summary import summarise
from bot.writing.texts import Findings, Update

__all__ = ["Findings", "Limits", "Update", "is_unconfirmed", "summarise", "write_brief"]
