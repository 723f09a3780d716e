from pathlib import Path

import pytest

from tuneloom.grammar.errors import RunFailed
from tuneloom.model.runtime import devices
from tuneloom.model.runtime.backend import tf
from tuneloom.model.runtime.devices import (
    device_name,
    has_bfloat16_products,
    needs_memory,
)


def test_a_cpu_is_named_with_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "usable_cores", lambda: 2)
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: [])
    assert device_name() == "CPU, 2 cores"


def test_a_gpu_goes_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: ["GPU:0"])
    details = {"device_name": "Tesla T4"}
    monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda _: details)
    assert device_name() == "Tesla T4"


@pytest.mark.parametrize(
    ("flags", "has"),
    [("fma avx512_bf16 clzero", True), ("amx_bf16 amx_tile", True), ("avx512_bf16_no fma", False)],
)
def test_the_flags_of_a_processor_tell_of_bfloat16(tmp_path: Path, flags: str, has: bool) -> None:
    description = tmp_path / "cpuinfo"
    description.write_text(f"processor : 0\nflags : {flags}\n", encoding="utf-8")
    assert has_bfloat16_products(description) is has


def test_a_system_without_such_flags_is_taken_to_have_none(tmp_path: Path) -> None:
    assert not has_bfloat16_products(tmp_path / "cpuinfo")


@pytest.mark.parametrize(
    "error", [MemoryError(), tf.errors.ResourceExhaustedError(None, None, "OOM when allocating")]
)
def test_memory_that_runs_out_is_told_in_one_line(error: Exception) -> None:
    with (
        pytest.raises(RunFailed, match=r"runs/big: the memory of .* is too small"),
        needs_memory(Path("runs/big")),
    ):
        raise error
