"""`tuneloom fetch`: bring a source onto this machine before it is needed."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["fetch"]


def fetch(
    name: Annotated[str, typer.Argument(help="A source, or one file of it: nottingham/xmas.")],
    accept_license: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Say that you keep to the terms of a source."),
    ] = None,
) -> None:
    """Download a source into the user's cache, check it, and say where its files are."""
    from tuneloom.cli.data.download_bar import DownloadBar
    from tuneloom.corpus.sources import resolve
    from tuneloom.corpus.sources.kinds.pinned import showing_downloads

    with DownloadBar(name) as bar, showing_downloads(bar):
        files = resolve([name], [], accept_license or ())
    paths = [Path(file.location) for file in files]
    for folder, inside in groupby(paths, key=lambda path: path.parent):
        sizes = [path.stat().st_size for path in inside]
        count = "1 file" if len(sizes) == 1 else f"{len(sizes)} files"
        typer.echo(f"{count}, {sum(sizes) / 1000:,.0f} kB in {folder}")
