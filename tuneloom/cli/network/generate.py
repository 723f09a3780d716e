"""`tuneloom generate`: generates tunes with a trained network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, get_args

import click

from tuneloom.cli.command import command, path_type, seed_option
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.catalogue import constraint_choices
from tuneloom.model.sampling.config import AskedLevel, ExactMethod

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.sampling.config import SamplingConfig
    from tuneloom.model.sampling.generated import GenerationResult
    from tuneloom.model.sampling.request import GenerationRequest

__all__ = ["generate_command"]

_OF_THE_PACKAGE = (
    "no RUN is named: the network that comes with tuneloom writes (docs/pretrained.md)"
)


@command(
    "generate",
    "tuneloom generate -n 5",
    "tuneloom generate runs/first -n 200 --constraint metre -o tunes.abc",
    "tuneloom generate runs/first --meter 6/8 --key Edor --seed 7 --midi midi",
)
@click.argument(
    "run",
    metavar="[RUN]",
    required=False,
    type=path_type(),
    help="The directory of a run of tuneloom train, instead of the network that comes with tuneloom.",
)
@click.option(
    "-n", "count", metavar="N", type=click.IntRange(1), default=10, help="Number of tunes."
)
@click.option(
    "--constraint",
    type=click.Choice(constraint_choices()),
    default="none",
    help="syntax: only characters that can become a tune; metre: also only full bars; "
    "reject: discard what is not a tune and draw again.",
)
@click.option(
    "--exact",
    is_flag=False,
    flag_value="restart",
    type=click.Choice(get_args(ExactMethod)),
    help="Follow the network's own distribution under the constraint. restart (if you give no value): "
    "begin a tune anew at the first character that is not allowed; resample: resample masked tunes, "
    "which repeats some.",
)
@click.option(
    "--level",
    type=click.Choice(get_args(AskedLevel)),
    help="metrical: ask the network for tunes whose every bar is right (the default if it was told which "
    "are); parseable: for tunes like all that it learned from.",
)
@click.option(
    "--temperature",
    metavar="T",
    type=float,
    default=1.0,
    help="Below 1 for safer tunes, above 1 for bolder ones.",
)
@click.option(
    "--top-p",
    metavar="P",
    type=float,
    default=1.0,
    help="Nucleus sampling: keep the most likely tokens up to this total probability.",
)
@seed_option("The same seed gives the same tunes.")
@click.option(
    "--prompt",
    metavar="TEXT",
    default="",
    show_default=False,
    help=r"How each tune starts, in any spelling, such as 'M:6/8\nK:D\n|: D2E'.",
)
@click.option(
    "--prompt-file",
    metavar="FILE",
    type=path_type(allow_dash=True),
    help="Read the start of each tune from this file, or from standard input for -.",
)
@click.option(
    "--meter",
    metavar="METER",
    default="",
    show_default=False,
    help="The meter of each tune, such as 6/8.",
)
@click.option(
    "--key",
    metavar="KEY",
    default="",
    show_default=False,
    help="The key of each tune, such as Edor.",
)
@click.option(
    "--rhythm",
    metavar="RHYTHM",
    default="",
    show_default=False,
    help="The rhythm of each tune, such as jig.",
)
@click.option(
    "--max-chars",
    metavar="N",
    type=click.IntRange(1),
    default=2048,
    help="Cut a tune off after this many characters; it counts as unfinished.",
)
@click.option(
    "--midi",
    metavar="DIR",
    type=path_type(),
    help="Also write each tune as MIDI in this directory.",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=path_type(),
    help="Write the tunes to this file instead of standard output.",
)
@click.option(
    "--stream",
    "is_streamed",
    is_flag=True,
    help="Show the characters of each tune as they are drawn, on standard output alone.",
)
def generate_command(
    run: Path | None,
    count: int,
    constraint: str,
    exact: ExactMethod | None,
    level: AskedLevel | None,
    temperature: float,
    top_p: float,
    seed: int,
    prompt: str,
    prompt_file: Path | None,
    meter: str,
    key: str,
    rhythm: str,
    max_chars: int,
    midi: Path | None,
    output: Path | None,
    is_streamed: bool,
) -> None:
    r"""Generate tunes with a network.

    Every tune drawn is written, unless --constraint reject or --exact draws again. In --prompt, \n is the
    end of a line; a note on standard error says what of a prompt the network does not read. Ctrl-C keeps
    the tunes that are finished.
    """
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runs.headers import RequestedHeader
    from tuneloom.model.runs.run_files import PRETRAINED
    from tuneloom.model.runtime.atomic import atomic_output
    from tuneloom.model.sampling.config import SamplingConfig
    from tuneloom.model.sampling.generate import generate_tunes
    from tuneloom.model.sampling.request import GenerationRequest
    from tuneloom.model.sampling.tunebook import generated_book

    header = RequestedHeader.of(rhythm, meter, key)
    opened = RunDirectory.open(run or Path(PRETRAINED))
    config = SamplingConfig(temperature, seed, max_chars, top_p)
    if run is None and opened.is_pretrained:
        click.echo(_OF_THE_PACKAGE, err=True)
    prompt = prompt.replace(r"\n", "\n")
    request = GenerationRequest(count, prompt, header, constraint, exact=exact, level=level)
    if prompt_file is not None:
        text, name = _read_prompt(prompt_file, prompt)
        request = replace(request, prompt=text, prompt_name=name)
    if is_streamed:
        if output or midi:
            raise UsageError(
                "--stream: not together with --output or --midi; leave one of them out"
            )
        _stream(opened, config, request)
        return
    generated = generate_tunes(opened, config, request)
    if generated.left_out:
        click.echo(f"left out of {request.prompt_name}: {', '.join(generated.left_out)}", err=True)
    if not generated.tunes:
        raise KeyboardInterrupt
    text = generated_book(opened.name, config, request, generated).text
    name = f"{opened.name}, seed {config.seed}"
    played = _write_midi_files(generated, midi, name) if midi else ""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        with atomic_output(output) as path:
            path.write_text(text, "utf-8")
        click.echo(f"{output}: {_generation_summary(generated)}{played}")
    if generated.partial:
        raise KeyboardInterrupt


def _stream(run: RunDirectory, config: SamplingConfig, request: GenerationRequest) -> None:
    """Show tunes as they are drawn. Ctrl-C ends the line and says that the tune is unfinished."""
    from tuneloom.model.runtime.interrupts import InterruptFlag
    from tuneloom.model.sampling.generate import stream

    with InterruptFlag() as interrupt:
        pieces, left_out = stream(run, config, request)
        if left_out:
            click.echo(f"left out of {request.prompt_name}: {', '.join(left_out)}", err=True)
        number, end = 0, "\n"
        for piece in pieces:
            if piece.number != number:
                number = piece.number
                click.echo(f"X:{number}\nT:{run.name}, seed {config.seed}, tune {number}")
            click.echo(piece.text, nl=False)
            end = piece.text[-1:] or end
            if piece.has_ended or interrupt.is_set:
                mark = "" if piece.finished else "% unfinished\n"
                click.echo(("" if end == "\n" else "\n") + mark)
            if interrupt.is_set and not (piece.has_ended and number == request.count):
                raise KeyboardInterrupt


def _read_prompt(file: Path, prompt: str) -> tuple[str, str]:
    """The prompt in a file, and its name."""
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.grammar.source.charset import charset_of

    if prompt:
        raise UsageError("--prompt-file: not together with --prompt; leave one of them out")
    [found] = find_files([str(file)])
    data = found.read()
    text = data.decode(charset_of(data)).removeprefix("\ufeff")
    if not text.strip():
        raise UsageError(f"{found.name}: empty; a prompt begins like 'M:6/8'")
    return text, found.name


def _generation_summary(generated: GenerationResult) -> str:
    draws = generated.tunes.values()
    unfinished = sum(not draw.finished for draw in draws)
    parts = [f"{count_of(len(draws), 'tune')}, {unfinished} of them unfinished"]
    if generated.partial:
        parts.append(f"partial: {generated.requested} were asked for")
    if generated.drawn > len(draws):
        per_kept = generated.characters_per_kept
        parts.append(f"{generated.drawn} drawn, {per_kept:.2f} characters for each kept")
    if generated.effective_size is not None:
        parts.append(
            f"{generated.different} of them different; "
            f"effective sample size {generated.effective_size:.1f}"
        )
    if changed := [draw.mask_bits for draw in draws if draw.mask_bits]:
        parts.append(f"the mask cut {median(changed):.3f} bits of a tune (median)")
    return "; ".join(parts)


def _write_midi_files(generated: GenerationResult, directory: Path, name: str) -> str:
    from tuneloom.model.sampling.midi import write_midi

    return f"; {write_midi(generated.tunes, directory, name)} as MIDI in {directory}"
