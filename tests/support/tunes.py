"""Tunes for tests that need one to be parseable."""

from __future__ import annotations

from tuneloom.grammar import Tune, parse

__all__ = ["parse_tune"]


def parse_tune(text: str, file_header: str = "") -> Tune:
    """The tune of a text; the test fails if it is not parseable."""
    parsed = parse(text, file_header=file_header)
    assert parsed.parseable, parsed.diagnostics
    return parsed.tune
