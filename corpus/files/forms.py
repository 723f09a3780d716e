"""The forms of files that may hold tunes, by their names and their first bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal

__all__ = [
    "ArchiveKind",
    "FileForm",
    "archive_kind",
    "form_of",
    "is_plain_tunebook",
    "is_system_file",
    "may_hold_tunes",
]

FileForm = Literal["tunebook", "csv", "json", "parquet"]
"""`csv` has any delimiter, and `json` is a document or a row on each line."""

ArchiveKind = Literal["zip", "tar"]

_FORMS: Mapping[str, FileForm] = {
    ".abc": "tunebook",
    ".txt": "tunebook",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
}
_PACKED = re.compile(r"\.(?:gz|bz2|xz)$")
_TAR = re.compile(r"\.(?:tar(?:\.(?:gz|bz2|xz))?|tgz|tbz2?|txz)$")
_PACKED_BEGINNINGS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[{"])')

_SYSTEM_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".ipynb_checkpoints", "__MACOSX", "__pycache__"}
)
# What macOS and Emacs put beside a file, backups of editors, Vim's swap files, and what Office locks.
_SYSTEM_NAME = re.compile(
    r"\._.*|\.#.*|#.*#|~\$.*|.*~|\..*\.sw[a-p]|\.DS_Store|Thumbs\.db|desktop\.ini", re.DOTALL
)


def may_hold_tunes(name: str) -> bool:
    """Whether a file of that name is read where it is found in a folder or in an archive."""
    return archive_kind(name) is not None or _suffix(name) in _FORMS


def archive_kind(name: str) -> ArchiveKind | None:
    """The kind of archive that a name promises."""
    lower = name.lower()
    if lower.endswith(".zip"):
        return "zip"
    return "tar" if _TAR.search(lower) else None


def form_of(name: str, beginning: bytes) -> FileForm:
    """The form of a file by its name and its first bytes, unpacked; without either, it is a tunebook."""
    suffix = _suffix(name)
    if beginning.startswith(b"PAR1"):
        return "parquet"
    if suffix not in (".abc", *_FORMS) or suffix == ".txt":
        return "json" if _JSON.match(beginning) else "tunebook"
    return _FORMS[suffix]


def is_plain_tunebook(name: str, beginning: bytes) -> bool:
    """Whether a file is a tunebook that is neither packed nor one of several in an archive."""
    packed = beginning.startswith(_PACKED_BEGINNINGS)
    return not packed and archive_kind(name) is None and form_of(name, beginning) == "tunebook"


def is_system_file(path: str) -> bool:
    """Whether an editor, a version control or a system has left a file that a person did not make."""
    *folders, name = PurePosixPath(path).parts or ("",)
    return not _SYSTEM_FOLDERS.isdisjoint(folders) or _SYSTEM_NAME.fullmatch(name) is not None


def _suffix(name: str) -> str:
    return PurePosixPath(_PACKED.sub("", name.lower())).suffix
