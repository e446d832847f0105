"""Due times: CronSim decides when, APScheduler wakes us. The only door to both libraries."""

from bot.schedule.due import due_between, find_due, next_due, next_runs
from bot.schedule.missed import DueRuns, missed_runs, why_late
from bot.schedule.timers import Timers
from bot.schedule.words import in_words, parse_times

__all__ = [
    "DueRuns",
    "Timers",
    "due_between",
    "find_due",
    "in_words",
    "missed_runs",
    "next_due",
    "next_runs",
    "parse_times",
    "why_late",
]
