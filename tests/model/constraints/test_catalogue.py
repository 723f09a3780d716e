"""Constraints are found by name, and more of them can be registered."""

import subprocess
import sys

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.catalogue import CONSTRAINTS, constraint_choices


def test_the_choices_are_no_constraint_the_registered_ones_and_rejection() -> None:
    assert constraint_choices() == ("none", "syntax", "metre", "reject")


def test_an_unknown_constraint_is_an_error_that_suggests_another() -> None:
    with pytest.raises(UsageError, match="no constraint is named 'meter'; try metre"):
        CONSTRAINTS.find("meter")


def test_names_are_known_without_tensorflow() -> None:
    code = "import sys, tuneloom.model.constraints.catalogue; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
