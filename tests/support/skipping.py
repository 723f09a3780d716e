"""Skipping of tests that need a program which this machine may lack."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tuneloom.grammar.errors import UsageError

__all__ = ["skip_without"]


@contextmanager
def skip_without(name: str) -> Iterator[None]:
    """Skip the test if what it needs cannot be had here; fail it where CI must have it."""
    try:
        yield
    except UsageError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"went without {name}: {missing}")
        pytest.skip(f"went without {name}: {missing}")
