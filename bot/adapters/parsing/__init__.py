"""Reads documents in this process, or in one of its own that may die of what it reads."""

from bot.adapters.parsing.here import ReaderHere
from bot.adapters.parsing.workers import Workers

__all__ = ["ReaderHere", "Workers"]
