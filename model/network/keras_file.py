"""Keras files that older Keras releases open too, and one line of why a file cannot be opened."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.backend import keras

__all__ = ["read_keras_file", "write_keras_file"]

_SETTINGS = "config.json"
_METADATA = "metadata.json"


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


def read_keras_file(path: Path) -> keras.Model:
    """Open a model, without its optimizer.

    Raises:
        UsageError: it cannot be opened by this release of Keras.
    """
    try:
        return keras.models.load_model(path, compile=False)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        written_by = _version_of(path)
        if written_by not in (None, keras.__version__):
            raise UsageError(
                f"{path}: written by Keras {written_by}, and Keras {keras.__version__} cannot open it; "
                f"install keras=={written_by}, or train again"
            ) from error
        reason = str(error).partition("\n")[0]
        raise UsageError(f"{path}: cannot be opened ({reason}); train again") from error


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
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None
