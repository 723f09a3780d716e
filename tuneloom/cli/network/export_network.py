"""`tuneloom export-network`: writes a network in the files that other libraries read."""

from __future__ import annotations

from pathlib import Path

import click

from tuneloom.cli.command import command, path_type, run_argument

__all__ = ["export_network_command"]


@command(
    "export-network",
    "tuneloom export-network runs/first --to safetensors",
    "tuneloom export-network runs/first --to onnx -o first.onnx",
)
@run_argument
@click.option(
    "--to",
    "format_name",
    metavar="FORMAT",
    type=click.Choice(["safetensors", "onnx"]),
    required=True,
    help="safetensors: the weights; onnx: one step of the network, which ONNX Runtime can run.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=path_type(),
    help="The file to write; by default, model.FORMAT in the run.",
)
def export_network_command(run: Path, format_name: str, output: Path | None) -> None:
    """Write a network in the files that other libraries read.

    docs/network.md says what the inputs and the weights mean.
    """
    from tuneloom.model.export.export_network import export_network
    from tuneloom.model.runs.directory import RunDirectory

    path = export_network(RunDirectory.open(run), format_name, output)
    click.echo(f"{path}: {format_name}, {path.stat().st_size:,} bytes")
