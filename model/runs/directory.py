"""The directory of a training run.

RUN/config.json      settings, data set, vocabulary, headers of the training tunes, and base
RUN/model.keras      the best network so far by validation loss; opens in plain Keras from 3.10 on
RUN/checkpoint.npz   everything needed to resume, in one file
RUN/metrics.csv      loss and speed over time, and the percentages of valid samples
RUN/samples/         tunes drawn during training, one tunebook each time
RUN/progress.png     the metrics as a picture
RUN/tensorboard/     the metrics for TensorBoard
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from reprlib import repr as short_repr
from typing import TYPE_CHECKING, Any

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.headers import NO_HEADERS, TrainedHeaders
from tuneloom.model.runs.old_names import current_settings
from tuneloom.model.runs.run_files import CONFIG_FILE, PRETRAINED, run_path
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.settings.checks import settings_from_plain
from tuneloom.pipeline.storage.lock import file_lock
from tuneloom.pipeline.storage.own_folder import remove_leftovers
from tuneloom.pipeline.storage.regular_files import check_regular, read_regular

if TYPE_CHECKING:
    from tuneloom.model.network.network import Network

__all__ = ["RunDirectory"]

_FORMAT, _OLD_FORMATS = 5, (2, 3, 4)
_LARGEST_NETWORK = 2**30  # bytes
_SETTINGS = frozenset({"format", "manifest_sha256", "vocabulary", "config"})


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """A run on disk. `manifest_sha256` identifies the data set it was trained on."""

    path: Path
    config: TrainingConfig
    manifest_sha256: str
    vocabulary: Vocabulary
    headers: TrainedHeaders = field(default=NO_HEADERS, repr=False)
    profile: str = "melody"
    """The profile of the training texts."""
    base: str = ""
    """The run with whose network this one began, as it was named."""
    metrical_share: float = 1.0
    """Of the training tunes; 1 if the network was not told which are."""

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from tuneloom.model.runs.run_view import run_html

        return run_html(self)

    @property
    def name(self) -> str:
        return self.path.resolve().name

    @property
    def is_pretrained(self) -> bool:
        """Whether it is the run that comes with the package."""
        return self.path == run_path(Path(PRETRAINED))

    @property
    def address(self) -> str:
        """What to call it in a command."""
        return PRETRAINED if self.is_pretrained else str(self.path)

    @property
    def spelling(self) -> Spelling:
        """How the run's network reads training texts."""
        return Spelling.of(self.config.keys)

    @property
    def model(self) -> Path:
        return self.path / "model.keras"

    def count_parameters(self) -> int:
        """How many weights the network has, counted without TensorFlow; 0 if there is none to read."""
        from tuneloom.model.network.stored_weights import BROKEN_WEIGHTS, stored_shapes

        try:
            check_regular(self.model)
            return sum(map(math.prod, stored_shapes(self.model, _LARGEST_NETWORK)))
        except BROKEN_WEIGHTS:
            return 0

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
    def plot(self) -> Path:
        return self.path / "progress.png"

    @property
    def lock_file(self) -> Path:
        return self.path / ".lock"

    @property
    def tensorboard(self) -> Path:
        return self.path / "tensorboard"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes from training this run inside the block.

        Raises:
            UsageError: another process is training it, or the directory cannot be written to.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(file_lock(self.lock_file))
            except BlockingIOError as error:
                raise UsageError(
                    f"{self.path}: another process is training this run; wait for it, "
                    "or choose another --run"
                ) from error
            except OSError as error:
                raise UsageError(f"{self.path}: cannot be written ({error.strerror})") from error
            for folder in (self.path, self.samples):
                remove_leftovers(folder)
            yield

    @staticmethod
    def check_free(path: Path, *, overwrite: bool) -> None:
        """Check that a new run may use `path`: it is empty, or holds a run to overwrite.

        Raises:
            UsageError: it may not.
        """
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            return
        if not overwrite:
            raise UsageError(
                f"{path}: exists; --resume it, --overwrite it, or choose another --run"
            )
        if not _bears_settings(path / CONFIG_FILE):
            raise UsageError(
                f"{path}: not a run, so --overwrite leaves it alone; choose another --run"
            )

    def create(self) -> None:
        """Make the directory, delete the files of an earlier run in it, and write config.json.

        Raises:
            UsageError: it cannot be written to, or another process is training the run in it.
        """
        with suppress(OSError):  # taking the lock reports it
            self.path.mkdir(parents=True, exist_ok=True)
        with self.lock():
            self._clear()
            self.write_config()

    def _clear(self) -> None:
        exported = [self.model.with_suffix(suffix) for suffix in (".safetensors", ".onnx")]
        for stale in (self.model, *exported, self.checkpoint, self.metrics, self.plot):
            stale.unlink(missing_ok=True)
        for folder, ours in (
            (self.samples, "[0-9]*.abc"),
            (self.tensorboard, "events.out.tfevents.*"),
        ):
            for drawn in folder.glob(ours):
                drawn.unlink()
            with suppress(OSError):  # there is none, or it holds files of others
                folder.rmdir()

    def write_config(self) -> None:
        content = {
            "format": _FORMAT,
            "manifest_sha256": self.manifest_sha256,
            "vocabulary": self.vocabulary.characters,
            "config": asdict(self.config),
            "headers": asdict(self.headers),
            "profile": self.profile,
            "base": self.base,
            "metrical_share": self.metrical_share,
        }
        with atomic_output(self.path / CONFIG_FILE) as temporary:
            temporary.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def open(cls, path: Path) -> RunDirectory:
        """Open the run at `path`, or the one that comes with the package for `pretrained`.

        Raises:
            UsageError: it is not a run, or not one that this version can read.
        """
        path = run_path(path)
        try:
            content = json.loads(read_regular(path / CONFIG_FILE).decode())
            config = _parse_config(content, path)
            vocabulary = _parse_vocabulary(content["vocabulary"])
            return cls(
                path,
                config,
                _text_of(content, "manifest_sha256"),
                vocabulary,
                _parse_headers(content.get("headers", {})),
                _text_of(content, "profile", _profile_of(vocabulary.characters)),
                _text_of(content, "base", ""),
                _share_of(content, "metrical_share"),
            )
        except OSError:
            raise UsageError(
                f"{path}: not a training run (no config.json); train one first"
            ) from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UsageError(f"{path}/config.json: damaged ({error}); train again") from error

    def save_network(self, network: Network) -> None:
        """Replace the run's network atomically."""
        from tuneloom.model.network.keras_file import write_keras_file

        with atomic_output(self.model) as temporary:
            write_keras_file(network.model, temporary)

    def load_network(self) -> Network:
        """The run's best network so far.

        Raises:
            UsageError: there is none yet, it cannot be opened or is not the one of config.json, or its
                architecture is not registered.
        """
        from tuneloom.model.network.build import load_network

        if not self.model.is_file():
            raise UsageError(
                f"{self.path}: the run has no checkpoint yet; it writes one each minute"
            )
        return load_network(self.model, self.config, self.vocabulary.size)


def _bears_settings(path: Path) -> bool:
    """Whether a file is the config.json of a run; other programs have files of that name, too."""
    try:
        content: object = json.loads(read_regular(path))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.keys() >= _SETTINGS


def _parse_config(content: Mapping[str, Any], path: Path) -> TrainingConfig:
    version = content["format"]
    if version not in (*_OLD_FORMATS, _FORMAT):
        raise UsageError(
            f"{path}: a run of format {short_repr(version)}; this version reads {_OLD_FORMATS[0]} to "
            f"{_FORMAT}; train again"
        )
    settings = current_settings(content["config"], version)
    known = {field.name for field in fields(TrainingConfig)}
    if unknown := sorted(settings.keys() - known):
        raise UsageError(
            f"{path}/config.json: unknown setting {short_repr(unknown[0])}; train again, "
            "or use the version of tuneloom that wrote it"
        )
    return settings_from_plain(TrainingConfig, settings)


def _text_of(content: Mapping[str, object], name: str, default: str | None = None) -> str:
    """A value that must be text; it may be missing if there is a default."""
    value = content[name] if default is None else content.get(name, default)
    if not isinstance(value, str):
        raise TypeError(f"{name} is not text")
    return value


def _share_of(content: Mapping[str, object], name: str) -> float:
    """A value from 0 to 1; 1 in runs of an earlier version."""
    value = content.get(name, 1.0)
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{name} is not a number from 0 to 1")
    return float(value)


def _parse_vocabulary(characters: object) -> Vocabulary:
    if not isinstance(characters, str) or list(characters) != sorted(set(characters)):
        raise ValueError("the vocabulary is not characters in code-point order")
    return Vocabulary(characters)


def _parse_headers(content: Mapping[str, Sequence[str]]) -> TrainedHeaders:
    """Runs of an earlier version have none."""
    headers = TrainedHeaders(**{name: tuple(values) for name, values in content.items()})
    if not all(isinstance(value, str) for value in (*headers.beginnings, *headers.keys)):
        raise ValueError("the headers are not text")
    return headers


def _profile_of(characters: str) -> str:
    """The profile of a run of an earlier version, which does not say: only `full` writes chord symbols."""
    return "full" if '"' in characters else "melody"
