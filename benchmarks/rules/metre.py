"""How many real tunes the bar-length rule passes, and how many spoiled bars it finds.

    python -m benchmarks metre [--abc2midi]

`of these` is the share of metrical tunes among the parseable ones. `--abc2midi` prints fifty random lines in
which only one of the rule and abc2midi's bar check finds a bar of the wrong length.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import ParsedTune, parse
from tuneloom.grammar.bars.timed_bars import timed_bars
from tuneloom.grammar.bars.wrong_bars import wrong_bars
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.tune.elements import Chord, Note, Rest

SPOILED = 1000
# Percent of the tunes of each collection that must be metrical as found.
TARGETS = {"nottingham": 97, "aird": 98, "oneill": 89, "essen": 50}
COMPARED = ("nottingham", "aird", "oneill", "essen", "irish")
LINES_PER_SOURCE = 10
TARGET_FOUND, TARGET_IN_BAR = 97.0, 90.0
_LENGTH = re.compile(r"(\]|[zx]|[A-Ga-g][,']*)(\d*)(/*)(\d*)")


def main(arguments: Sequence[str]) -> bool:
    """Print both tables; False if a figure misses its target."""
    if "--abc2midi" in arguments:
        return _print_disputed_bars()
    tunes = all_real_tunes()
    reached = _print_real_tunes(tunes)
    return _finds_spoiled_bars(tunes) & reached


def _print_real_tunes(tunes: Sequence[RawTune]) -> bool:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for raw in tunes:
        parsed = parse(raw.text, raw.line, raw.file_header)
        counts[raw.source].update(("tunes", *levels_of(run_rules(parsed, raw.text, raw.line))))
        if parsed.parseable:
            for bars in timed_bars(parsed.tune):
                counts[raw.source]["bars"] += len(bars)
                counts[raw.source]["full"] += len(bars) - len(wrong_bars(bars))
    reached = True
    columns = ("parseable", "sound", "metrical", "of these", "bars")
    print(f"{'as found':<20}{'tunes':>7}" + "".join(f"{name:>11}" for name in columns))
    for source, count in counts.items():
        parseable, sound, metrical = (count[k] for k in ("parseable", "sound", "metrical"))
        share = 100 * metrical / count["tunes"]
        print(
            f"{source:<20}{count['tunes']:>7,}{100 * parseable / count['tunes']:>10.2f}%"
            f"{100 * sound / count['tunes']:>10.2f}%{share:>10.2f}%{100 * metrical / parseable:>10.2f}%"
            f"{100 * count['full'] / count['bars']:>10.2f}%"
        )
        reached &= share >= TARGETS.get(source, 0)
    return reached


def _finds_spoiled_bars(tunes: Sequence[RawTune]) -> bool:
    """Double or halve one length, or drop one note, in a full bar inside a section, tune by tune."""
    randomly = random.Random(1)
    shuffled = [t for t in tunes if t.source in (*TARGETS, "irish")]
    randomly.shuffle(shuffled)
    counts: Counter[str] = Counter()
    for raw in shuffled:
        if counts["spoiled"] == SPOILED:
            break
        parsed = parse(raw.text, 1, raw.file_header)
        if not parsed.parseable or "metrical" not in levels_of(run_rules(parsed, raw.text)):
            continue
        spoiled = _spoil_bar(raw.text, parsed, randomly)
        if spoiled is None:
            continue
        kind, text, start, end = spoiled
        again = parse(text, 1, raw.file_header)
        found = [d for d in run_rules(again, text) if d.level in ("metrical", "parseable")]
        counts["spoiled"] += 1
        counts[kind] += 1
        if found:
            counts["found"] += 1
            counts[f"{kind} found"] += 1
            place = (found[0].line, found[0].column)
            counts["in the bar"] += start <= place <= end
    print(f"\nspoiled bars: {counts['spoiled']:,}")
    for kind in ("doubled", "halved", "dropped"):
        print(
            f"  {kind:<8}{counts[kind]:>5}, found {100 * counts[kind + ' found'] / counts[kind]:.1f}%"
        )
    noticed, placed = (100 * counts[k] / counts["spoiled"] for k in ("found", "in the bar"))
    print(f"  found {noticed:.1f}%, the first finding in the bar {placed:.1f}%")
    return noticed >= TARGET_FOUND and placed >= TARGET_IN_BAR


def _spoil_bar(
    text: str, parsed: ParsedTune, randomly: random.Random
) -> tuple[str, str, tuple[int, int], tuple[int, int]] | None:
    """How a bar was spoiled, the new text, and where the spoiled bar begins and ends."""
    inner = [
        bar for bars in timed_bars(parsed.tune) for bar in bars
        if not (bar.opens_section or bar.closes_section) and bar.duration == bar.length
    ]  # fmt: skip
    if not inner:
        return None
    chosen = randomly.choice(inner).bar
    timed = [i for i, e in enumerate(chosen.elements) if isinstance(e, Note | Chord | Rest)]
    index = randomly.choice(timed)
    lines = text.split("\n")
    line, column = parsed.place(chosen, index)
    if isinstance(chosen.elements[index], Chord):
        column = lines[line - 1].find("]", column) + 1
    source = lines[line - 1]
    match = re.compile(r"(?:\^\^?|__?|=)?" + _LENGTH.pattern).match(source, column - 1)
    if match is None or match.end(4) == match.start():
        return None
    kind = randomly.choice(("doubled", "halved", "dropped"))
    if kind == "dropped":
        if isinstance(chosen.elements[index], Chord):
            return None
        changed = source[: column - 1] + source[match.end() :]
    else:
        changed = source[: match.start(2)] + _scaled_length(match, kind) + source[match.end() :]
    lines[line - 1] = changed
    start = parsed.place(chosen, 0)
    end = parsed.place(chosen, -1)
    return kind, "\n".join(lines), start, end


def _scaled_length(match: re.Match[str], kind: str) -> str:
    top = int(match[2] or 1)
    bottom = int(match[4]) if match[4] else 2 ** len(match[3])
    top, bottom = (top * 2, bottom) if kind == "doubled" else (top, bottom * 2)
    return f"{top}/{bottom}"


def _print_disputed_bars() -> bool:
    if shutil.which("abc2midi") is None:
        print("abc2midi is not installed: nothing to compare")
        return True
    differing: dict[str, list[str]] = {source: [] for source in COMPARED}
    for raw in all_real_tunes():
        if raw.source in COMPARED:
            differing[raw.source] += _disputed_bars(raw)
    for source, lines in differing.items():
        print(f"\n{source}: {len(lines):,} bars")
        for line in random.Random(1).sample(lines, min(LINES_PER_SOURCE, len(lines))):
            print(line)
    return True


def _disputed_bars(raw: RawTune) -> Iterator[str]:
    """The bars that only one of the two calls wrong, by the line in which they end."""
    parsed = parse(raw.text, 1, raw.file_header)
    if not parsed.parseable:
        return
    ours = {
        parsed.resolved.place(bar.bar.starts[-1])[0]: f"{bar.duration}, not {bar.length}"
        for bars in timed_bars(parsed.tune)
        for bar in wrong_bars(bars)
    }
    theirs = _abc2midi_complaints(raw.text)
    for line in sorted(ours.keys() ^ theirs.keys()):
        who = f"ours: {ours[line]}" if line in ours else f"abc2midi: {theirs[line]}"
        shown = raw.text.splitlines()[line - 1]
        yield f"{raw.path}:{raw.line + line - 1} only {who}\n    {shown[:100]}"


def _abc2midi_complaints(text: str) -> dict[int, str]:
    """What abc2midi says about bars with too few or too many units, by line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tune.abc"
        path.write_text(text)
        done = subprocess.run(
            ["abc2midi", str(path), "-c"], cwd=folder, capture_output=True, check=False
        )
    said = done.stdout.decode(errors="replace")
    return {int(n): what for n, what in re.findall(r"line-char (\d+)-\d+ :.*(Bar \d+ has.*)", said)}
