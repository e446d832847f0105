"""When what a posted briefing cites has to be compared with its article again."""

from bot.news.articles import Article
from bot.news.dossier import to_json
from bot.news.posts import NewJob
from bot.news.values import Value


class RecheckDue(Value, frozen=True):
    """Payload of a `recheck` job: the article that changed, and its state by then."""

    article_id: str
    revision: int
    withdrawn: bool = False


def recheck_job(before: Article | None, after: Article) -> NewJob | None:
    """Return the job that compares briefings with an article; `None` if nothing of it is new.

    New is a revision, or that the outlet took the article back.
    """
    if before is None:
        return None
    revised = after.latest.number > before.latest.number
    taken_back = after.withdrawn is not None and before.withdrawn is None
    if not (revised or taken_back):
        return None
    due = RecheckDue(after.id, after.latest.number, withdrawn=taken_back)
    # at once: the text was seen by now
    return NewJob("recheck", f"recheck {after.id}", to_json(due), after.latest.seen_at)
