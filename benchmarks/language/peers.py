"""The verdicts of abcjs and abcm2ps on real tunes next to ours, with every kind of disagreement.

Neither peer refuses a tune: each reads on and reports what it did not like. So a tune counts as refused
by abcjs if abcjs warns, and by abcm2ps if it prints an error; its warnings are ignored. docs/peers.md
says who is right about each kind.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.corpus.sources.kinds.pinned import corpora_folder
from tuneloom.grammar import parse

__all__ = ["INSTALL", "AbcjsRun", "collection_tunes", "is_installed", "main", "run_abcjs"]

INSTALL = {
    "abcjs": "npm install --prefix DIR abcjs@6.7.2, then set NODE_PATH=DIR/node_modules",
    "abcm2ps": "apt-get install abcm2ps",
    "abc2midi": "apt-get install abcmidi",
    "abc2abc": "apt-get install abcmidi",
    "croma": "cargo install --locked croma-cli@1.4.0, with Rust 1.96 or newer",
    "abcnotes": "pip install abcnotes==0.1.0",
}
COLLECTIONS = ("nottingham", "taberna")
EXAMPLE_WIDTH = 60
TIMEOUT = 10  # seconds that abcm2ps gets for one tune

_ABCJS = Path(__file__).with_suffix("") / "abcjs.cjs"
_TAG = re.compile(r"<[^>]*>")
_ABCJS_PLACE = re.compile(r"Music Line:(\d+):(-?\d+): *([^:]*): *(.*)", re.DOTALL)
_ABCM2PS_MESSAGE = re.compile(r"^[^\n:]*:(\d+):(\d+): (error|warning): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FirstComplaint:
    """A parser's first complaint about a tune: its kind, and the text around its place."""

    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class AbcjsRun:
    """The seconds that abcjs spent parsing, and its warnings for each tune."""

    seconds: float
    warnings: tuple[tuple[str, ...], ...]


def main(arguments: Sequence[str]) -> bool:
    """Print the verdicts and the kinds of disagreement for each collection and peer."""
    argparse.ArgumentParser(prog="benchmarks peers", description=__doc__).parse_args(arguments)
    peers: dict[str, Callable[[Sequence[str]], list[FirstComplaint | None]]] = {
        "abcjs": _abcjs_complaints,
        "abcm2ps": _abcm2ps_complaints,
    }
    for collection in COLLECTIONS:
        texts = [tune.text for tune in collection_tunes(collection)]
        ours = [_our_complaint(text) for text in texts]
        for peer, judge in peers.items():
            if is_installed(peer):
                _print_verdicts(collection, peer, ours, judge(texts))
    return True


def is_installed(peer: str) -> bool:
    """Whether a peer is installed; if not, print how to install it."""
    here = _PROBES[peer]() if peer in _PROBES else shutil.which(peer) is not None
    if not here:
        print(f"{peer} is not installed and left out. To install it: {INSTALL[peer]}")
    return here


def _has_abcjs() -> bool:
    if shutil.which("node") is None:
        return False
    asked = subprocess.run(["node", "-e", "require('abcjs')"], capture_output=True, check=False)
    return asked.returncode == 0


def _has_abcnotes() -> bool:
    return find_spec("abcnotes") is not None


_PROBES = {"abcjs": _has_abcjs, "abcnotes": _has_abcnotes}  # those that are no command


def collection_tunes(collection: str) -> list[RawTune]:
    """The tunes of a source, or of the folder of that name in the folder of corpora, as found."""
    if collection in SOURCES:
        files = SOURCES[collection].files()
    else:
        corpora = corpora_folder()
        if corpora is None:
            print(f"{collection} is left out: set TUNELOOM_CORPORA to a folder that has it")
            return []
        paths = sorted((corpora / collection).glob("*.abc"))
        files = [SourceFile(collection, path.name, "", str(path)) for path in paths]
    return [tune for file in files for tune in read_raw_tunes(file) if isinstance(tune, RawTune)]


def _our_complaint(text: str) -> FirstComplaint | None:
    diagnostics = parse(text).diagnostics
    if not diagnostics:
        return None
    first = diagnostics[0]
    return FirstComplaint(first.code, _excerpt(text, first.line, first.column))


def _excerpt(text: str, line: int, column: int) -> str:
    """At most EXAMPLE_WIDTH characters around a place; lines and columns count from 1."""
    lines = text.split("\n")
    shown = lines[min(line, len(lines)) - 1]
    start = max(0, min(column - 1 - EXAMPLE_WIDTH // 2, len(shown) - EXAMPLE_WIDTH))
    return shown[start : start + EXAMPLE_WIDTH]


# ---------------------------------------------------------------- the peers


def run_abcjs(texts: Sequence[str]) -> AbcjsRun:
    """Have abcjs parse texts in one process of Node."""
    answer = subprocess.run(
        ["node", str(_ABCJS)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    result = json.loads(answer.stdout)
    return AbcjsRun(result["seconds"], tuple(map(tuple, result["warnings"])))


def _abcjs_complaints(texts: Sequence[str]) -> list[FirstComplaint | None]:
    return [_abcjs_complaint(warnings) for warnings in run_abcjs(texts).warnings]


def _abcjs_complaint(warnings: Sequence[str]) -> FirstComplaint | None:
    if not warnings:
        return None
    plain = html.unescape(_TAG.sub("", warnings[0]))
    match = _ABCJS_PLACE.match(plain)
    if match is None:
        return FirstComplaint(plain[:EXAMPLE_WIDTH], "")
    _, column, message, line = match.groups()
    return FirstComplaint(message, _excerpt(line, 1, int(column) + 1))


def _abcm2ps_complaints(texts: Sequence[str]) -> list[FirstComplaint | None]:
    with tempfile.TemporaryDirectory() as folder:
        return [_abcm2ps_complaint(text, Path(folder)) for text in texts]


def _abcm2ps_complaint(text: str, folder: Path) -> FirstComplaint | None:
    """Run abcm2ps, which is known to corrupt its memory, on one tune and with a time limit."""
    (folder / "tune.abc").write_text(text, encoding="utf-8")
    command = ["abcm2ps", "-q", "-S", "-O", "tune.ps", "tune.abc"]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return FirstComplaint("takes too long", "")
    said = (run.stderr + run.stdout).decode("utf-8", "replace")
    for line, column, severity, message in _ABCM2PS_MESSAGE.findall(said):
        if severity == "error":
            kind = re.sub(r"'[^']*'|\d+", "…", message)
            return FirstComplaint(kind, _excerpt(text, int(line), int(column) + 1))
    return (
        FirstComplaint(f"ends with {run.returncode}", "") if run.returncode not in (0, 1) else None
    )


# ---------------------------------------------------------------- the report


def _print_verdicts(
    collection: str,
    peer: str,
    ours: Sequence[FirstComplaint | None],
    theirs: Sequence[FirstComplaint | None],
) -> None:
    pairs = list(zip(ours, theirs, strict=True))
    table = Counter((our is None, their is None) for our, their in pairs)
    print(f"\n## {collection}: {len(pairs)} tunes, Tuneloom and {peer}\n")
    print(f"| | {peer} takes | {peer} refuses |\n|---|---|---|")
    for verdict, label in ((True, "Tuneloom takes"), (False, "Tuneloom refuses")):
        print(f"| {label} | {table[verdict, True]} | {table[verdict, False]} |")
    _print_kinds(f"only {peer} refuses", [t for our, t in pairs if our is None and t is not None])
    _print_kinds(
        "only Tuneloom refuses", [o for o, their in pairs if their is None and o is not None]
    )


def _print_kinds(title: str, findings: Sequence[FirstComplaint]) -> None:
    examples: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        examples[finding.kind].append(finding.example)
    print(f"\n{title}: {len(findings)}")
    for kind, places in sorted(examples.items(), key=lambda item: -len(item[1])):
        print(f"  {len(places):>5}  {kind}")
        for place in list(dict.fromkeys(places))[:4]:
            print(f"            {place}")
