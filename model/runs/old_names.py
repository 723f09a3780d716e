"""Names in the files of older runs, and what they are called now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["CHECKPOINT_ARRAYS", "PROGRESS_FIELDS", "current_settings", "renamed"]

_SETTINGS = {"lanes": "batch_size", "window": "unroll_length"}
"""Settings in a config.json of format 2."""
_OLD_PLAIN = "lstm"
"""What the plain network was called."""
PROGRESS_FIELDS = {"window": "batch", "epoch_windows": "epoch_batches"}
"""Fields of the progress in a checkpoint."""
CHECKPOINT_ARRAYS = {"place": "progress", "best": "best_validation"}
"""Arrays of a checkpoint."""


def renamed(values: Mapping[str, Any], old_names: Mapping[str, str]) -> dict[str, Any]:
    """The values under their current names."""
    return {old_names.get(name, name): value for name, value in values.items()}


def current_settings(settings: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The settings of a config.json of an older format as those of the current one."""
    current = renamed(settings, _SETTINGS if version == 2 else {})
    if version == 2 and "rows" in current:
        current["layout"] = "padded" if current.pop("rows") else "packed"
    if version <= 3:
        if current.get("architecture", _OLD_PLAIN) == _OLD_PLAIN:
            current["architecture"] = "plain"
        current["keys"] = "many" if current.pop("transpose", True) else "own"
    if version <= 4:
        current["hint_logits"] = False
        current["weight_decay"] = 0.0
    return current
