"""The tunes of some files that can be played and engraved; the others are told on standard error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.cli.text.input_files import InputTunebook, find_files
from tuneloom.cli.text.tune_names import printable, tune_name
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import Tune

__all__ = ["InputTunes", "NumberedTune"]


@dataclass(frozen=True, slots=True)
class NumberedTune:
    """A tune, its number among all of the input, and where it is, for messages."""

    number: int
    tune: Tune
    place: str

    @property
    def title(self) -> str:
        return _in_one_line(self.tune.field("T"))

    @property
    def composer(self) -> str:
        return _in_one_line(self.tune.field("C"))


def _in_one_line(value: str) -> str:
    return " ".join(printable(decode_text(value)).split())


class InputTunes:
    """The tunes of the files named, read when it is made; counts what is left out."""

    def __init__(self, names: Sequence[str]) -> None:
        self.tunes: list[NumberedTune] = []
        self.left_out = 0
        self._unreadable = 0
        self._count = 0
        for file in find_files(names):
            try:
                self._read(file)
            except UsageError as error:
                click.echo(f"error: {error}", err=True)
                self._unreadable += 1

    def leave_out(self, tune: NumberedTune, why: str) -> None:
        """Tell that a tune is not written, and count it."""
        click.echo(f"{tune.place}: {why}", err=True)
        self.left_out += 1

    @property
    def status(self) -> int:
        """The exit status: whether there was something that could not be read, or was left out."""
        return USAGE if self._unreadable else FINDINGS if self.left_out else 0

    def _read(self, file: InputTunebook) -> None:
        _, book = file.book()
        name = printable(file.name)
        for found in book.tunes:
            self._count += 1
            parsed = parse(found.text, found.line, book.header)
            if parsed.parseable:
                place = f"{name}:{found.line} ({tune_name(found.text)})"
                self.tunes.append(NumberedTune(self._count, parsed.tune, place))
                continue
            for wrong in parsed.diagnostics:
                message = f"{wrong.line}:{wrong.column}: {wrong.code} {wrong.message}"
                click.echo(f"{name}:{message} ({tune_name(found.text)})", err=True)
            self.left_out += 1
