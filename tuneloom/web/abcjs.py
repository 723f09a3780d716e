"""The version of abcjs that the package has, and `python -m tuneloom.web.abcjs`, which fetches it again.

The command has npm pack the version and puts its files into `static/` if their sums are those below. For a
new version, change the version, run the command, compare what it says, and change the sums.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from tuneloom.web.assets import ABCJS

__all__ = ["ABCJS_FILES", "ABCJS_VERSION", "checksum"]

ABCJS_VERSION = "6.7.2"

ABCJS_FILES = {
    ABCJS: (
        "package/dist/abcjs-basic-min.js",
        "3290ef44c918d5e882029d3a47ad3dd63c16c8819da5abe921f3d1e642b4f4f0",
    ),
    "abcjs-LICENSE.md": (
        "package/LICENSE.md",
        "d7bdcd152b978adee22a2f9b92a4d72c4ec2c20a86512766c7c210b462b54702",
    ),
}
"""The files in `static/`, each with its name in the package of npm and its SHA-256."""

_STATIC = Path(__file__).with_name("static")


def checksum(data: bytes) -> str:
    """The SHA-256 as the table above has it."""
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """Fetch the files; exits with 1 if one of them is not the one expected."""
    with TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"abcjs@{ABCJS_VERSION}"],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.split()[-1]
        with tarfile.open(Path(folder, packed)) as archive:
            fetched = {
                name: _member_bytes(archive, source) for name, (source, _) in ABCJS_FILES.items()
            }
    wrong = [name for name, data in fetched.items() if checksum(data) != ABCJS_FILES[name][1]]
    for name in wrong:
        print(f"{name}: the sum is {checksum(fetched[name])}", file=sys.stderr)
    if not wrong:
        for name, data in fetched.items():
            _STATIC.joinpath(name).write_bytes(data)
    return int(bool(wrong))


def _member_bytes(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None, f"{name} is a file"
    return file.read()


if __name__ == "__main__":
    sys.exit(main())
