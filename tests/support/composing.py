"""The composer's scripts in Node."""

from __future__ import annotations

from typing import Any

from tests.support.node import run_in_node
from tuneloom.web.composer.scripts import composer_script

__all__ = ["run_composer"]


def run_composer(body: str, given: object) -> Any:
    """What the body of a function of `input` returns, in Node; it may use `TuneloomComposer`.

    Without Node the test is skipped.
    """
    return run_in_node(composer_script(), body, given)
