"""The commands that rewrite books: each book goes to standard output, is shown as a diff, or is replaced."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, AnyStr, Literal, TypeVar

import click

from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.cli.text.tune_names import printable
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.grammar.editing.edited_book import EditedBook
    from tuneloom.grammar.source.book import Book

__all__ = ["BookOutput", "Rewriting", "book_output", "diff_option", "write_option"]

F = TypeVar("F", bound=Callable[..., object])

_NO_NEWLINE = "\\ No newline at end of file"

BookOutput = Literal["check", "diff", "write", "text"]
"""What becomes of the new books: the names of those that differ, diffs, files, or their text."""


def diff_option(function: F) -> F:
    """Add the option `--diff`."""
    return click.option(
        "--diff", is_flag=True, help="Write nothing; show what would change and exit with 1."
    )(function)


def write_option(function: F) -> F:
    """Add the option `--write`."""
    return click.option("--write", is_flag=True, help="Rewrite the files in place.")(function)


def book_output(diff: bool, write: bool, check: bool = False) -> BookOutput:
    """What the options ask for.

    Raises:
        UsageError: they contradict each other.
    """
    if check + diff + write > 1:
        names = "--check, --diff and --write" if check else "--diff and --write"
        raise UsageError(f"{names} cannot be combined")
    return "check" if check else "diff" if diff else "write" if write else "text"


@dataclass(slots=True)
class Rewriting:
    """Rewrites the books of a command, by `edit`; what cannot be read, edited or written is told and left.

    `verb` and `done` are for messages: `format` and `formatted`.
    """

    verb: str
    done: str
    output: BookOutput
    edit: Callable[[bytes, Book], EditedBook]
    _changed: int = 0
    _unchanged: int = 0
    _failed: int = 0
    _unparseable: int = 0  # tunes
    _left: int = 0  # tunes
    _repairs: Counter[str] = field(default_factory=Counter)  # tunes, by code

    def run(self, files: Sequence[str]) -> int:
        """Rewrite the files named, and return the exit status."""
        from tuneloom.cli.text.input_files import find_files

        for file in find_files(files):
            try:
                self._rewrite(file)
            except UsageError as error:
                click.echo(f"error: {error}", err=True)
                self._failed += 1
        if self.output != "text":
            click.echo(self._summary(), err=True)
        if self._failed:
            return USAGE
        return FINDINGS if self._changed and self.output in ("check", "diff") else 0

    def _rewrite(self, file: InputTunebook) -> None:
        data, book = file.book()
        try:
            edited = self.edit(data, book)
        except UsageError as error:
            raise UsageError(f"{file.name}: {error}; it was left as it is") from None
        changed = edited.data != data
        if self.output == "write":
            _write_back(file, data, edited.data)
        _tell(file.name, edited)
        self._changed += changed
        self._unchanged += not changed
        self._unparseable += len(edited.problems)
        self._left += len(edited.left)
        self._repairs += edited.repairs
        if self.output == "check" and changed:
            click.echo(f"would {self.verb} {file.name}")
        elif self.output == "diff":
            _print_diff(file.name, data, edited, book.charset)
        elif self.output == "text":
            sys.stdout.buffer.write(edited.data)

    def _summary(self) -> str:
        done = self.done if self.output == "write" else f"would be {self.done}"
        parts = [
            f"{count_of(self._changed, 'file')} {done}",
            f"{count_of(self._unchanged, 'file')} left unchanged",
        ]
        if self._unparseable:
            parts.append(f"{count_of(self._unparseable, 'tune')} not parseable")
        if self._left:
            parts.append(f"{count_of(self._left, 'tune')} left for other reasons")
        made = ", ".join(f"{code} {count:,}" for code, count in self._repairs.most_common())
        return "; ".join(parts) + (f"\ntunes repaired: {made}" if made else "")


def _write_back(file: InputTunebook, before: bytes, after: bytes) -> None:
    from tuneloom.cli.text.rewriting import rewrite

    if file.path is None:
        raise UsageError(
            "--write cannot be used with standard input; without it, the result goes to standard output"
        )
    if after != before:
        rewrite(file.path, before, after)


def _tell(name: str, edited: EditedBook) -> None:
    name = printable(name)
    for found in edited.problems:
        place = f"{name}:{found.line}:{found.column}"
        click.echo(f"{place}: {found.code} {found.message}; the tune was left as it is", err=True)
    for tune in edited.left:
        click.echo(f"{name}:{tune.line}: {tune.reason}; the tune was left as it is", err=True)
    for note in edited.notes:
        click.echo(f"{name}: {note}", err=True)


def _print_diff(name: str, before: bytes, edited: EditedBook, charset: str) -> None:
    """Print a diff: on a terminal as text, and else in the bytes of the file, which `patch` can apply.

    In bytes a diff can also be taken back, where the charset is an old one or changes. UTF-16 has no lines
    in bytes.
    """
    from difflib import diff_bytes, unified_diff

    name = printable(name)
    if sys.stdout.isatty() or "utf-16" in charset:
        old, new = (
            before.decode(charset).split("\n"),
            edited.data.decode(edited.charset).split("\n"),
        )
        for line in unified_diff(_with_ends(old, "\n"), _with_ends(new, "\n"), name, name):
            click.echo(printable(line.removesuffix("\n")))
            if not line.endswith("\n"):
                click.echo(_NO_NEWLINE)
        return
    found, made = (_with_ends(data.split(b"\n"), b"\n") for data in (before, edited.data))
    sys.stdout.flush()
    for changed in diff_bytes(unified_diff, found, made, name.encode(), name.encode()):
        end = b"" if changed.endswith(b"\n") else f"\n{_NO_NEWLINE}\n".encode()
        sys.stdout.buffer.write(changed + end)
    sys.stdout.buffer.flush()


def _with_ends(lines: Sequence[AnyStr], end: AnyStr) -> list[AnyStr]:
    last = [lines[-1]] if lines[-1] else []
    return [line + end for line in lines[:-1]] + last
