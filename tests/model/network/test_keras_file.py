"""Our Keras files, and what is said of those that cannot be opened."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.keras_file import read_keras_file, write_keras_file
from tuneloom.model.runtime.backend import keras

TOKENS = np.array([[0, 3, 1, 4]], np.int32)


@pytest.fixture(scope="module")
def model() -> keras.Model:
    tokens = keras.Input((None,), dtype="int32", name="tokens")
    outputs = keras.layers.Embedding(7, 3)(tokens)
    outputs = keras.layers.LSTM(5, return_sequences=True)(outputs)
    outputs = keras.layers.Dropout(0.1, noise_shape=(None, 1, 5))(outputs)
    return keras.Model(tokens, keras.layers.Dense(7)(outputs))


def settings_in(content: Any) -> Iterator[tuple[str, Any]]:
    """The settings of all objects that Keras serialized."""
    if isinstance(content, dict):
        if isinstance(content.get("config"), dict):
            yield from content["config"].items()
        content = list(content.values())
    if isinstance(content, list):
        for item in content:
            yield from settings_in(item)


def rewrite(path: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the archive."""
    with zipfile.ZipFile(path) as archive:
        contents = {each: archive.read(each) for each in archive.namelist()}
    assert old.encode() in contents[name]
    contents[name] = contents[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in contents.items():
            archive.writestr(each, content)


def test_a_file_opens_as_it_was_saved(model: keras.Model, tmp_path: Path) -> None:
    write_keras_file(model, tmp_path / "model.keras")
    opened = read_keras_file(tmp_path / "model.keras")
    np.testing.assert_array_equal(opened(TOKENS), model(TOKENS))
    assert [layer.name for layer in opened.layers] == [layer.name for layer in model.layers]
    assert opened.layers[3].noise_shape == model.layers[3].noise_shape


def test_a_file_names_no_setting_that_an_earlier_keras_may_not_know(
    model: keras.Model, tmp_path: Path
) -> None:
    write_keras_file(model, tmp_path / "model.keras")
    content = json.loads(zipfile.ZipFile(tmp_path / "model.keras").read("config.json"))
    settings = dict(settings_in(content))
    assert {"units", "rate", "embeddings_initializer", "layers"} <= settings.keys()
    assert [name for name, value in settings_in(content) if value is None] == []
    # What Keras 3.13 and 3.15 added.
    assert not {"quantization_config", "input_axes", "output_axes"} & settings.keys()


def test_a_file_of_another_keras_that_cannot_be_opened_names_both_in_one_line(
    model: keras.Model, tmp_path: Path
) -> None:
    path = tmp_path / "model.keras"
    write_keras_file(model, path)
    rewrite(path, "config.json", '"rate"', '"likelihood"')
    rewrite(path, "metadata.json", keras.__version__, "9.1.0")
    line = (
        f"{path}: written by Keras 9.1.0, and Keras {keras.__version__} cannot open it; "
        "install keras==9.1.0, or train again"
    )
    with pytest.raises(UsageError, match=f"^{re.escape(line)}$"):
        read_keras_file(path)


def test_a_damaged_file_says_so_in_one_line(model: keras.Model, tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write_keras_file(model, path)
    rewrite(path, "config.json", '"rate"', '"likelihood"')
    for damage in (lambda: None, lambda: path.write_bytes(path.read_bytes()[:1000])):
        damage()
        with pytest.raises(UsageError, match=r"cannot be opened \(.*\); train again$") as raised:
            read_keras_file(path)
        assert "\n" not in str(raised.value)
