"""Our Keras files, and what is said of those that cannot be opened."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.keras_file import read_weights, write_keras_file
from tuneloom.model.runtime.backend import keras

TOKENS = np.array([[0, 3, 1, 4]], np.int32)


def new_model(units: int = 5) -> keras.Model:
    tokens = keras.Input((None,), dtype="int32", name="tokens")
    outputs = keras.layers.Embedding(7, 3)(tokens)
    outputs = keras.layers.LSTM(units, return_sequences=True)(outputs)
    outputs = keras.layers.Dropout(0.1, noise_shape=(None, 1, units))(outputs)
    return keras.Model(tokens, keras.layers.Dense(7)(outputs))


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return new_model()


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


def test_the_weights_are_those_that_were_saved(model: keras.Model, tmp_path: Path) -> None:
    write_keras_file(model, tmp_path / "model.keras")
    other = new_model()
    read_weights(tmp_path / "model.keras", other)
    np.testing.assert_array_equal(other(TOKENS), model(TOKENS))


def test_a_file_opens_in_plain_keras_as_it_was_saved(model: keras.Model, tmp_path: Path) -> None:
    write_keras_file(model, tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(opened(TOKENS), model(TOKENS))
    assert [layer.name for layer in opened.layers] == [layer.name for layer in model.layers]
    assert opened.layers[3].noise_shape == model.layers[3].noise_shape


def test_what_a_file_says_of_its_layers_is_not_followed(model: keras.Model, tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write_keras_file(model, path)
    rewrite(path, "config.json", '"module": "keras.layers"', '"module": "os"')
    other = new_model()
    read_weights(path, other)
    np.testing.assert_array_equal(other(TOKENS), model(TOKENS))


def test_the_weights_of_another_network_are_refused(model: keras.Model, tmp_path: Path) -> None:
    write_keras_file(model, tmp_path / "model.keras")
    with pytest.raises(UsageError, match="not a network with the settings of this run"):
        read_weights(tmp_path / "model.keras", new_model(units=6))


def test_weights_in_another_file_are_not_fetched(tmp_path: Path) -> None:
    """HDF5 knows values that are read from any other file, and values that no file has."""
    path, secret = tmp_path / "model.keras", tmp_path / "secret"
    secret.write_bytes(bytes(84))
    for options in (
        {"external": [(str(secret), 0, 84)]},
        {"chunks": (7, 3), "compression": "gzip"},
        {"dtype": h5py.string_dtype()},
    ):
        with h5py.File(tmp_path / "weights.h5", "w") as file:
            file.create_dataset("layers/embedding/vars/0", (7, 3), **{"dtype": "f4", **options})
            file.create_dataset("layers/dense/vars/0", (10**7, 10**7), "f4", chunks=(1, 10))
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "weights.h5", "model.weights.h5")
        with pytest.raises(UsageError) as raised:
            read_weights(path, new_model())
        assert "\n" not in str(raised.value)


def test_a_file_that_unpacks_to_far_more_than_the_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.weights.h5", bytes(10**8))
    with pytest.raises(UsageError, match="too large"):
        read_weights(path, new_model())


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
    rewrite(path, "model.weights.h5", "HDF", "FDH")
    rewrite(path, "metadata.json", keras.__version__, "9.1.0")
    line = (
        f"{path}: written by Keras 9.1.0, and Keras {keras.__version__} cannot open it; "
        "install keras==9.1.0, or train again"
    )
    with pytest.raises(UsageError, match=f"^{re.escape(line)}$"):
        read_weights(path, new_model())


def test_a_damaged_file_says_so_in_one_line(model: keras.Model, tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write_keras_file(model, path)
    rewrite(path, "model.weights.h5", "HDF", "FDH")
    for damage in (lambda: None, lambda: path.write_bytes(path.read_bytes()[:1000])):
        damage()
        with pytest.raises(UsageError, match=r"cannot be opened \(.*\); train again$") as raised:
            read_weights(path, new_model())
        assert "\n" not in str(raised.value)
