"""How many tunes safe repairs make parseable, and whether abc2midi plays them the same.

abc2midi takes the chords of old ABC, `+CEG+`, for decorations and drops their notes, so a tune that has them
sounds different once they are repaired. The target is for the tunes without them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.support.midi import midi_notes, play_abc
from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import is_parseable
from tuneloom.grammar.repairs import repair

# Percent of each collection that must be parseable after safe repairs.
TARGETS = {
    "nottingham": 99.8, "irish": 99.8, "oneill": 99.8, "essen": 99.8, "aird": 99.5, "ryan": 98.0,
    "taberna": 95.0,
}  # fmt: skip
TARGET_EQUAL = 99.0
OTHERS = "all without old-chord"


def main(arguments: Sequence[str] = ()) -> bool:
    """Print both tables; `--quiet` omits the list of tunes that sound different."""
    tunes = all_real_tunes()
    repaired = [(tune, repair(tune.text, tune.line, tune.file_header)) for tune in tunes]
    read: dict[str, Counter[str]] = defaultdict(Counter)
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for tune, result in repaired:
        count = read[tune.source]
        count["tunes"] += 1
        count["found"] += is_parseable(tune.text, tune.file_header)
        count["repaired"] += result.parsed.parseable
        if result.text != tune.text:
            _listen(tune, result.text, result.codes, heard, "--quiet" not in arguments)
    reached = _print_parseable(read)
    return _print_heard(heard) & reached


def _listen(
    tune: RawTune,
    text: str,
    codes: tuple[str, ...],
    heard: dict[str, Counter[str]],
    tell: bool,
) -> None:
    before, complaints = play_abc(tune.file_header + tune.text)
    if before is None:
        return
    equal = midi_notes(tune.file_header + text) == before
    known = ("all", OTHERS) if "old-chord" not in codes else ("all",)
    for name in (*known, tune.source, *codes):
        heard[name]["made"] += 1
        heard[name]["made equal"] += equal
        if "Error" not in complaints:
            heard[name]["played"] += 1
            heard[name]["equal"] += equal
    if tell and not equal:
        print(f"sounds different: {tune.source}/{tune.path}:{tune.line} {' '.join(codes)}")


def _print_parseable(read: dict[str, Counter[str]]) -> bool:
    reached = True
    print(f"{'parseable':<22}{'tunes':>8}{'found':>9}{'repaired':>10}")
    for source, count in read.items():
        found, after = (100 * count[k] / count["tunes"] for k in ("found", "repaired"))
        print(f"{source:<22}{count['tunes']:>8,}{found:>8.2f}%{after:>9.2f}%")
        reached &= after >= TARGETS.get(source, 0)
    return reached


def _print_heard(heard: dict[str, Counter[str]]) -> bool:
    """A tune is played if abc2midi reports no error; of the others it makes what MIDI it can."""
    print(f"\n{'repaired':<28}{'MIDI made':>10}{'equal':>9}{'played':>9}{'equal':>9}")
    for name, count in heard.items():
        made, played = count["made"], count["played"]
        print(
            f"{name:<28}{made:>10,}{_percent_or_dash(count['made equal'], made)}{played:>9,}"
            f"{_percent_or_dash(count['equal'], played)}"
        )
    others = heard[OTHERS]
    return 100 * others["equal"] >= TARGET_EQUAL * others["played"]


def _percent_or_dash(part: int, whole: int) -> str:
    return f"{100 * part / whole:>8.2f}%" if whole else f"{'–':>9}"
