"""Due times: CronSim decides when, APScheduler wakes us. The only door to both libraries."""

from bot.schedule.due import due_between, next_due, next_runs
from bot.schedule.timers import Timers
from bot.schedule.words import in_words, parse_times

__all__ = ["Timers", "due_between", "in_words", "next_due", "next_runs", "parse_times"]
