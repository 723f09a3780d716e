"""The same tunes in every form that is read: tables, tokens, texts with marks, packed files and archives."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["FORMS", "write_form"]

_CODES = "S:2\nB:9\nE:4\nB:9\n"


def _book(tunes: Sequence[str]) -> bytes:
    return "\n".join(tunes).encode()


def _rows(tunes: Sequence[str]) -> list[dict[str, object]]:
    return [
        {"id": number, "title": 'a, "b"\nc', "abc": tune, "none": None}
        for number, tune in enumerate(tunes)
    ]


def _csv(delimiter: str, charset: str = "utf-8") -> Callable[[Sequence[str]], bytes]:
    def write(tunes: Sequence[str]) -> bytes:
        text = io.StringIO()
        table = csv.DictWriter(text, ["id", "title", "abc", "none"], delimiter=delimiter)
        table.writeheader()
        table.writerows(_rows(tunes))
        return text.getvalue().encode(charset)

    return write


def _json_lines(tunes: Sequence[str]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _rows(tunes)).encode()


def _columns(tunes: Sequence[str]) -> bytes:
    rows = _rows(tunes)
    return json.dumps({name: [row[name] for row in rows] for name in rows[0]}).encode()


def _parquet(rows_in_group: int) -> Callable[[Sequence[str]], bytes]:
    def write(tunes: Sequence[str]) -> bytes:
        stream = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(_rows(tunes)), stream, rows_in_group)
        return stream.getvalue()

    return write


def _zip(tunes: Sequence[str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tunes/one.jsonl", _json_lines(tunes[::2]))
        archive.writestr("tunes/two.abc", _book(tunes[1::2]))
    return stream.getvalue()


def _tar(tunes: Sequence[str]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in (("./two.abc", _book(tunes[1::2])), ("./one.csv", _csv(",")(tunes[::2]))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


FORMS: Mapping[str, Callable[[Sequence[str]], bytes]] = {
    "tunes.abc": _book,
    "wide.abc": lambda tunes: _book(tunes).decode().encode("utf-16"),
    "tunes.csv": _csv(","),
    "semicolons.csv": _csv(";"),
    "wide.csv": _csv("\t", "utf-16"),
    "tunes.tsv": _csv("\t"),
    "tunes.jsonl": _json_lines,
    "wide.jsonl": lambda tunes: _json_lines(tunes).decode().encode("utf-16"),
    "tunes.json": lambda tunes: json.dumps(_rows(tunes), indent=2).encode(),
    "texts.json": lambda tunes: json.dumps(list(tunes), ensure_ascii=False).encode(),
    "columns.json": _columns,
    "nested.json": lambda tunes: json.dumps({"version": 1, "tunes": _rows(tunes)}).encode(),
    "tunes.parquet": _parquet(1_000_000),
    "groups.parquet": _parquet(7),
    "codes.txt": lambda tunes: "".join(_CODES + tune for tune in tunes).encode(),
    "sentences.txt": lambda tunes: "".join(f"<s>{tune}</s>\n" for tune in tunes).encode(),
    "marks.txt": lambda tunes: "<|endoftext|>".join(map(str.rstrip, tunes)).encode(),
    "tunes.abc.gz": lambda tunes: gzip.compress(_book(tunes)),
    "tunes.abc.bz2": lambda tunes: bz2.compress(_book(tunes)),
    "tunes.abc.xz": lambda tunes: lzma.compress(_book(tunes)),
    "tunes.jsonl.gz": lambda tunes: gzip.compress(_json_lines(tunes)),
    "tunes.csv.xz": lambda tunes: lzma.compress(_csv(",")(tunes)),
    "tunes.parquet.gz": lambda tunes: gzip.compress(_parquet(100)(tunes)),
    "tunes.zip": _zip,
    "tunes.tar": _tar,
    "tunes.tgz": lambda tunes: gzip.compress(_tar(tunes)),
    "tunes.tar.bz2": lambda tunes: bz2.compress(_tar(tunes)),
    "tunes.tar.xz": lambda tunes: lzma.compress(_tar(tunes)),
}
"""How tunes are written in each form, by the name of the file."""


def write_form(folder: Path, name: str, tunes: Sequence[str]) -> Path:
    """Write some tunes in a form of `FORMS`."""
    path = folder / name
    path.write_bytes(FORMS[name](tunes))
    return path
