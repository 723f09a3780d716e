"""Whether formatting keeps the music: by the grammar for all tunes, by abc2midi for three collections.

python -m benchmarks formatted [SOURCE...]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.support.midi import midi_notes
from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune

PLAYED = ("nottingham", "oneill", "aird")
TARGET = 99.5


def main(arguments: Sequence[str] = ()) -> bool:
    """Print both tables; False if a tune reads differently, or too many sound different."""
    heard = tuple(arguments) or PLAYED
    tunes = all_real_tunes()
    return _reads_the_same(tunes) & _sounds_the_same(
        [tune for tune in tunes if tune.source in heard]
    )


def _reads_the_same(tunes: Sequence[RawTune]) -> bool:
    counts: Counter[str] = Counter()
    for tune in tunes:
        before = parse(tune.text, file_header=tune.file_header)
        if not before.parseable:
            continue
        counts["parseable"] += 1
        formatted = format_tune(tune.text, tune.file_header)
        after = parse(formatted, file_header=tune.file_header)
        counts["changed"] += formatted != tune.text
        counts["musically equal"] += after.parseable and musically_equal(before.tune, after.tune)
        counts["idempotent"] += format_tune(formatted, tune.file_header) == formatted
    for what, count in counts.items():
        print(f"{what:<16}{count:>8,}")
    return counts["musically equal"] == counts["idempotent"] == counts["parseable"]


def _sounds_the_same(tunes: Sequence[RawTune]) -> bool:
    counts: dict[str, Counter[str]] = {}
    for tune in tunes:
        if not parse(tune.text, file_header=tune.file_header).parseable:
            continue
        header = tune.file_header
        before = midi_notes(header + tune.text)
        if before is None:
            continue
        count = counts.setdefault(tune.source, Counter())
        count["played"] += 1
        if midi_notes(header + format_tune(tune.text, header)) == before:
            count["equal"] += 1
        else:
            print(f"sounds different: {tune.source}/{tune.path}:{tune.line}")
    shares = {source: 100 * count["equal"] / count["played"] for source, count in counts.items()}
    for source, share in shares.items():
        print(f"{source:<16}{counts[source]['played']:>8,} played {share:8.2f}% equal")
    return all(share >= TARGET for share in shares.values())
