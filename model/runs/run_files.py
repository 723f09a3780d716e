"""Where the files of a run are; finding them takes no library."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CONFIG_FILE", "PRETRAINED", "is_run", "run_path"]

CONFIG_FILE = "config.json"

PRETRAINED = "pretrained"
"""The name of the run that comes with the package."""

_PRETRAINED_PATH = Path(__file__).parents[1] / "pretrained"


def run_path(named: Path) -> Path:
    """The directory of a run as a user names it; a directory called `pretrained` comes before our own run."""
    return _PRETRAINED_PATH if named == Path(PRETRAINED) and not named.exists() else named


def is_run(path: Path) -> bool:
    """Whether a directory is one of `tuneloom train`, or the name of our own run."""
    return (run_path(path) / CONFIG_FILE).is_file()
