"""Makes stories from sentences written unseen: planted figures, and pairs that only look unlike."""

import random
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Literal

from bot.news import Article
from tests.builders import NOON, an_article
from tests.quality.figure_stories import SMALL, Planted, Planting

Variant = Literal["fourth", "fifth", "sixth", "seventh"]
Hard = Literal["things", "units", "windows", "rate", "subset", "year", "forecast", "parties"]

VARIANTS: Final = tomllib.loads((Path(__file__).parent / "figure_variants.toml").read_text("utf-8"))
OUTLETS: Final = ("Fenland Times", "Delta Radio", "Kestrel Post", "The Skerry", "Northgate News")
PLACES: Final = ("Quell", "Ostmark Hill", "Brannock", "Vistra", "Saint Ume", "Marlow Sound")
PERSONS: Final = ("Hanne Orly", "Tobias Crake", "Rui Salter", "Nadia Vos")
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS: Final = ("zero", "one", *SMALL[:-1])
BARE: Final = ("", "", "", "", "at least ", "as many as ")


@dataclass(frozen=True)
class Look:
    """How the articles of one story write sums and measures."""

    sums: tuple[str, ...]
    unit: int


def plant_unseen(kind: Planted, variant: Variant, dice: random.Random) -> Planting:
    """Return a story of two to four articles with a figure planted in each."""
    made = VARIANTS[variant]
    subject = dice.choice([one for one in made["subject"] if kind in one["plant"]])
    story = _Story(variant, dice)
    cores = _figures(kind, subject, dice)
    latest = 9 if kind == "updated" else 5
    hours = [0.0, *sorted(dice.uniform(1.5, latest) for _ in cores[1:])]
    outlets = dice.sample(OUTLETS, 4)
    if kind == "updated":
        outlets[1] = outlets[0]
    aside = dice.choice([one for one in made["hard"] if not one.get("alone")])
    articles = [
        _article(i, outlets[i], hour, story.told(subject, bound + core, aside))
        for i, (hour, (bound, core)) in enumerate(zip(hours, cores, strict=True))
    ]
    figures = {f"a{i}": core for i, (_, core) in enumerate(cores)}
    dice.shuffle(articles)
    return Planting(kind, subject["name"], tuple(articles), figures)


def plant_hard(name: Hard, variant: Variant, dice: random.Random) -> tuple[Article, ...]:
    """Return a story of two to four articles that only seem to differ."""
    pair = dice.choice([one for one in VARIANTS[variant]["hard"] if one["name"] == name])
    story = _Story(variant, dice)
    count = dice.randint(2, 4)
    outlets = dice.sample(OUTLETS, 4)
    first = dice.randint(0, 1)
    return tuple(
        _article(i, outlets[i], dice.uniform(0, 6), story.hard(pair, (first + i) % 2))
        for i in range(count)
    )


class _Story:
    """What the articles of one story have in common."""

    def __init__(self, variant: Variant, dice: random.Random) -> None:
        self._made: dict[str, Any] = VARIANTS[variant]
        self._dice = dice
        few, many = dice.randint(3, 90), dice.uniform(1.4, 6)
        facts = {f"d{i}": dice.randint(2, 9) * 10 ** (i in {3, 5}) for i in range(1, 6)}
        x = dice.randint(31, 90)
        self._facts: dict[str, Any] = {
            **facts,
            "p": dice.choice(PLACES),
            "Person": dice.choice(PERSONS),
            "age": dice.randint(20, 80),
            "x": x,
            "X": in_words(x).capitalize(),
            "y": dice.randint(3, 30),
            "a": few,
            "b": int(few * many) + 2,
            "B": int(few * many) + 2,
        }

    def told(self, subject: dict[str, Any], figure: str, aside: dict[str, Any]) -> tuple[str, str]:
        """Return title and body of an article that states the figure."""
        dice = self._dice
        sentence = self._filled(dice.choice(subject["forms"]), figure)
        beside = [self._filled(dice.choice(aside["pair"]))] if dice.random() < 0.5 else []
        rest = [*beside, *self._rest()]
        dice.shuffle(rest)
        sentences = [sentence, *rest]
        if dice.random() < 0.2:
            sentences[:2] = sentences[1::-1]
        heads = subject.get("heads")
        title = dice.choice(heads if heads and dice.random() < 0.4 else self._made["titles"])
        return self._filled(title, figure), "\n\n".join(sentences)

    def hard(self, pair: dict[str, Any], side: int) -> tuple[str, str]:
        """Return title and body of an article that has one sentence of the pair."""
        rest = [self._filled(pair["pair"][side]), *self._rest()]
        self._dice.shuffle(rest)
        return self._filled(self._dice.choice(self._made["titles"])), "\n\n".join(rest)

    def _rest(self) -> list[str]:
        made, dice = self._made, self._dice
        lines = dice.sample(made["common"], 2) + dice.sample(made["noise"], 2)
        return [self._filled(line) for line in lines]

    def _filled(self, line: str, figure: str = "") -> str:
        who = self._dice.choice(self._made["who"])
        filled = line.format(n=figure, N=_upper(figure), w=who, W=_upper(who), **self._facts)
        return _upper(filled)


def _figures(kind: Planted, subject: dict[str, Any], dice: random.Random) -> list[tuple[str, str]]:
    """Return the bound and the words of the figure of each article, in order of time."""
    value, voices = _value(subject, dice), dice.randint(2, 4)
    look = Look(dice.choice(_CURRENCIES), 0)
    if kind == "unit":
        other = Look(look.sums, 1)
        looks = [look, *(dice.choice([look, other]) for _ in range(voices - 2)), other]
        return [("", _written(subject, value, one, dice)) for one in looks]
    if kind == "rounded":
        exact = ("", _written(subject, value, look, dice))
        return [exact] + [_rounded(subject, value, look, dice) for _ in range(voices - 1)]
    if kind == "updated":
        after = _other(value, dice, higher=True)
        values = [value] + [after] * dice.randint(2, 3)
        return [(_bound(subject, dice), _written(subject, v, look, dice)) for v in values]
    other_value = _other(value, dice, higher=False)
    values = [value, other_value] + [value] * (voices - 2)
    return [("", _written(subject, v, look, dice)) for v in values]


_CURRENCIES: Final = (
    ("£{}m", "£{} million", "{} million pounds"),
    ("${}m", "${} million", "{} million dollars", "US${} million"),
    ("€{}m", "€{} million", "{} million euros", "EUR {} million"),
)


def _value(subject: dict[str, Any], dice: random.Random) -> float:
    low, high = subject["range"]
    if subject["written"] == "money":
        return float(dice.randint(low * 100, high * 100)) * 10_000.0
    if subject["written"] == "magnitude":
        return dice.randint(low, high) / 10
    if subject["written"] == "share":
        return dice.randint(low * 10, high * 10) / 10
    return float(dice.randint(low, high))


def _other(value: float, dice: random.Random, *, higher: bool) -> float:
    factor = dice.uniform(1.15, 1.9)
    if not higher and dice.random() < 0.5 and value > 8:
        factor = 1 / factor
    if value != int(value):
        return round(value * factor, 1)
    return float(int(value * factor) + (factor > 1))


def _bound(subject: dict[str, Any], dice: random.Random) -> str:
    return dice.choice(BARE) if subject["written"] in {"people", "count"} else ""


def _written(subject: dict[str, Any], value: float, look: Look, dice: random.Random) -> str:
    written = subject["written"]
    if written == "money":
        return dice.choice(look.sums).format(_plain(value / 1e6))
    if written == "share":
        return _plain(value) + dice.choice(["%", " percent", " per cent", "pc"])
    if written == "magnitude":
        return f"{value:.1f}"
    if written == "years":
        return f"{_count(value, dice)} years"
    if written == "measure":
        long, short, factor, offset = subject["units"][look.unit]
        number = value * factor + offset
        number = round(number) if number >= 20 else round(number, 1)
        unit = dice.choice([long, short])
        return f"{_plain(number)}{'' if unit.startswith('°') else ' '}{unit}"
    return _count(value, dice)


def _count(value: float, dice: random.Random) -> str:
    """Return a count in digits, with a comma or without, or in words."""
    if value < 100 and dice.random() < (0.6 if value < 11 else 0.15):
        return in_words(int(value))
    return _plain(value, comma=value >= 10_000 or dice.random() < 0.7)


def _rounded(
    subject: dict[str, Any], value: float, look: Look, dice: random.Random
) -> tuple[str, str]:
    """Return a bound and a round number near the value, on the side that the bound says."""
    size = 10.0 ** (len(str(int(value))) - 2)
    near, below, above = (
        round(value / size) * size,
        int(value / size) * size,
        (int(value / size) + 1) * size,
    )
    words, number = dice.choice(
        [
            ("about ", near),
            ("around ", near),
            ("roughly ", near),
            ("some ", near),
            ("", near),
            ("more than ", below),
            ("over ", below),
            ("upwards of ", below),
            ("nearly ", above),
            ("almost ", above),
            ("close to ", above),
            ("just under ", above),
        ]
    )
    return words, _written(subject, number, look, dice)


def in_words(value: int) -> str:
    """Return a number from 0 to 99 in words."""
    if value < 20:
        return UNITS[value]
    rest = value % 10
    return TENS[value // 10 - 2] + (f"-{UNITS[rest]}" if rest else "")


def _plain(value: float, *, comma: bool = True) -> str:
    number = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{value:,.0f}"
    return number if comma else number.replace(",", "")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _article(index: int, outlet: str, hour: float, told: tuple[str, str]) -> Article:
    title, body = told
    at = NOON + timedelta(hours=hour)
    return an_article(f"a{index}", outlet=outlet, title=title, body=body, published_at=at)
