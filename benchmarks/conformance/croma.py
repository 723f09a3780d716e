"""Reads cases with croma, which turns ABC into MusicXML."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import ParseError

from benchmarks.conformance.musicxml import read_musicxml
from benchmarks.conformance.readings import PeerReading
from tests.conformance.suite import Case

__all__ = ["read_with_croma"]

TIMEOUT = 10  # seconds for one case

_OF_MUSICXML = "abc.musicxml."


def read_with_croma(cases: Sequence[Case]) -> list[PeerReading]:
    """A diagnostic, warnings included, is a complaint, unless it is about what MusicXML cannot say."""
    with TemporaryDirectory() as folder:
        return [_croma_reading(case, Path(folder) / "case.abc") for case in cases]


def _croma_reading(case: Case, path: Path) -> PeerReading:
    path.write_bytes(case.abc.encode())
    command = ["croma", "xml", "--loose", "--diagnostics", "json", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
        codes = [found["code"] for found in json.loads(done.stderr or b"[]")]
        complains = done.returncode != 0 or not all(c.startswith(_OF_MUSICXML) for c in codes)
        return read_musicxml(done.stdout.decode(), complains)
    except (subprocess.TimeoutExpired, ValueError, ParseError):
        return PeerReading(complains=True)
