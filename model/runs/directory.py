"""The directory of a training run: what was trained on what, how it went, and the network.

RUN/config.json      the network's sizes and training settings, the data set, the vocabulary,
                     and what the headers of its tunes say
RUN/model.keras      the best network so far by the validation split; opens in plain Keras
RUN/checkpoint.npz   all that is needed to go on from the last checkpoint, in one file
RUN/metrics.csv      loss and speed along the way, and the percentages of sound samples
RUN/samples/         tunes that the network wrote along the way, a tunebook each time
RUN/progress.png     the metrics as a picture
RUN/tensorboard/     the metrics for TensorBoard
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import Config
from tuneloom.model.runs.headers import NO_HEADERS, Headers
from tuneloom.model.runtime.atomic import replacing
from tuneloom.pipeline.storage.lock import file_lock

if TYPE_CHECKING:
    from tuneloom.model.network.network import Network

__all__ = ["RunDirectory"]

_FORMAT = 2
_CONFIG = "config.json"


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """A run on disk. `manifest_sha256` names the exact data set that it was trained on."""

    path: Path
    config: Config
    manifest_sha256: str
    vocabulary: Vocabulary
    headers: Headers = NO_HEADERS

    @property
    def name(self) -> str:
        return self.path.resolve().name

    @property
    def _config_file(self) -> Path:
        return self.path / _CONFIG

    @property
    def model(self) -> Path:
        return self.path / "model.keras"

    @property
    def checkpoint(self) -> Path:
        return self.path / "checkpoint.npz"

    @property
    def metrics(self) -> Path:
        return self.path / "metrics.csv"

    @property
    def samples(self) -> Path:
        return self.path / "samples"

    @property
    def progress(self) -> Path:
        return self.path / "progress.png"

    @property
    def board(self) -> Path:
        return self.path / "tensorboard"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from training this run; UsageError if one does already."""
        with ExitStack() as stack:
            try:
                stack.enter_context(file_lock(self.path / ".lock"))
            except BlockingIOError as error:
                raise UsageError(
                    f"{self.path}: another process is training this run; wait for it, "
                    "or choose another --run"
                ) from error
            except OSError as error:
                raise UsageError(f"{self.path}: cannot be written ({error.strerror})") from error
            yield

    def check_free(self, *, overwrite: bool) -> None:
        """UsageError unless a run may begin at this path: nothing there, or a run to overwrite."""
        if not self.path.exists() or (self.path.is_dir() and not any(self.path.iterdir())):
            return
        if not overwrite:
            raise UsageError(
                f"{self.path}: exists; --resume it, --overwrite it, or choose another --run"
            )
        if not self._config_file.is_file():
            raise UsageError(
                f"{self.path}: not a run, so --overwrite leaves it alone; choose another --run"
            )

    def create(self) -> None:
        """Make the directory, rid of what an earlier run left, and write config.json.

        Raises UsageError if it cannot be written, or if another process trains the run in it.
        """
        with suppress(OSError):  # which taking the lock will meet, and tell
            self.path.mkdir(parents=True, exist_ok=True)
        with self.alone():
            self._clear()
            self._write_config()

    def _clear(self) -> None:
        for stale in (self.model, self.checkpoint, self.metrics, self.progress):
            stale.unlink(missing_ok=True)
        for folder in (self.samples, self.board):
            shutil.rmtree(folder, ignore_errors=True)

    def _write_config(self) -> None:
        content = {
            "format": _FORMAT,
            "manifest_sha256": self.manifest_sha256,
            "vocabulary": self.vocabulary.characters,
            "config": asdict(self.config),
            "headers": asdict(self.headers),
        }
        with replacing(self._config_file) as path:
            path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def open(cls, path: Path) -> RunDirectory:
        """Read the run at `path`; UsageError if there is none, or none that this version reads."""
        try:
            content = json.loads((path / _CONFIG).read_text("utf-8"))
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
                _headers(content.get("headers", {})),
            )
        except OSError:
            raise UsageError(
                f"{path}: not a training run (no config.json); train one first"
            ) from None
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}/config.json: damaged ({error}); train again") from error

    def save_network(self, network: Network) -> None:
        """Put a network in the place of the one before it, whole or not at all."""
        with replacing(self.model) as path:
            network.model.save(path)

    def load_network(self) -> Network:
        """The run's best network so far; UsageError if there is none yet."""
        from tuneloom.model.network.network import Network

        if not self.model.is_file():
            raise UsageError(
                f"{self.path}: the run has no checkpoint yet; it writes one each minute"
            )
        try:
            return Network.load(self.model)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise UsageError(f"{self.model}: cannot be opened ({error}); train again") from error


def _headers(content: dict[str, list[str]]) -> Headers:
    """Runs of an earlier version have none."""
    return Headers(**{name: tuple(values) for name, values in content.items()})
