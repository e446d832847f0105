"""Sets up the log once, at start: an event is a constant phrase, and its facts are fields."""

import logging
import sys
from typing import Final

PLAIN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record has; whatever else one has are its fields."""


class FieldsFormatter(logging.Formatter):
    """Writes `time level logger: phrase key=value …` on one line, and a trace below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; line breaks in a field are written as such, so that none can forge one.

        Only fields are quoted: the phrase is ours.
        """
        fields = {key: value for key, value in vars(record).items() if key not in PLAIN}
        tail = "".join(f" {key}={value!r}" for key, value in fields.items())
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name}: "
        line += record.getMessage() + tail
        return line + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")


def set_up_logs(level: int = logging.INFO) -> None:
    """Log to standard error; libraries only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FieldsFormatter("%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    for chatty in ("discord.client", "trafilatura"):  # no voice here; pages without text are told
        logging.getLogger(chatty).setLevel(logging.ERROR)
