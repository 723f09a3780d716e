"""Curves over time."""

import re

import pytest

from tuneloom.corpus.statistics.curves import Panel, curves_svg, time_unit


@pytest.mark.parametrize(
    ("seconds", "unit"),
    [(30, "seconds"), (1200, "minutes"), (6 * 3600, "hours"), (10 * 86_400, "days")],
)
def test_an_axis_is_in_a_unit_that_fits_its_length(seconds: float, unit: str) -> None:
    assert time_unit(seconds)[0] == unit
    shown = curves_svg([Panel("Bits", {"one": ([0.0, seconds], [2.0, 1.0])})])
    labels = re.findall(r">([^<>\s][^<>]*)</text>", shown)
    assert unit in labels
    ticks = [float(label) for label in labels if re.fullmatch(r"[\d.]+", label)]
    assert 4 <= max(ticks) <= 60


def test_every_curve_has_a_look_of_its_own() -> None:
    curves = {f"run {number}": ([0.0, 1.0], [1.0, 2.0]) for number in range(15)}
    shown = curves_svg([Panel("Bits", curves)])
    lines = re.findall(r'style="(fill: none; [^"]*stroke-width: 1.6[^"]*)"', shown)
    assert len(set(lines)) == 15
    assert all(f">{name}</text>" in shown for name in curves)
