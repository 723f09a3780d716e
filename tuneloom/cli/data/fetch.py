"""`tuneloom fetch`: downloads a source before it is needed."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from tuneloom.cli.command import command

__all__ = ["fetch_command"]


@command(
    "fetch",
    "tuneloom fetch irish",
    "tuneloom fetch nottingham/xmas",
    "tuneloom fetch thesession --accept-license thesession",
)
@click.argument(
    "name", metavar="NAME", help="A source, or one file of it, such as nottingham/xmas."
)
@click.option(
    "--accept-license",
    metavar="NAME",
    multiple=True,
    help="Accept the terms of a source that asks for it. Repeatable.",
)
def fetch_command(name: str, accept_license: tuple[str, ...]) -> None:
    """Download a source before it is needed.

    Checks the files against their checksums and prints the folder of the cache that holds them.
    `tuneloom sources` lists the sources.
    """
    from tuneloom.cli.data.download_bar import DownloadBar
    from tuneloom.corpus.sources import resolve_sources
    from tuneloom.corpus.sources.kinds.pinned import show_downloads

    with DownloadBar(name) as bar, show_downloads(bar):
        files = resolve_sources([name], [], accept_license)
    paths = [Path(file.location) for file in files]
    for folder, inside in groupby(paths, key=lambda path: path.parent):
        sizes = [path.stat().st_size for path in inside]
        count = "1 file" if len(sizes) == 1 else f"{len(sizes)} files"
        click.echo(f"{count}, {sum(sizes) / 1000:,.0f} kB in {folder}")
