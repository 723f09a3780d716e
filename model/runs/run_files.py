"""The name of the file by which a directory is known as that of a run; reading it takes no library."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CONFIG_FILE", "is_run"]

CONFIG_FILE = "config.json"


def is_run(path: Path) -> bool:
    """Whether a directory is one of `tuneloom train`."""
    return (path / CONFIG_FILE).is_file()
