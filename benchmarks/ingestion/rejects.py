"""Writes docs/rejects.md: why real tunes are refused, with the count and twenty examples of each reason."""

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
WIDTH = 60  # characters shown of a line: Taberna states no license, so only the place is quoted

# What the text looks like, in one sentence for each reason.
DIRT = {
    "bad-bar-line": "A bar line that touches the number of an ending.",
    "bad-chord": "Rests or broken rhythm inside `[ ]`, which holds only notes and their marks.",
    "bad-grace": "Something among the grace notes that is not a note.",
    "bad-key": "Keys that do not exist, are not in English, or begin with a small letter.",
    "bad-length": "`e/2/` and the like.",
    "bad-meter": "An extra letter after the metre, words, or music on the line of the field.",
    "bad-tempo": "Words without quotes, or a `*`.",
    "bad-unit-note-length": "A length that is not a fraction.",
    "broken-rhythm-without-note": "An arrow at the beginning or end of a line, or one that marks separate "
    "from its notes: fingerings after the note, a slur opened before the arrow.",
    "decoration-blank": "`!D.C. al Fine!`, a name with blanks.",
    "detached-volta": "`| 1`, which ABC 2.1 (4.9) calls wrong; triplets such as `3ABc`; typing errors.",
    "empty-line": "A line of blanks inside a tune.",
    "field-after-key": "A field of the header, such as C: or Z:, after K:.",
    "fields-on-one-line": "Two fields on one line, or a whole tune.",
    "field-in-music": "A field in the middle of a line of music, without brackets.",
    "html": "Tags of web pages.",
    "no-key": "Texts, or beginnings of tunes, without a K: field.",
    "text-in-music": "Words among the notes.",
    "no-tune": "No text at all.",
    "old-chord": "Chords in plus signs, which ABC 2.1 (12.1.3) has dropped; a repair rewrites them.",
    "reserved-character": "Mostly `*` at line ends, which ABC 2.1 (8.1) reserves; a repair removes it.",
    "stray-accidental": "An accidental whose note was cut off, or `=20` from an e-mail.",
    "stray-backslash": "TeX commands between the lines, or a `\\` in the middle of a line.",
    "stray-bang": "A doubled `!`.",
    "stray-close": "A brace or a bracket that closes nothing.",
    "stray-number": "Lines cut before a length; `E:8` of old ABC; typing errors.",
    "stray-octave-mark": "A comma or an apostrophe apart from its note.",
    "stray-tie": "Ties after rests, after grace notes, or at the beginning of a line.",
    "text-in-header": "Words in the header, or the rest of a field that was split into two lines.",
    "too-long": "More characters than any real tune has.",
    "tuplet-without-note": "A tuplet at the end of a line that was cut.",
    "unclosed-chord": "A chord cut off at the end of a line, or with a tuplet or another chord in it.",
    "unclosed-field": "An inline field with music or a second field in it.",
    "unclosed-grace": "Grace notes cut off at the end of a line.",
    "unclosed-quote": "Quoted text cut off at the end of a line.",
    "unexpected-character": "Characters of other notations, and lines cut off where a note must follow.",
    "unknown-letter": "Letters of ABC 1.6 that no `U:` defines.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefusedTune:
    """A tune that the grammar refuses as found, and the first reason for it."""

    tune: RawTune
    reason: Diagnostic

    @property
    def line(self) -> str:
        lines = self.tune.text.split("\n")
        return lines[self.reason.line - self.tune.line]


def main(arguments: Sequence[str]) -> bool:
    """Write the page, or the file that is named; False if a reason occurs that DIRT does not explain."""
    tunes = all_real_tunes()
    refused = [
        RefusedTune(tune, parse(tune.text, tune.line).diagnostics[0])
        for tune in tunes
        if not is_parseable(tune.text)
    ]
    page = Path(arguments[0]) if arguments else PAGE
    page.write_text("\n".join(_rejects_page(tunes, refused)), encoding="utf-8")
    print(f"{len(refused):,} of {len(tunes):,} tunes refused: {page}")
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
    """A row for each reason, a column for each collection, and the share of each that is accepted."""
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
