"""Who belongs together: the outlets of one publisher, and the names of the news agencies."""

from functools import cached_property
from urllib.parse import urlsplit

from bot.news import Article, Value
from bot.text import fold, words


class Family(Value, frozen=True):
    """Outlets of one publisher, by name and web domain; together they are one source."""

    name: str
    outlets: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Publishers(Value, frozen=True, dict=True):
    """The families and agencies of `config/publishers.toml`."""

    family: tuple[Family, ...] = ()
    agency: tuple[Family, ...] = ()

    def family_of(self, article: Article) -> str:
        """Return the key of the publisher that the article's outlet belongs to.

        The outlet's or its publisher's name decides, then the article's address; an outlet that is
        in no family stands for its publisher, or for itself.
        """
        outlet = article.source.outlet
        return (
            self._by_name.get(name_key(outlet.name))
            or self._by_name.get(name_key(outlet.publisher))
            or self._family_at(article.address)
            or name_key(outlet.publisher)
            or name_key(outlet.name)
        )

    def find(self, name: str) -> str:
        """Return the key of the family or agency of that name; empty if there is none."""
        return self._by_name.get(name_key(name), "")

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {
            name_key(name): name_key(family.name)
            for family in (*self.family, *self.agency)
            for name in (family.name, *family.outlets)
        }

    @cached_property
    def _by_domain(self) -> dict[str, str]:
        return {
            domain.casefold(): name_key(family.name)
            for family in (*self.family, *self.agency)
            for domain in family.domains
        }

    def _family_at(self, address: str) -> str:
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            return ""
        parts = host.split(".")
        ends = (".".join(parts[start:]) for start in range(len(parts)))
        return next((self._by_domain[end] for end in ends if end in self._by_domain), "")


def name_key(name: str) -> str:
    """Return the name for comparison: its words without case, accents and a leading "the"."""
    return " ".join(words(fold(name))).removeprefix("the ")


def initials(name: str) -> str:
    """Return the first letters of a name of several words: `cda` for Corvane Dispatch Agency."""
    found = words(fold(name).removeprefix("the "))
    return "".join(word[0] for word in found) if len(found) > 1 else ""
