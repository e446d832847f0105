"""Makes stories whose articles agree, follow one another or differ in one planted figure."""

import random
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from bot.news import Article
from tests.builders import NOON, an_article

Planted = Literal["differing", "updated", "rounded", "unit"]
Wording = Literal["dev", "second", "third", "held_out"]

TEMPLATES: Final = tomllib.loads(
    (Path(__file__).parent / "figure_templates.toml").read_text("utf-8")
)
OUTLETS: Final = ("Harbour Courier", "Coast Monitor", "Radio Vale", "Upland Post", "Tern Gazette")
PLACES: Final = ("Tarn", "Orsk Bay", "Hembrey", "Lower Vell", "Stavering", "Port Aldren")
PERSONS: Final = ("Mira Tolland", "Jon Pask", "Edda Brock", "Leif Ormond")
TOLLS: Final = ("dead", "injured", "missing", "arrested", "evacuated")
UNITS: Final = {
    "burned": (("hectares", 1.0), ("acres", 2.47105)),
    "height": (("metres", 1.0), ("feet", 3.28084)),
    "leaked": (("tonnes", 1.0), ("kilograms", 1000.0)),
}
RANGES: Final = {"share": (12, 60), "height": (3, 9), "burned": (1100, 9800), "leaked": (12, 90)}
MONEY: Final = re.compile(r"<(.+?)>")
SMALL: Final = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


@dataclass(frozen=True)
class Planting:
    """A story: what was planted, in which subject, and the words planted in each article."""

    kind: Planted
    subject: str
    articles: tuple[Article, ...]
    figures: dict[str, str]
    """The planted words by article id."""


def plant(kind: Planted, wording: Wording, dice: random.Random) -> Planting:
    """Return a story of two to four articles with a figure planted in each."""
    subject = _subject(kind, dice)
    place = dice.choice(PLACES)
    texts, hours = _figures(kind, subject, dice)
    money = dice.choice(["€{} million", "{} million crowns", "${}m"])
    texts = [MONEY.sub(lambda m: money.format(m.group(1)), text) for text in texts]
    outlets = dice.sample(OUTLETS, 4)
    if kind == "updated":
        outlets = [outlets[0], outlets[0], outlets[1], outlets[2]]
    common = _common(wording, place, dice)
    articles = [
        _article(f"a{i}", outlets[i], hours[i], _body(wording, subject, text, place, common, dice))
        for i, text in enumerate(texts)
    ]
    figures = {article.id: text for article, text in zip(articles, texts, strict=True)}
    dice.shuffle(articles)
    return Planting(kind, subject, tuple(articles), figures)


def _subject(kind: Planted, dice: random.Random) -> str:
    if kind == "unit":
        return dice.choice(list(UNITS))
    things = ("homes", "cost", "fine", "share")
    large = ("homes", "cost", "evacuated", "burned")
    if kind == "rounded":
        return dice.choice(large)
    if kind == "updated":
        return dice.choice([*TOLLS, "homes", "cost"])
    return dice.choice([*TOLLS, *TOLLS, *things, *UNITS])


def _figures(kind: Planted, subject: str, dice: random.Random) -> tuple[list[str], list[float]]:
    """Return the planted words of each article, and the hour at which each was published."""
    value = _value(subject, dice, large=kind == "rounded")
    voices = dice.randint(2, 4)
    hours = sorted(dice.uniform(0, 5) for _ in range(voices))
    if kind == "rounded":
        exact = [_render(subject, value, dice, plain=True)]
        return exact + [_rounded(subject, value, dice) for _ in range(voices - 1)], hours
    if kind == "unit":
        (one, _), (two, factor) = UNITS[subject]
        texts = [f"{_number(value)} {one}"]
        other = f"{_number(float(f'{value * factor:.3g}'))} {two}"
        return texts + [other if i % 2 else texts[0] for i in range(1, voices)], hours
    other_value = _other(value, dice, higher=kind == "updated")
    if kind == "updated":
        after = [_render(subject, other_value, dice) for _ in range(dice.randint(2, 3))]
        first = [_render(subject, value, dice)]
        return first + after, [0.0, *sorted(dice.uniform(2, 9) for _ in after)]
    plain = other_value > value  # "at least 12" and "15" can both be true
    texts = [_render(subject, value, dice, plain=plain)]
    texts += [_render(subject, other_value, dice, plain=True)]
    texts += [_render(subject, value, dice, plain=plain) for _ in range(voices - 2)]
    return texts, hours


def _value(subject: str, dice: random.Random, *, large: bool) -> float:
    if subject in {"cost", "fine"}:
        return dice.randint(11, 96) * 100_000.0 + (dice.randint(1, 99) * 1000.0 if large else 0.0)
    if large or subject in {"homes", "evacuated"}:
        return float(dice.randint(1101, 9899))
    low, high = RANGES.get(subject, (3, 80))
    return float(dice.randint(low, high))


def _other(value: float, dice: random.Random, *, higher: bool) -> float:
    factor = dice.uniform(1.25, 1.9)
    if not higher and dice.random() < 0.4 and value > 8:
        return float(int(value / factor))
    return float(int(value * factor) + 1)


def _render(subject: str, value: float, dice: random.Random, *, plain: bool = False) -> str:
    """Return the value as an article writes it: digits or words, bare or with a bound."""
    if subject in {"cost", "fine"}:
        return _money(value)
    if subject == "share":
        return f"{_number(value)}{dice.choice([' percent', '%', ' per cent'])}"
    if subject in UNITS:
        return f"{_number(value)} {UNITS[subject][0][0]}"
    number = _number(value)
    if 2 <= value <= 20 and dice.random() < 0.5:
        number = SMALL[int(value) - 2]
    if value == 12 and dice.random() < 0.3:
        number = "a dozen"
    bound = "" if plain or dice.random() < 0.6 else dice.choice(["at least ", "a total of "])
    return bound + number


def _rounded(subject: str, value: float, dice: random.Random) -> str:
    digits = dice.choice([1, 2]) if subject != "cost" else 2
    size = 10.0 ** (len(str(int(value))) - digits)
    near, below = round(value / size) * size, int(value / size) * size
    unit = {"cost": "", "burned": " hectares"}.get(subject, "")
    if subject == "cost":
        return dice.choice([f"about {_money(near)}", f"more than {_money(below)}"])
    small = round(value / 100) * 100.0
    return dice.choice(
        [
            f"about {_number(small)}{unit}",
            f"more than {_number(below)}{unit}",
            f"{_number(small)}{unit}",
        ]
    )


def _money(value: float) -> str:
    """Return a sum in angle brackets, in millions, for which the story has one currency."""
    return f"<{value / 1e6:.3f}".rstrip("0").rstrip(".") + ">"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _common(wording: Wording, place: str, dice: random.Random) -> list[str]:
    """Return facts that every article of the story states alike."""
    made = TEMPLATES[wording]
    facts = {f"d{i}": str(dice.randint(2, 9) * 10 ** (i in (3, 5)) + (i == 5)) for i in range(1, 6)}
    filled = {"p": place, "Person": dice.choice(PERSONS), "age": str(dice.randint(20, 80)), **facts}
    common = [text.format(**filled) for text in dice.sample(made["common"], 3)]
    return common + [_filled(line, dice) for line in made["own"]]


def _filled(line: str, dice: random.Random) -> str:
    return line.format(
        x=dice.randint(31, 90),
        X=dice.choice(SMALL).capitalize(),
        y=dice.randint(3, 30),
        age=dice.randint(20, 80),
        Person=dice.choice(PERSONS),
    )


def _body(  # noqa: PLR0917 - the parts of an article
    wording: Wording, subject: str, text: str, place: str, common: list[str], dice: random.Random
) -> tuple[str, str]:
    made = TEMPLATES[wording]
    sentence = _fill(dice.choice(made[subject]), text, place, dice.choice(made["who"]))
    noise = [_filled(line, dice) for line in dice.sample(made["noise"], dice.randint(1, 2))]
    own = dice.sample(common, 3)
    rest = [*own, *noise]
    dice.shuffle(rest)
    sentences = [sentence, *rest]
    if dice.random() < 0.2:
        sentences[:2] = sentences[1::-1]
    title = dice.choice(made["titles"]).format(p=place)
    return title, "\n\n".join(sentences)


def _fill(template: str, text: str, place: str, who: str) -> str:
    return _upper(template.format(n=text, N=_upper(text), p=place, w=who, W=_upper(who)))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _article(article_id: str, outlet: str, hour: float, told: tuple[str, str]) -> Article:
    title, body = told
    at = NOON + timedelta(hours=hour)
    return an_article(article_id, outlet=outlet, title=title, body=body, published_at=at)
