import pytest

from tuneloom.cli.network import device_defaults
from tuneloom.cli.network.device_defaults import with_device_defaults
from tuneloom.model.network.config import TrainingConfig


@pytest.mark.parametrize(
    ("gpu", "bfloat16", "layout", "precision"),
    [
        (False, True, "packed", "bfloat16"),
        (False, False, "packed", "float32"),
        (True, True, "padded", "float32"),
    ],
)
def test_layout_and_precision_follow_from_the_device(
    monkeypatch: pytest.MonkeyPatch, gpu: bool, bfloat16: bool, layout: str, precision: str
) -> None:
    monkeypatch.setattr(device_defaults, "has_gpu", lambda: gpu)
    monkeypatch.setattr(device_defaults, "has_bfloat16_products", lambda: bfloat16)
    config = with_device_defaults(TrainingConfig(), ())
    assert (config.layout, config.precision) == (layout, precision)
    given = TrainingConfig(layout="padded", precision="bfloat16")
    assert with_device_defaults(given, {"layout", "precision"}) == given
