"""Every reason for which real tunes are refused, with its count and twenty of them: docs/rejects.md."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import Diagnostic, parse
from tuneloom.grammar.parsing.parser import is_parseable

PAGE = Path(__file__).parents[2] / "docs" / "rejects.md"
SHOWN = 20
WIDTH = 60  # characters of a line shown: taberna states no license, so only the place itself

# What the dirt is, in one sentence for each reason.
DIRT = {
    "bad-bar-line": "More than four bar signs in a row, or a `:` with no bar sign.",
    "bad-chord": "Rests or broken rhythm inside `[ ]`, where only notes and their marks may stand.",
    "bad-grace": "Something among the grace notes that is no note.",
    "bad-key": "Keys that do not exist, in a language other than English, or with a small letter.",
    "bad-length": "`e/2/` and the like; or a line that was cut in the middle of a note's length.",
    "bad-meter": "A letter too many behind the metre, words, or music on the line of the field.",
    "bad-tempo": "Words without quotes, or a `*`.",
    "bad-unit-note-length": "A length that is no fraction.",
    "bad-reference": "A tune's number that is none.",
    "broken-rhythm-without-note": "An arrow at the beginning or end of a line, or one that marks part from "
    "their notes: fingerings behind the note, a slur opened before the arrow.",
    "detached-volta": "`| 1`, which ABC 2.1 (4.9) calls wrong by name; triplets `3ABc` and slips.",
    "empty-line": "A line of blanks inside a tune.",
    "field-in-music": "A field in the middle of a line of music, without the brackets that it needs there.",
    "no-key": "Texts, or beginnings of tunes, without K:.",
    "no-tune": "Nothing at all.",
    "old-chord": "Chords in plus signs, which ABC 2.1 (12.1.3) has dropped; a repair rewrites them.",
    "reserved-character": "Mostly `*` at line ends; ABC 2.1 (8.1) reserves it, and a repair removes it.",
    "stray-accidental": "An accidental whose note was cut off at the end of a line, or the `=20` of e-mail.",
    "stray-backslash": "Commands of TeX between the lines, or a `\\` in the middle of a line.",
    "stray-bang": "A `!` doubled.",
    "stray-close": "A brace that closes nothing.",
    "stray-number": "Lines cut at 72 characters, so that a length begins the next; `E:8` of old ABC; slips.",
    "stray-octave-mark": "A comma or an apostrophe apart from its note.",
    "stray-tie": "Ties behind rests, behind grace notes, or at the beginning of a line.",
    "text-in-header": "Words in the header, or the rest of a field that was cut into two lines.",
    "too-long": "More characters than any tune has.",
    "tuplet-without-note": "A tuplet at the end of a line that was cut.",
    "unclosed-chord": "A chord cut off at the end of a line, or with a tuplet or another chord in it.",
    "unclosed-field": "An inline field with music or a second field in it.",
    "unclosed-grace": "Grace notes cut off at the end of a line.",
    "unclosed-quote": "Quoted text cut off at the end of a line.",
    "unexpected-character": "Characters of other notations, and lines cut off where a note had to follow.",
    "unknown-letter": "Letters of ABC 1.6 without a `U:` that defines them; words among the notes.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefusedTune:
    """A tune that the grammar refuses as found, and the first reason."""

    tune: RawTune
    reason: Diagnostic

    @property
    def line(self) -> str:
        lines = self.tune.text.split("\n")
        return lines[self.reason.line - self.tune.line]


def main(_: Sequence[str]) -> bool:
    """Write the page; True if every reason that occurs is explained."""
    tunes = all_real_tunes()
    refused = [
        RefusedTune(tune, parse(tune.text, tune.line).diagnostics[0])
        for tune in tunes
        if not is_parseable(tune.text)
    ]
    PAGE.write_text("\n".join(_rejects_page(tunes, refused)), encoding="utf-8")
    print(f"{len(refused):,} of {len(tunes):,} tunes refused: docs/{PAGE.name}")
    return {r.reason.code for r in refused} <= DIRT.keys()


def _rejects_page(tunes: Sequence[RawTune], refused: Sequence[RefusedTune]) -> Iterator[str]:
    yield "# What the grammar refuses\n"
    yield f"Of {len(tunes):,} real tunes as found, before any repair, {len(refused):,} are refused. This"
    yield f"page counts the reasons and shows up to {SHOWN} tunes for each, drawn at random. A tune counts"
    yield "once, under the first reason. `python -m benchmarks rejects` writes the page.\n"
    yield from _reasons_table(tunes, refused)
    reasons = Counter(r.reason.code for r in refused)
    for code, count in reasons.most_common():
        yield f"\n## {code}: {count}\n"
        yield f"{DIRT.get(code, '')}\n"
        yield "```text"
        yield from _reason_examples([r for r in refused if r.reason.code == code])
        yield "```"
    yield ""


def _reasons_table(tunes: Sequence[RawTune], refused: Sequence[RefusedTune]) -> Iterator[str]:
    """Reasons down, collections across, and the share of each collection that is accepted."""
    sizes = Counter(tune.source for tune in tunes)
    counts = Counter((r.reason.code, r.tune.source) for r in refused)
    reasons = Counter(r.reason.code for r in refused)
    lost = Counter(r.tune.source for r in refused)
    yield f"| reason | {' | '.join(sizes)} | all |"
    yield "|---" + "|--:" * (len(sizes) + 1) + "|"
    for code, count in reasons.most_common():
        cells = (str(counts[code, source] or "") for source in sizes)
        yield f"| [{code}](#{code}-{count}) | {' | '.join(cells)} | {count} |"
    yield f"| refused | {' | '.join(str(lost[s]) for s in sizes)} | {len(refused)} |"
    yield f"| tunes | {' | '.join(str(size) for size in sizes.values())} | {len(tunes)} |"
    parseable = (f"{1 - lost[s] / size:.2%}" for s, size in sizes.items())
    yield f"| parseable | {' | '.join(parseable)} | {1 - len(refused) / len(tunes):.2%} |"


def _reason_examples(refused: Sequence[RefusedTune]) -> Iterator[str]:
    some = random.Random(1).sample(refused, min(SHOWN, len(refused)))
    for one in sorted(some, key=lambda r: (r.tune.source, r.tune.path, r.reason.line)):
        column = one.reason.column
        start = max(0, column - 1 - WIDTH // 2)
        place = f"{one.tune.source}/{one.tune.path}:{one.reason.line}:{column}"
        line = one.line.replace("\t", " ")
        yield f"{place}\n    {line[start : start + WIDTH]}".rstrip()
        yield " " * (4 + column - 1 - start) + "^"
