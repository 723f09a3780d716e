"""Where a command writes the files of tunes: one file, or a directory with one for each tune."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from tuneloom.cli.command import path_type
from tuneloom.cli.files.input_tunes import InputTunes, NumberedTune
from tuneloom.corpus.playback.written_files import UnwritableTune, check_free
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["OutputFiles", "output_options", "write_files"]

F = TypeVar("F", bound=Callable[..., object])

# A directory of such a name would be a mistake.
_FILE_SUFFIXES = {
    ".abc",
    ".html",
    ".mid",
    ".mp3",
    ".musicxml",
    ".pdf",
    ".png",
    ".svg",
    ".wav",
    ".xml",
}
_LONGEST = 40  # characters of a title in a file's name
_WORDS = re.compile(r"[^a-z0-9]+")


def output_options(suffix: str) -> Callable[[F], F]:
    """Add the options `--output` and `--overwrite` of a command that writes files with a suffix."""

    def add(function: F) -> F:
        function = click.option(
            "--overwrite", is_flag=True, help="Replace files that Tuneloom wrote earlier."
        )(function)
        return click.option(
            "-o",
            "--output",
            metavar="PATH",
            type=path_type(),
            required=True,
            help=f"A file that ends in {suffix}, for one tune; or a directory, for a file for each tune.",
        )(function)

    return add


class OutputFiles:
    """The file of each tune, checked before the first is written.

    Raises:
        UsageError: one file was named for several tunes, or a file is there that may not be replaced.
    """

    def __init__(
        self, output: Path, suffix: str, tunes: Sequence[NumberedTune], overwrite: bool
    ) -> None:
        self.output = output
        self.written = 0
        self._suffix = suffix
        self._is_file = output.suffix.lower() == suffix and not output.is_dir()
        if self._is_file and len(tunes) > 1:
            raise UsageError(
                f"{output}: is one file, and there are {len(tunes):,} tunes; name a directory"
            )
        other = output.suffix.lower()
        if other in _FILE_SUFFIXES and other != suffix and not output.is_dir():
            advice = "; a page of tuneloom page can be printed" if other == ".pdf" else ""
            raise UsageError(f"{output}: the command writes {suffix} files, not {other}{advice}")
        if output.exists() and not self._is_file and not output.is_dir():
            raise UsageError(f"{output}: is no directory; a file for one tune ends in {suffix}")
        for tune in tunes:
            check_free(self.path(tune), overwrite)

    def path(self, tune: NumberedTune) -> Path:
        """The file of a tune, in a directory by its number in the input and its title."""
        if self._is_file:
            return self.output
        parts = (f"{tune.number:04}", _plain_words(tune.title))
        return self.output / ("-".join(part for part in parts if part) + self._suffix)

    def write(self, tune: NumberedTune, data: bytes) -> None:
        """Write the file of a tune, all of it or nothing."""
        path = self.path(tune)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_output(path) as temporary:
            temporary.write_bytes(data)
        self.written += 1

    def summary(self, form: str, left_out: int = 0) -> str:
        """`midi: 12 tunes as MIDI`, and how many were left out."""
        rest = f"; {left_out:,} left out" if left_out else ""
        return f"{self.output}: {count_of(self.written, 'tune')} as {form}{rest}"


def write_files(
    files: Sequence[str],
    output: Path,
    suffix: str,
    overwrite: bool,
    form: str,
    content: Callable[[NumberedTune], bytes],
) -> int:
    """Write the tunes of some files, each in a form; return the exit status.

    A tune that `content` raises UnwritableTune for is told and left out.
    """
    found = InputTunes(files)
    out = OutputFiles(output, suffix, found.tunes, overwrite)
    for tune in found.tunes:
        try:
            out.write(tune, content(tune))
        except UnwritableTune as error:
            found.leave_out(tune, str(error))
    click.echo(out.summary(form, found.left_out))
    return found.status


def _plain_words(title: str) -> str:
    """`The Kesh Jig!` as `the-kesh-jig`; empty if there is no Latin letter in it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _WORDS.sub("-", plain).strip("-")[:_LONGEST].strip("-")
