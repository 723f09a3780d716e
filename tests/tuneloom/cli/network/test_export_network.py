from pathlib import Path

import click
import pytest

from tuneloom.cli.app import main
from tuneloom.cli.commands import COMMANDS
from tuneloom.model.export.catalogue import NETWORK_FORMATS


def test_the_formats_offered_are_those_there_are() -> None:
    command = COMMANDS["export-network"].load("export-network")
    [option] = [each for each in command.params if each.name == "format_name"]
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(NETWORK_FORMATS)


@pytest.mark.parametrize("format_name", NETWORK_FORMATS)
def test_a_network_is_written_beside_its_run_s_config(
    format_name: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = run / f"model.{format_name}"
    assert main(["export-network", str(run), "--to", format_name]) == 0
    size = path.stat().st_size
    assert capsys.readouterr().out == f"{path}: {format_name}, {size:,} bytes\n"
    path.unlink()
