"""Aids are found by name, and more of them can be registered."""

import subprocess
import sys

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.catalogue import AIDS, DEFAULT_AIDS


def test_a_network_is_given_the_aids_that_were_found_to_help() -> None:
    assert DEFAULT_AIDS == (
        "echo", "phase-echo", "parallel", "clock", "tonic", "sections", "ties", "last-bar", "place",
        "level",
    )  # fmt: skip
    assert set(DEFAULT_AIDS) <= set(AIDS.names)


def test_an_unknown_aid_is_an_error_that_suggests_another() -> None:
    with pytest.raises(UsageError, match="no aid is named 'clok'; try clock"):
        AIDS.find("clok")


def test_aids_need_no_tensorflow() -> None:
    code = "import sys, tuneloom.model.aids.columns; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
