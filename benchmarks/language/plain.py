"""In how many real tunes rules about music need not be begun, and whether one would have found anything.

    python -m benchmarks plain [--every N] [--spoilt N] [--seed N]

A tune that is parseable is looked at as found, and then so many times with a sign where it does not belong.
In what its music is told to be plain, no rule may find anything; where one does, the tune is printed.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace

from benchmarks.support.real_tunes import all_real_tunes
from tests.support.random_texts import with_stray_sign
from tuneloom.grammar.parsing.parser import parseable_text
from tuneloom.grammar.rules.basis.plain_music import Aspect, plain_aspects
from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.rules.catalogue import RULES

QUICK = ["--every", "200"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


def main(arguments: Sequence[str]) -> bool:
    """Print a line for each collection; False if a rule finds something in plain music."""
    parser = argparse.ArgumentParser(prog="benchmarks plain", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every N-th tune")
    parser.add_argument("--spoilt", type=int, default=3, help="times that each tune is spoilt")
    parser.add_argument("--seed", type=int, default=1, help="of what spoils them")
    options = parser.parse_args(arguments)
    randomly = random.Random(options.seed)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wrong = spoilt_plain = 0
    for tune in all_real_tunes()[:: options.every]:
        resolved = parseable_text(tune.text, tune.file_header)
        if resolved is None:
            continue
        aspects = plain_aspects(resolved)
        counts[tune.source].update(("tunes", *aspects))
        counts[tune.source]["all"] += len(aspects) == len(ASPECTS)
        wrong += _finds_something(tune.text, resolved, aspects)
        for _ in range(options.spoilt):
            text = with_stray_sign(tune.text, randomly)
            resolved = parseable_text(text)
            if resolved is not None and (aspects := plain_aspects(resolved)):
                spoilt_plain += 1
                wrong += _finds_something(text, resolved, aspects)
    print(f"{'':<20}{'tunes':>7}{'plain':>8}" + "".join(f"{name:>13}" for name in ASPECTS))
    for source, count in counts.items():
        shares = (count[name] / count["tunes"] for name in ("all", *ASPECTS))
        plain, *others = (f"{share:.1%}" for share in shares)
        print(f"{source:<20}{count['tunes']:>7}{plain:>8}" + "".join(f"{o:>13}" for o in others))
    print(f"{spoilt_plain:,} spoilt tunes plain in something; found in plain music: {wrong}")
    return wrong == 0


def _finds_something(text: str, resolved: str, aspects: frozenset[Aspect]) -> bool:
    """Whether a rule that the aspects spare finds something, which is printed."""
    context = RuleContext(text, resolved)
    spared = (replace(rule, aspect=None) for rule in RULES.values() if rule.aspect in aspects)
    found = [finding for rule in spared for finding in rule.diagnose(context)]
    for finding in found:
        print(f"{finding.code}, line {finding.line}: {finding.message}\n{text}\n")
    return bool(found)
