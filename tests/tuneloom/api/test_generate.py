from pathlib import Path

import pytest

import tuneloom


def test_what_cannot_be_generated_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(tuneloom.UsageError, match="not a training run"):
        tuneloom.generate(tmp_path, 1)
    with pytest.raises(tuneloom.UsageError, match="1 or more"):
        tuneloom.generate(tmp_path, 0)
