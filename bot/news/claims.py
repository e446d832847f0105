"""What somebody claims that others said, and what the archive has of it."""

from bot.news.briefs import Reference
from bot.news.values import Value, require
from bot.news.verdicts import Place, Verdict


class Claim(Value, frozen=True):
    """Words that a text puts between quotation marks, and whose it says they are.

    The words are without the marks. The speaker is empty where the text names nobody for certain.
    """

    words: str
    speaker: str = ""


class Witness(Value, frozen=True):
    """A place in the archive, the article that it stands in, and whether it still does.

    `current` is false if the article's latest revision no longer has these words.
    """

    place: Place
    reference: Reference
    current: bool = True


class CheckedClaim(Value, frozen=True):
    """A claim, what became of its words, and the witnesses: the places of the verdict in order."""

    claim: Claim
    verdict: Verdict
    witnesses: tuple[Witness, ...] = ()

    def __post_init__(self) -> None:
        """Check that every place has its article."""
        require(
            tuple(witness.place for witness in self.witnesses) == self.verdict.places,
            "Each place of a verdict has a witness.",
        )


class CheckedText(Value, frozen=True):
    """The claims of a text in its order, and how many more it holds that were not checked."""

    claims: tuple[CheckedClaim, ...] = ()
    unchecked: int = 0
