"""Nutgraf: a desk bot whose quotations are verified against their stored sources."""

__version__ = "0.1.0"
