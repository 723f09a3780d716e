"""`tuneloom generate`: new tunes from a trained network."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tuneloom.model.sampling.generate import Generated

__all__ = ["generate"]


class Constraining(Enum):
    """What `--constraint` takes."""

    none = "none"
    syntax = "syntax"
    metre = "metre"
    reject = "reject"


def generate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The directory of a trained run.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many tunes to draw.")] = 10,
    constraint: Annotated[
        Constraining,
        typer.Option(
            help="syntax: write nothing but tunes; metre: nothing but full bars, too; "
            "reject: draw again what is no tune."
        ),
    ] = Constraining.none,
    temperature: Annotated[
        float, typer.Option(help="Below 1 plays safe, above 1 takes risks; more than 0.")
    ] = 1.0,
    top_p: Annotated[
        float, typer.Option("--top-p", help="Draw from the likeliest, which together have this.")
    ] = 1.0,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="The same seed draws the same tunes.")
    ] = 0,
    prompt: Annotated[
        str, typer.Option(help=r"How each tune starts, such as 'R:jig\nM:6/8\n'.")
    ] = "",
    meter: Annotated[str, typer.Option(help="The metre of each tune, such as 6/8.")] = "",
    key: Annotated[str, typer.Option(help="The key of each tune, such as Edor.")] = "",
    rhythm: Annotated[str, typer.Option(help="The kind of each tune, such as jig.")] = "",
    max_chars: Annotated[
        int, typer.Option(min=1, help="Where a tune is broken off, and counts as unfinished.")
    ] = 2048,
    midi: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write each tune as MIDI, too.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE.abc", help="Where to; else to the screen.")
    ] = None,
) -> None:
    r"""Draw tunes, each counted and none redrawn but by --constraint reject.

    In --prompt, \n stands for the end of a line. Ctrl-C keeps the tunes that are finished.
    """
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runs.headers import Conditions
    from tuneloom.model.runtime.atomic import replacing
    from tuneloom.model.sampling.generate import Request
    from tuneloom.model.sampling.generate import generate as draw
    from tuneloom.model.sampling.sampler import Sampler
    from tuneloom.model.sampling.tunebook import remarks, tunebook

    conditions = Conditions.of(rhythm, meter, key)
    opened, sampler = RunDirectory.open(run), Sampler(temperature, seed, max_chars, top_p)
    request = Request(count, prompt.replace(r"\n", "\n"), conditions, constraint.value)
    generated = draw(opened, sampler, request)
    if not generated.tunes:
        raise KeyboardInterrupt
    text = tunebook(generated.tunes, opened.name, sampler, remarks(request, generated))
    played = _play(generated, midi) if midi else ""
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        with replacing(output) as path:
            path.write_text(text, "utf-8")
        typer.echo(f"{output}: {_summary(generated)}{played}")
    if generated.partial:
        raise KeyboardInterrupt


def _summary(generated: Generated) -> str:
    draws = generated.draws
    unfinished = sum(not draw.finished for draw in draws)
    parts = [f"{len(draws)} tunes, {unfinished} of them unfinished"]
    if generated.partial:
        parts.append(f"partial: {generated.asked} were asked for")
    if generated.drawn > len(draws):
        parts.append(f"{generated.drawn} drawn")
    if changed := [draw.cut for draw in draws if draw.cut]:
        parts.append(f"the mask cut {median(changed):.3f} bits of a tune (median)")
    return "; ".join(parts)


def _play(generated: Generated, directory: Path) -> str:
    from tuneloom.model.sampling.midi import write_midi

    return f"; {write_midi(generated.tunes, directory)} as MIDI in {directory}"
