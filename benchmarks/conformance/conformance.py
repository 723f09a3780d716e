"""The conformance suite of tests/conformance run on Tuneloom and on other programs, by section.

Tuneloom must be right about all that a case says. The others are asked for less: see `is_right`. A case
that a program cannot show to be read well or badly is left out of its figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.conformance.judging import is_right
from benchmarks.conformance.readers import READERS
from benchmarks.language.peers import is_installed
from tests.conformance.reading import differences
from tests.conformance.suite import Case, Section, read_sections

__all__ = ["main"]


def main(arguments: Sequence[str]) -> bool:
    """Print a table of how many cases each program gets right; False if Tuneloom gets a closed one wrong."""
    options = argparse.ArgumentParser(prog="benchmarks conformance", description=__doc__)
    options.add_argument("--wrong", metavar="PEER", help="list the cases that it gets wrong")
    wrong = options.parse_args(arguments).wrong
    sections = read_sections()
    cases = [case for section in sections for case in section.cases]
    verdicts = {"Tuneloom": {case.id: differences(case) == [] for case in cases}}
    for peer, read in READERS.items():
        if is_installed(peer):
            pairs = zip(cases, read(cases), strict=True)
            judged = ((case, is_right(case, reading)) for case, reading in pairs)
            verdicts[peer] = {case.id: right for case, right in judged if right is not None}
    _print_table(sections, verdicts)
    for case_id, right in verdicts.get(wrong, {}).items():
        if not right:
            print(case_id)
    return all(case.open or verdicts["Tuneloom"][case.id] for case in cases)


def _print_table(sections: Sequence[Section], verdicts: dict[str, dict[str, bool]]) -> None:
    print(f"| section | cases | {' | '.join(verdicts)} |")
    print(f"|---|--:|{'--:|' * len(verdicts)}")
    for section in sections:
        cells = [_share(section.cases, judged) for judged in verdicts.values()]
        print(f"| {section.number} {section.title} | {len(section.cases)} | {' | '.join(cells)} |")
    cases = [case for section in sections for case in section.cases]
    cells = [_share(cases, judged) for judged in verdicts.values()]
    print(f"| all | {len(cases)} | {' | '.join(cells)} |")


def _share(cases: Sequence[Case], judged: dict[str, bool]) -> str:
    """`12 of 14`: the cases that a program gets right, of those in which it shows anything."""
    verdicts = [judged[case.id] for case in cases if case.id in judged]
    return f"{sum(verdicts)} of {len(verdicts)}" if verdicts else ""
