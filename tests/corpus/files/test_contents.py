import io
import zipfile

import pytest

from tuneloom.corpus.files.contents import file_fault, is_zip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n", "empty-file"),
        (b"PK\x03\x04...", "binary-file"),
        (b"X:1\0", "binary-file"),
        (b"\x01\x02X:1", "binary-file"),
        (b"X:1\r\nT:Caf\xe9\x1a", None),
        (b"x" * 98 + b"\x01\x02", None),
        (b"x" * 97 + b"\x01\x02\x03", "binary-file"),
    ],
)
def test_text_may_hold_a_few_control_characters_and_no_zero(data: bytes, code: str | None) -> None:
    fault = file_fault(data)
    assert (fault and fault[0]) == code


def test_archives_are_known_by_their_first_bytes() -> None:
    packed = io.BytesIO()
    zipfile.ZipFile(packed, "w").close()
    assert is_zip(packed.getvalue())
    assert not is_zip(b"X:1")
