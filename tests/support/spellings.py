"""Beginnings as people write them, with the training spelling of each (`spellings.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

__all__ = ["SPELLINGS", "Spelling"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A beginning as written, in training spelling, and what that leaves out."""

    written: str
    canonical: str
    left_out: str = ""


SPELLINGS = tuple(
    Spelling(each["written"], each["canonical"], each.get("left out", ""))
    for each in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
)
