"""Keras files that older Keras releases open too, and the weights in them.

A file is not opened as a model: what it says of its layers may name any function of Keras, and files to read.
The network is built from the settings of the run instead, and is given the weights alone, of its own shapes.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.stored_weights import BROKEN_WEIGHTS, stored_shapes
from tuneloom.model.runtime.backend import keras

__all__ = ["read_weights", "write_keras_file"]

_SETTINGS = "config.json"
_METADATA = "metadata.json"
_SIZE_OF_WEIGHT = 16  # bytes at most, with the state of an optimizer
_OVERHEAD = 1_000_000  # of HDF5, in bytes


def write_keras_file(model: keras.Model, path: Path, *, compressed: bool = False) -> None:
    """Save a model of stock layers to a new file, without the settings that are None.

    Every release of Keras adds settings to its layers and initializers. They are None unless used, and
    earlier releases refuse a file that names them.
    """
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / path.name
        model.save(whole)
        with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w", method) as portable:
            for name in archive.namelist():
                content = archive.read(name)
                if name == _SETTINGS:
                    content = json.dumps(_without_none(json.loads(content))).encode()
                portable.writestr(name, content)


def read_weights(path: Path, model: keras.Model) -> None:
    """Give a model the weights in a Keras file; what else is in the file is not looked at.

    Raises:
        UsageError: the file cannot be opened, or holds the weights of another network.
    """
    wanted = sorted(tuple(weight.shape) for weight in model.weights)
    try:
        if stored_shapes(path, _SIZE_OF_WEIGHT * model.count_params() + _OVERHEAD) != wanted:
            raise UsageError(f"{path}: not a network with the settings of this run; train again")
        model.load_weights(path)
    except BROKEN_WEIGHTS as error:
        written_by = _version_of(path)
        if written_by not in (None, keras.__version__):
            raise UsageError(
                f"{path}: written by Keras {written_by}, and Keras {keras.__version__} cannot open it; "
                f"install keras=={written_by}, or train again"
            ) from error
        reason = str(error).partition("\n")[0]
        raise UsageError(f"{path}: cannot be opened ({reason:.200}); train again") from error


def _without_none(content: Any) -> Any:
    """What Keras serialized, without the None in the `config` of each object."""
    if isinstance(content, list):
        return [_without_none(item) for item in content]
    if not isinstance(content, dict):
        return content
    kept = {name: _without_none(value) for name, value in content.items()}
    if isinstance(kept.get("config"), dict):
        kept["config"] = {
            name: value for name, value in kept["config"].items() if value is not None
        }
    return kept


def _version_of(path: Path) -> str | None:
    """The release of Keras that wrote a file; None if the file does not say."""
    try:
        with zipfile.ZipFile(path) as archive:
            return str(json.loads(archive.read(_METADATA))["keras_version"])
    except BROKEN_WEIGHTS:
        return None
