"""The network of a run in files of other libraries."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from tuneloom.grammar.errors import UsageError
from tuneloom.model.export.catalogue import NETWORK_FORMATS
from tuneloom.model.export.export_network import export_network
from tuneloom.model.runs.directory import RunDirectory


def test_safetensors_hold_every_weight_by_name(trained: Path, tmp_path: Path) -> None:
    run = RunDirectory.open(trained)
    path = export_network(run, "safetensors", tmp_path / "new" / "model.safetensors")
    tensors = load_file(path)
    model = run.load_network().model
    for name, weight in (("embedding", "embeddings"), ("lstm_1", "bias"), ("logits", "kernel")):
        found = tensors.pop(f"{name}.{weight}")
        [expected] = [each for each in model.get_layer(name).weights if each.name == weight]
        np.testing.assert_array_equal(found, expected)
    assert len(tensors) == len(model.weights) - 3


@pytest.mark.parametrize("format_name", NETWORK_FORMATS)
def test_a_file_holds_the_vocabulary_and_the_settings(
    format_name: str, trained: Path, tmp_path: Path
) -> None:
    run = RunDirectory.open(trained)
    path = export_network(run, format_name, tmp_path / f"network.{format_name}")
    if format_name == "onnx":
        metadata = onnxruntime.InferenceSession(path).get_modelmeta().custom_metadata_map
    else:
        with safe_open(path, "numpy") as file:
            metadata = file.metadata()
    assert metadata["vocabulary"] == run.vocabulary.characters
    assert json.loads(metadata["config"])["units"] == run.config.units


def test_a_file_that_cannot_be_written_is_named(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    run, path = RunDirectory.open(trained), tmp_path / "taken" / "model.onnx"
    with pytest.raises(UsageError, match=rf"^{path}: cannot be written \("):
        export_network(run, "onnx", path)
