"""`tuneloom.check`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tuneloom.api.inputs import TuneInput, input_tunebooks, needs_extra
from tuneloom.cli.check.check import check_file
from tuneloom.cli.check.report import CheckReport
from tuneloom.cli.text.settings import load_check_settings, select_codes
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.errors import UsageError

__all__ = ["check"]


@needs_extra("data")
def check(
    tunes: TuneInput,
    *,
    level: Level | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    column: str = "",
) -> CheckReport:
    """Report what is wrong with tunes, as `tuneloom check` does, with the settings of the working directory.

    Args:
        tunes: The text of a tune or a tunebook, or the Path of a file or a directory.
        level: Report whatever keeps a tune from this level of validity (default: metrical, and collection).
        select: Report only these codes, or those of these levels.
        ignore: Do not report these codes, or those of these levels.
        column: The column of tunes, if the file is a table.

    Returns:
        A report. Its `findings` have a `line`, the name of the `tune`, and as `found` the diagnostic: its
        `code`, `column`, `message` and `help`. `tunes` is the number of tunes that were checked, and
        `faults` says which of several files could not be read.

    Raises:
        UsageError: there is no tune, the one file cannot be read, or there is no such code.

    Example:
        >>> import tuneloom
        >>> for each in tuneloom.check("X:1\\nT:Air\\nM:3/4\\nL:1/4\\nK:D\\nABc|AB|cde|\\n").findings:
        ...     print(each.line, each.found.code, each.found.message)
        6 bar-length this bar lasts 2/4, and M:3/4 asks for 3/4
    """
    chosen = select_codes(load_check_settings(Path.cwd()), level, tuple(select), tuple(ignore))
    files = input_tunebooks(tunes)
    checked = [check_file(file, column, chosen.of_file(file.name)) for file in files]
    report = CheckReport(tuple(file.name for file in files), checked)
    if len(files) == 1 and report.faults and not report.tunes:
        raise UsageError(report.faults[0])
    return report
