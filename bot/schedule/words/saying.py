"""Says a timing as an editor would."""

from collections.abc import Iterator, Sequence

from bot.news import EVERY_DAY, Interval, Timing, Weekday
from bot.schedule.words.dates import MONTHS
from bot.schedule.words.days import FULL_NAMES, WEEKDAYS, WEEKEND

MINUTES_IN_HOUR = 60
DAYS_IN_WEEK = 7
TEENS = (11, 12, 13)


def in_words(timing: Timing) -> str:
    """Return the timing as an editor would say it; `parse_times` reads it back to the same."""
    quiet = [f"{window.start}-{window.end}" for window in timing.quiet]
    parts = [_when(timing), f"not {_list(quiet)}" if quiet else "", timing.zone]
    return ", ".join(filter(None, parts))


def _when(timing: Timing) -> str:
    if timing.cron:
        return f"cron {timing.cron}"
    days = f"on {_list([*_dates(timing.dates)])}" if timing.dates else _days(timing.weekdays)
    if timing.every_days > 1:
        days = _counted(timing)
    if timing.interval is None:
        lists = [(days, timing.times), *((_days(m.weekdays), m.times) for m in timing.also)]
        return ", ".join(f"{of_days} at {_list(times)}" for of_days, times in lists)
    every = _interval(timing.interval)
    return every if days == "daily" else f"{days} {every}"


def _interval(interval: Interval) -> str:
    hours, minutes = divmod(interval.minutes, MINUTES_IN_HOUR)
    number, unit = (interval.minutes, "minute") if minutes else (hours, "hour")
    every = f"every {unit}" if number == 1 else f"every {number} {unit}s"
    if interval.end:
        return f"{every} from {interval.start} to {interval.end}"
    return every if interval.start == "00:00" else f"{every} from {interval.start}"


def _counted(timing: Timing) -> str:
    weeks, days = divmod(timing.every_days, DAYS_IN_WEEK)
    number, unit = (timing.every_days, "day") if days else (weeks, "week")
    begins = f" from {next(_dates([timing.first_day]))}" if timing.first_day else ""
    return f"every {number} {unit}{'s' if number > 1 else ''}{begins}"


def _dates(dates: Sequence[str]) -> Iterator[str]:
    monthly = []
    for named in dates:
        year_month, _, day = named.rpartition("-")
        year, _, month = year_month.rpartition("-")
        if not month:
            monthly.append("last day" if day == "last" else _ordinal(int(day)))
            continue
        once = f"{int(day)} {MONTHS[int(month) - 1].capitalize()} {year}".strip()
        yield once if year else f"{once} each year"
    if monthly:
        yield f"the {_list(monthly)} of each month"


def _ordinal(number: int) -> str:
    last = 0 if number in TEENS else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _days(days: tuple[Weekday, ...]) -> str:
    groups = {EVERY_DAY: "daily", WEEKDAYS: "weekdays", WEEKEND: "weekends"}
    names = [f"{FULL_NAMES[EVERY_DAY.index(day)].capitalize()}s" for day in days]
    return groups.get(days) or _list(names)


def _list(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
