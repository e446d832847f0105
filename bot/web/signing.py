"""How a message is signed: HMAC-SHA256 of its time stamp, a full stop and its raw bytes.

Sources: Stripe, "Resolve webhook signature verification errors" (what is signed, and the window of
five minutes); GitHub, "Validating webhook deliveries" (the form of the header); RFC 2104.
"""

import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final

TIMESTAMP_HEADER: Final = "X-Nutgraf-Timestamp"
"""Seconds since 1970 in UTC, in decimal digits."""
SIGNATURE_HEADER: Final = "X-Nutgraf-Signature"
"""`sha256=` and 64 hexadecimal digits."""
WINDOW: Final = timedelta(minutes=5)
"""How far the time stamp may be from our clock, before or behind."""
TIMESTAMP: Final = re.compile(r"[0-9]{1,11}")
SIGNATURE: Final = re.compile(r"sha256=([0-9a-fA-F]{64})")


def signature_of(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the signature, as 64 hexadecimal digits in lower case."""
    return hmac.digest(secret, timestamp.encode() + b"." + body, "sha256").hex()


def is_signed(secret: bytes, timestamp: str, body: bytes, signature: str) -> bool:
    """Tell whether the signature is right, in a time that does not depend on how wrong it is."""
    return hmac.compare_digest(signature_of(secret, timestamp, body), signature.lower())


def read_timestamp(header: str) -> datetime | None:
    """Return the instant of the header, `None` if it has none."""
    if not TIMESTAMP.fullmatch(header):
        return None
    return datetime.fromtimestamp(int(header), UTC)


def read_signature(header: str) -> str:
    """Return the digits of the header in lower case, or nothing if it has another form."""
    match = SIGNATURE.fullmatch(header)
    return match[1].lower() if match else ""
