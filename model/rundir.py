"""The directory of a training run: what was trained on what, how it went, and the network.

RUN/config.json      the network's sizes and training settings, the data set, the vocabulary
RUN/model.keras      the network at the last checkpoint; opens in plain Keras
RUN/checkpoint.npz   all that is needed to go on from there, in one file
RUN/metrics.csv      loss and speed along the way
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grammar.errors import UsageError
from model.config import Config
from model.files import replacing
from model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from model.network import Network

__all__ = ["RunDirectory"]

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """A run on disk. `manifest_sha256` names the exact data set that it was trained on."""

    path: Path
    config: Config
    manifest_sha256: str
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        return self.path.resolve().name

    @property
    def model(self) -> Path:
        return self.path / "model.keras"

    @property
    def checkpoint(self) -> Path:
        return self.path / "checkpoint.npz"

    @property
    def metrics(self) -> Path:
        return self.path / "metrics.csv"

    def create(self) -> None:
        """Make the directory and write config.json; UsageError if something is there already."""
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise UsageError(
                f"{self.path}: exists; choose another --run, remove it, or --resume it"
            )
        self.path.mkdir(parents=True, exist_ok=True)
        content = {
            "format": _FORMAT,
            "manifest_sha256": self.manifest_sha256,
            "vocabulary": self.vocabulary.characters,
            "config": asdict(self.config),
        }
        with replacing(self.path / "config.json") as path:
            path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def open(cls, path: Path) -> RunDirectory:
        """Read the run at `path`; UsageError if there is none, or none that this version reads."""
        try:
            content = json.loads((path / "config.json").read_text("utf-8"))
            if content["format"] != _FORMAT:
                raise UsageError(
                    f"{path}: a run of format {content['format']}, where {_FORMAT} is read; "
                    "train again"
                )
            return cls(
                path,
                Config(**content["config"]),
                content["manifest_sha256"],
                Vocabulary(content["vocabulary"]),
            )
        except OSError:
            raise UsageError(
                f"{path}: not a training run (no config.json); train one first"
            ) from None
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}/config.json: damaged ({error}); train again") from error

    def network(self) -> Network:
        """The network at the run's last checkpoint; UsageError if there is none yet."""
        from model.network import Network

        if not self.model.is_file():
            raise UsageError(
                f"{self.path}: the run has no checkpoint yet; it writes one each minute"
            )
        return Network.load(self.model)
