"""`tuneloom.page`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.api.inputs import PathInput, TuneInput, needs_extra, text_bytes

if TYPE_CHECKING:
    from tuneloom.web.write import PageSummary

__all__ = ["page"]


@needs_extra("data")
def page(
    tunes: TuneInput | Sequence[Path],
    output: PathInput,
    *,
    title: str = "",
    against: PathInput | None = None,
    column: str = "",
    overwrite: bool = False,
) -> PageSummary:
    """Make a page of tunes, one HTML file with scores, sound and findings, as `tuneloom page` does.

    Args:
        tunes: The text of a tunebook, or the Path of a data set, a file or a directory; or several Paths, of
            which one may be that of a run, whose network then writes tunes in the page.
        output: The page to write.
        title: The title of the page.
        against: A data set in which to find the nearest tune of each; not for a text.
        column: The column of tunes in tables.
        overwrite: Replace a page that Tuneloom wrote earlier.

    Returns:
        The number of `tunes`, of those `unparseable`, the `rejects` that could not be read, and the `bytes`.

    Raises:
        UsageError: there is no tune, something cannot be read, or `output` is not free.

    Example:
        >>> import tuneloom
        >>> tuneloom.page("X:1\\nT:Air\\nL:1/4\\nK:D\\nABcd|\\n", "air.html").tunes
        1
    """
    from tuneloom.grammar.errors import UsageError
    from tuneloom.web.inputs import entries_of_text
    from tuneloom.web.write import write_page, write_page_of

    target = Path(output)
    if not isinstance(tunes, str | bytes):
        paths = [tunes] if isinstance(tunes, Path) else tunes
        if not paths:
            raise UsageError("no tune for the page")
        dataset = Path(against) if against else None
        return write_page_of(list(map(str, paths)), target, title, dataset, column, overwrite)
    if against:
        raise UsageError("against: compares the tunes of files; write the text to one")
    entries = entries_of_text(text_bytes(tunes))
    return write_page(target, title or target.stem, entries, overwrite=overwrite)
