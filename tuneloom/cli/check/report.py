"""What a check found, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from tuneloom.cli.text.tune_names import TuneName
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic

__all__ = ["CheckReport", "CheckedFile", "FileFinding"]

_SHOWN = 25  # findings in a notebook


class FileFinding(Struct, frozen=True):
    """A diagnostic of a file, the line that it is about, and the name of its tune.

    `row` is the row of a table. Where all lines of a tune are on one line of the file, that is `file_line`,
    and lines of the diagnostic are those of the tune.
    """

    file: str
    found: Diagnostic
    source_line: str
    tune: TuneName
    row: int = 0
    file_line: int = 0

    @property
    def line(self) -> int:
        """The line of the file."""
        return self.file_line or self.found.line

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}:{self.found.column}"

    @property
    def tune_place(self) -> str:
        """The row, the line of the tune if that is none of the file, and the name of the tune."""
        row = f"row {self.row:,}" if self.row else ""
        line = f"line {self.found.line}" if self.file_line else ""
        return ", ".join(part for part in (row, line, str(self.tune)) if part)


class CheckedFile(Struct, frozen=True):
    """A file, how many tunes of it were checked, what is wrong with them, and what could not be read.

    `is_tunebook` unless it is a table, packed or an archive, which `tuneloom format` does not write.
    """

    name: str
    tunes: int = 0
    findings: tuple[FileFinding, ...] = ()
    faults: tuple[str, ...] = ()
    is_tunebook: bool = True


class CheckReport(Struct):
    """The files of a check so far, in order; `inputs` are the paths that the user named."""

    inputs: tuple[str, ...] = ()
    files: list[CheckedFile] = field(default_factory=list)

    @property
    def tunes(self) -> int:
        return sum(file.tunes for file in self.files)

    @property
    def findings(self) -> Iterator[FileFinding]:
        return (finding for file in self.files for finding in file.findings)

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(fault for file in self.files for fault in file.faults)

    def __repr__(self) -> str:
        """Short, since a notebook keeps it beside the table."""
        return f"<CheckReport: {self._summary()}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the first findings, and what could not be read."""
        # Imported here: the command needs neither.
        from html import escape

        from tuneloom.grammar.notebook_html import html_table

        findings = list(self.findings)
        rows = [
            (
                each.tune_place,
                each.place.removeprefix("<text>:"),
                each.found.code,
                each.found.message,
            )
            for each in findings[:_SHOWN]
        ]
        table = html_table(rows, ("tune", "place", "code", "finding"), of_text=True) if rows else ""
        rest = f"<p>… and {len(findings) - _SHOWN:,} more</p>" if len(findings) > _SHOWN else ""
        faults = "".join(f"<li>{escape(fault)}</li>" for fault in self.faults)
        return f"<p><b>{self._summary()}</b></p>{table}{rest}{faults and f'<ul>{faults}</ul>'}"

    def _summary(self) -> str:
        return f"{count_of(len(list(self.findings)), 'finding')} in {count_of(self.tunes, 'tune')}"
