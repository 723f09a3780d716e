"""What the bytes of a file are, by their looks: text, an archive or neither."""

from __future__ import annotations

from tuneloom.grammar.source.charset import with_narrow_bytes

__all__ = ["file_fault", "is_zip"]

# Control characters found in text files: tab, line ends, form feed, DOS end of file, escape.
TEXT_CONTROLS = b"\t\n\v\f\r\x1a\x1b"
OTHER_CONTROLS = bytes(code for code in range(1, 32) if code not in TEXT_CONTROLS)
MAX_CONTROL_SHARE = 0.02  # of the bytes of a text file


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def file_fault(data: bytes) -> tuple[str, str] | None:
    """Why bytes cannot be a tunebook, as a code and a message, or None."""
    if not data.strip():
        return "empty-file", "the file is empty"
    if is_zip(data):
        return "binary-file", "the file is a zip archive, and no text; unpack it first"
    if _is_binary(with_narrow_bytes(data)):
        return "binary-file", "the file is not text in UTF-8, UTF-16 or an 8-bit charset"
    return None


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, OTHER_CONTROLS))
    return b"\0" in data or controls > MAX_CONTROL_SHARE * len(data)
