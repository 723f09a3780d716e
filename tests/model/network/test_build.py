import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.build import build_network, load_network
from tuneloom.model.network.config import TrainingConfig

CONFIG = TrainingConfig(embedding=3, aid_embedding=4, units=5)
VOCABULARY = 7


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("network") / "model.keras"
    build_network(CONFIG, VOCABULARY).model.save(path)
    return path


@pytest.mark.parametrize(
    "settings",
    [
        {"cell": "gru"},
        {"aids": ("clock",)},
        {"architecture": "plain"},
        {"layers": 2},
        {"units": 6},
    ],
    ids=str,
)
def test_a_network_with_other_settings_is_refused_in_one_line(
    settings: dict[str, Any], path: Path
) -> None:
    line = f"{path}: not a network with the settings of this run; train again"
    with pytest.raises(UsageError, match=f"^{re.escape(line)}$"):
        load_network(path, replace(CONFIG, **settings), VOCABULARY)


def test_a_network_over_another_vocabulary_is_refused(path: Path) -> None:
    with pytest.raises(UsageError, match="not a network with the settings of this run"):
        load_network(path, CONFIG, VOCABULARY + 1)
