"""`tuneloom.format`."""

from __future__ import annotations

from tuneloom.api.inputs import TuneInput, input_tunebooks
from tuneloom.cli.text.formatting import LINE_ENDS, FormatOptions, LineEnds, format_book
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.errors import UsageError

__all__ = ["format"]


def format(
    tunes: TuneInput,
    *,
    repair: bool = False,
    unsafe: bool = False,
    line_ends: LineEnds = "as-found",
    to_utf8: bool = False,
) -> EditedBook:
    """Rewrite tunes in canonical spelling, as `tuneloom format` does. No file is changed.

    Args:
        tunes: The text of a tune or a tunebook, or the Path of a file.
        repair: Also repair what can be repaired without changing how a tune sounds.
        unsafe: With `repair`, also make repairs that guess what was meant.
        line_ends: "as-found", "lf" or "crlf".
        to_utf8: Write UTF-8, whatever charset the file has.

    Returns:
        The new book, as `text` and as `data` in its charset. `problems` has the tunes that are not parseable
        and were left as they are, and `repairs` the number of tunes repaired by each code.

    Raises:
        UsageError: there is no tune, the file cannot be read, or `unsafe` comes without `repair`.

    Example:
        >>> import tuneloom
        >>> print(tuneloom.format("X:1\\nT:Air\\nL:1/4\\nK:D maj\\nA B c2|\\n").text, end="")
        X:1
        T:Air
        L:1/4
        K:D
        A B c2|
    """
    options = FormatOptions(repair, unsafe, LINE_ENDS[line_ends], to_utf8)
    files = input_tunebooks(tunes)
    if len(files) > 1:
        raise UsageError(f"{tunes!s}: {len(files)} files; format them one by one")
    data, book = files[0].book()
    return format_book(data, book, options)
