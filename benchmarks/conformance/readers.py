"""The readers of cases: abcjs, abc2midi and abcm2ps here, croma and abcnotes in files of their own."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.conformance.abcnotes import read_with_abcnotes
from benchmarks.conformance.croma import read_with_croma
from benchmarks.conformance.musicxml import without_empty_end
from benchmarks.conformance.readings import PeerReading, Reader, TimedPitch
from tests.conformance.suite import Case

__all__ = ["READERS"]

TIMEOUT = 10  # seconds that abc2midi and abcm2ps get for one case

_SCRIPT = Path(__file__).with_name("abcjs_readings.cjs")
_ERROR = re.compile(rb"\berror\b", re.IGNORECASE)
_KEY_LINE = re.compile(r"^K:.*$", re.MULTILINE)
# Chord symbols are not played, and the notes of a chord start together.
_MIDI_DIRECTIVES = r"\g<0>\n%%MIDI gchordoff\n%%MIDI chordattack 0"
_MODES = {"m": "min"}


def _read_with_abcjs(cases: Sequence[Case]) -> list[PeerReading]:
    """All cases in one process of Node. A warning is a complaint."""
    texts = json.dumps([case.abc for case in cases])
    answer = subprocess.run(
        ["node", str(_SCRIPT)], input=texts, capture_output=True, text=True, check=True
    )
    return [_abcjs_reading(entry) for entry in json.loads(answer.stdout)]


def _abcjs_reading(entry: dict[str, Any]) -> PeerReading:
    if "notes" not in entry:
        return PeerReading(complains=True)
    key = entry["key"]
    verses = tuple(zip_longest(*entry["lyrics"], fillvalue=""))
    return PeerReading(
        complains=bool(entry["warnings"]),
        tracks=tuple(
            tuple(sorted((note[0], note[1], note[2]) for note in track)) for track in entry["notes"]
        ),
        tunes=entry["tunes"],
        key=f"{key['tonic']} {_MODES.get(key['mode'], key['mode'])}" if key["tonic"] else "none",
        signature=key["signature"],
        meter=entry["meter"],
        tempo=entry["tempo"],
        lyrics=tuple(without_empty_end(verse) for verse in verses),
    )


def _read_with_abc2midi(cases: Sequence[Case]) -> list[PeerReading]:
    with TemporaryDirectory() as folder:
        return [_abc2midi_reading(case, Path(folder)) for case in cases]


def _abc2midi_reading(case: Case, folder: Path) -> PeerReading:
    """An error, not a warning, is a complaint."""
    score = folder / "case.mid"
    score.unlink(missing_ok=True)
    text = _KEY_LINE.sub(_MIDI_DIRECTIVES, case.abc, count=1)
    said = _run_on_case(["abc2midi", "case.abc", "-o", "case.mid"], text, folder)
    if said is None or not score.exists():
        return PeerReading(complains=True)
    tracks, tempo = _midi_file(score)
    return PeerReading(complains=bool(_ERROR.search(said)), tracks=tracks, tempo=tempo)


def _midi_file(path: Path) -> tuple[tuple[tuple[TimedPitch, ...], ...], float]:
    """The notes of each track in whole notes, and the quarters per minute at the start."""
    from symusic import Score

    score: Any = Score(path)
    whole = 4 * score.ticks_per_quarter
    tracks = (
        tuple(sorted((n.time / whole, n.pitch, n.duration / whole) for n in track.notes))
        for track in score.tracks
    )
    return tuple(track for track in tracks if track), score.tempos[0].qpm if score.tempos else 120


def _read_with_abcm2ps(cases: Sequence[Case]) -> list[PeerReading]:
    """Only its verdict: an error, not a warning, is a complaint."""
    command = ["abcm2ps", "-q", "-S", "-O", "case.ps", "case.abc"]
    with TemporaryDirectory() as folder:
        said = [_run_on_case(command, case.abc, Path(folder)) for case in cases]
    return [PeerReading(text is None or bool(_ERROR.search(text))) for text in said]


def _run_on_case(command: list[str], text: str, folder: Path) -> bytes | None:
    """What a program prints of `case.abc`; None if it crashes or takes too long."""
    (folder / "case.abc").write_bytes(text.encode())
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout + done.stderr if done.returncode >= 0 else None


READERS: dict[str, Reader] = {
    "abcjs": _read_with_abcjs,
    "abc2midi": _read_with_abc2midi,
    "abcm2ps": _read_with_abcm2ps,
    "croma": read_with_croma,
    "abcnotes": read_with_abcnotes,
}
