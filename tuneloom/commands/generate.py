"""`tuneloom generate`: new tunes from a trained network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["generate"]


def generate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The directory of a trained run.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many tunes to draw.")] = 10,
    temperature: Annotated[
        float, typer.Option(help="Below 1 plays safe, above 1 takes risks; more than 0.")
    ] = 1.0,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="The same seed draws the same tunes.")
    ] = 0,
    prompt: Annotated[
        str, typer.Option(help=r"How each tune starts, such as 'R:jig\nM:6/8\n'.")
    ] = "",
    max_chars: Annotated[
        int, typer.Option(min=1, help="Where a tune is broken off, and counts as unfinished.")
    ] = 2048,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE.abc", help="Where to; else to the screen.")
    ] = None,
) -> None:
    r"""Draw tunes, each counted and none redrawn. In --prompt, \n stands for the end of a line."""
    from model.files import replacing
    from model.generation import generate as draw
    from model.generation import tunebook
    from model.rundir import RunDirectory
    from model.sampling import Sampler

    opened, sampler = RunDirectory.open(run), Sampler(temperature, seed, max_chars)
    draws = draw(opened, sampler, count, prompt.replace(r"\n", "\n"))
    text = tunebook(draws, opened, sampler)
    if output is None:
        typer.echo(text, nl=False)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with replacing(output) as path:
        path.write_text(text, "utf-8")
    finished = sum(draw.finished for draw in draws)
    typer.echo(f"{output}: {len(draws)} tunes, {len(draws) - finished} of them unfinished")
