"""Families and splits: near duplicates across splits, variants that are found, and tunes that change split.

Over the tunes of `folk`, `nottingham` and `irish` together, this counts
    pairs of tunes with a Jaccard similarity of 0.8 or more in different splits, comparing all pairs exactly;
    variants (transposed, L: halved, other bars, other decorations) that are in the family of their tune;
    tunes whose split changes although their family does not, when a tenth more tunes are added.
The targets are no pair, 98% of the variants of each kind, and no tune. `--show` prints 200 families for a
person to judge.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from benchmarks.support.real_tunes import EXTRA_COLLECTIONS, all_real_tunes
from tuneloom.corpus.kinship.families import family_of
from tuneloom.corpus.melody import Melody, melody_grams
from tuneloom.corpus.sketch import SKETCH_PROFILE, TuneSketch, sketch_melody
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import Chord, Note, Rest
from tuneloom.pipeline.dataset.splits import FamilySplit

NEAR = 0.8
VARIANTS = 500
_SPLITTING = FamilySplit()
SHARE = 0.98  # of the variants
_NAMES = ("C", "^C", "D", "^D", "E", "F", "^F", "G", "^G", "A", "^A", "B")


@dataclass(frozen=True, slots=True)
class KnownMelody:
    """What two tunes are compared by."""

    id: str
    title: str
    grams: frozenset[str]
    sketch: TuneSketch
    tune: Tune


def main(arguments: list[str]) -> bool:
    melodies = _melodies()
    families = _families_of(melodies)
    if "--show" in arguments:
        _print_families(melodies, families)
        return True
    print(f"{len(melodies):,} melodies, {len(set(families.values())):,} families")
    across = _pairs_across_splits(melodies, families)
    print(f"pairs of {NEAR} or more in two splits: {across}")
    variants = _finds_variants(melodies)
    moved = _moved_tunes(melodies)
    print(f"changed split, family the same, with a tenth more: {moved}")
    return variants and not across and not moved


def _melodies() -> list[KnownMelody]:
    found: dict[str, KnownMelody] = {}
    for raw in all_real_tunes():
        parsed = repair(raw.text, raw.line, raw.file_header).parsed
        if raw.source in EXTRA_COLLECTIONS or not parsed.parseable:
            continue
        tune = parsed.tune
        if _has_notes(tune):
            melody, title = Melody.of(tune), decode_text(tune.field("T"))
            grams = frozenset(melody_grams(melody.notes()))
            known = KnownMelody(melody.id, title, grams, _sketch_of_tune(tune), tune)
            found.setdefault(known.id, known)
    return list(found.values())


def _sketch_of_tune(tune: Tune) -> TuneSketch:
    text = training_text(tune, training_header(tune), SKETCH_PROFILE)
    melody = Melody.of(tune)
    return sketch_melody(melody.id, melody, text)


def _has_notes(tune: Tune) -> bool:
    return any(isinstance(e, Note | Chord) for bar in tune.bars for e in bar.elements)


def _families_of(melodies: list[KnownMelody]) -> dict[str, str]:
    kin = family_of(melody.sketch for melody in melodies)
    return {melody.id: kin.get(melody.id, melody.id) for melody in melodies}


def _pairs_across_splits(melodies: list[KnownMelody], families: dict[str, str]) -> int:
    """Count such pairs by the exact Jaccard similarity of every pair that shares an n-gram."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    across = 0
    for index, melody in enumerate(melodies):
        shared = np.bincount([other for gram in melody.grams for other in holders[gram]] or [0])
        for other in np.flatnonzero(shared).tolist():
            size = len(melody.grams | melodies[other].grams)
            near = shared[other] >= NEAR * size
            splits = {_SPLITTING.of(families[m.id]) for m in (melody, melodies[other])}
            across += bool(near and len(splits) == 2)
        for gram in melody.grams:
            holders[gram].append(index)
    return across


def _finds_variants(melodies: list[KnownMelody]) -> bool:
    """Print how many variants of each kind are found; True if they are enough."""
    generator = random.Random(1)
    kinds = {"key": 0, "unit": 0, "bars": 0, "decorations": 0}
    made = dict(kinds)
    chosen = generator.sample(melodies, VARIANTS)
    for index, melody in enumerate(chosen):
        kind = list(kinds)[index % len(kinds)]
        variant = parse(_make_variant(melody.tune, kind, generator))
        assert variant.parseable, kind
        pair = melody.sketch, _sketch_of_tune(variant.tune)._replace(id="variant")
        made[kind] += 1
        kinds[kind] += len(family_of(pair)) == 2
    for kind, count in kinds.items():
        print(f"variants in the family of their tune, {kind}: {count} of {made[kind]}")
    return all(count >= SHARE * made[kind] for kind, count in kinds.items())


def _make_variant(tune: Tune, kind: str, generator: random.Random) -> str:
    """The notes of a tune, with every accidental written out and one kind of change."""
    shift = generator.choice([n for n in range(-5, 7) if n]) if kind == "key" else 0
    unit = Fraction(1, 16) if kind == "unit" else Fraction(1, 8)
    pieces = ["X:1\nT:\nM:4/4\n", f"L:{unit}\nK:C\n"]
    bar = Fraction(0)
    length = generator.choice([Fraction(3, 8), Fraction(5, 8), Fraction(1)])
    for element in (e for b in tune.bars for e in b.elements):
        if not isinstance(element, Note | Chord | Rest):
            continue
        if kind == "decorations" and generator.random() < 0.3:
            pieces.append(generator.choice(["!trill!", "{d}", "~", "{ef}", "."]))
        notes = [element] if isinstance(element, Note) else getattr(element, "notes", [])
        spelt = "".join(_spell_midi_pitch(note.pitch + shift) for note in notes) or "z"
        tied = "-" if getattr(element, "tied", False) else ""
        pieces.append(f"[{spelt}]" if isinstance(element, Chord) else spelt)
        # With L: halved, the same letters last half as long.
        pieces.append(f"{element.duration * 8}{tied}".replace("/1", ""))
        bar += element.duration
        if kind == "bars" and bar >= length:
            pieces.append("|")
            bar = Fraction(0)
    return "".join(pieces) + "|\n"


def _spell_midi_pitch(pitch: int) -> str:
    octave, step = divmod(pitch - 60, 12)
    name = _NAMES[step]
    mark = name if len(name) == 2 else "=" + name
    return mark + ("'" * octave if octave >= 0 else "," * -octave)


def _moved_tunes(melodies: list[KnownMelody]) -> int:
    generator = random.Random(2)
    shuffled = generator.sample(melodies, len(melodies))
    before = _families_of(shuffled[: len(shuffled) * 10 // 11])
    after = _families_of(shuffled)
    members: tuple[defaultdict[str, set[str]], ...] = defaultdict(set), defaultdict(set)
    for found, sets in zip((before, after), members, strict=True):
        for name, family in found.items():
            sets[family].add(name)
    return sum(
        _SPLITTING.of(before[name]) != _SPLITTING.of(after[name])
        and members[0][before[name]] == members[1][after[name]]
        for name in before
    )


def _print_families(melodies: list[KnownMelody], families: dict[str, str]) -> None:
    groups: defaultdict[str, list[KnownMelody]] = defaultdict(list)
    for melody in melodies:
        groups[families[melody.id]].append(melody)
    large = [group for group in groups.values() if len(group) > 1]
    for group in random.Random(3).sample(large, 200):
        first = group[0]
        print("; ".join(
            f"{m.title[:32]} ({len(m.grams & first.grams) / len(m.grams | first.grams):.2f})"
            for m in group
        ))  # fmt: skip
