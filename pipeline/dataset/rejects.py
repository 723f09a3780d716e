"""`rejects.jsonl`: one JSON object per line for each tune or file that was not taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tuneloom.corpus.record import Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.field_types import check_field_types
from tuneloom.pipeline.storage.regular_files import read_regular

__all__ = ["load_rejects", "reject_line"]


def reject_line(reject: Reject) -> bytes:
    """A reject as a line of JSON, with its line end."""
    fields = asdict(reject)
    for name in ("kept", "row", "tune_line"):
        if not fields[name]:
            del fields[name]
    # A lone surrogate, as in a file name that is not UTF-8, becomes a JSON escape.
    return json.dumps(fields, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def load_rejects(path: Path) -> Iterator[Reject]:
    """Read the rejects of a data set.

    Raises:
        UsageError: the file cannot be read, or a line is damaged.
    """
    try:
        lines = read_regular(path).split(b"\n")[:-1]
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); ingest it again") from error
    for number, line in enumerate(lines, start=1):
        try:
            reject = Reject(**json.loads(line))
            check_field_types(reject)
        except (ValueError, TypeError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: damaged ({error}); ingest it again") from error
        yield reject
