"""Counts in how many development articles each word stem occurs: makes `bot/data/weights-en.tsv`.

Run from the repository, with the shared data beside it:
`.venv/bin/python tests/quality/count_words.py > bot/data/weights-en.tsv`

Only numbers are taken. Several articles of one event count as one document, so that the events of
the collection do not pass for common words. A stem is listed when it is written in lower case more
often than not (names are not), holds no digit, and occurs in at least `MIN_DOCUMENTS` documents.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.text import words
from bot.weights import term

SHARED = Path(__file__).resolve().parents[3] / "shared"
MIN_DOCUMENTS = 5
ENGLISH = frozenset(["the", "of", "and", "to", "in", "that", "is", "for", "was", "on"])
MIN_ENGLISH_SHARE = 0.15
"""Share of those ten words in running English; other languages of the collection stay below."""


def read_lines(path: str) -> Iterator[dict[str, str]]:
    for line in (SHARED / "data" / path).read_text("utf-8").splitlines():
        yield json.loads(line)


def read_documents() -> dict[str, str]:
    """Return the text of each document by event or article."""
    documents: dict[str, str] = {}
    for row in read_lines("stories/clusters_dev.jsonl"):
        if row["body"]:
            key = row["cluster"]
            documents[key] = documents.get(key, "") + "\n" + row["title"] + "\n" + row["body"]
    for row in read_lines("articles/truth_dev.jsonl"):
        if is_english(row.get("body", "")):
            documents[row["id"]] = row["body"]
    return documents


def is_english(text: str) -> bool:
    found = [word.lower() for word in words(text)]
    return len(found) > 50 and sum(w in ENGLISH for w in found) > MIN_ENGLISH_SHARE * len(found)


def main() -> None:
    documents = read_documents()
    spread: Counter[str] = Counter()
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in documents.values():
        found = [word for word in words(text) if word.replace("’", "'").isascii()]
        spread.update({term(word, "en") for word in found})
        small.update(term(word, "en") for word in found if word.islower())
        large.update(term(word, "en") for word in found if not word.islower())
    kept = {
        stem: count
        for stem, count in spread.items()
        if count >= MIN_DOCUMENTS
        and small[stem] > large[stem]
        and not any(c.isdigit() for c in stem)
    }
    out = sys.stdout
    out.write("# In how many documents of a news collection each English word stem occurs.\n")
    out.write("# Counted by tests/quality/count_words.py: stem (Snowball), TAB, documents.\n")
    out.write(f"# Stems in fewer than {MIN_DOCUMENTS} documents, names and numbers left out.\n")
    out.write(f"# documents: {len(documents)}\n")
    for stem, count in sorted(kept.items()):
        out.write(f"{stem}\t{count}\n")


if __name__ == "__main__":
    main()
