"""What others may ask of a running newsroom over HTTP: to take in signed news, and how it is.

`POST /push/NAME` takes one document (ninjs, NewsML-G2, NITF, a JSON Feed, an article as Nutgraf
exports it, plain text), `GET /health` says how things are. Errors are JSON (RFC 9457).
"""

from bot.web.parts import Health, Parts
from bot.web.server import listen

__all__ = ["Health", "Parts", "listen"]
