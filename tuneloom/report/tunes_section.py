"""A few tunes of each run, to be seen and heard: the first ones, so that nobody chose them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import TuneScore
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.report.document.blocks import Paragraph, ReportBlock, ReportSection, ReportTune
from tuneloom.report.reported_runs import ReportedDraws, ReportedRun
from tuneloom.report.score_section import Titles, overlap_text
from tuneloom.web.entries import PageEntry, page_entry

__all__ = ["tunes_section"]

_SHOWN = 6


def tunes_section(runs: Sequence[ReportedRun], titles: Titles) -> ReportSection:
    """Six tunes, shared out evenly among the runs; at least one of each."""
    drawn = [(run.name, run.draws) for run in runs if run.draws]
    if not drawn:
        return ReportSection("Tunes", (Paragraph("There are no tunes to show."),))
    each = max(1, _SHOWN // len(drawn))
    shown: list[ReportBlock] = [
        tune for name, draws in drawn for tune in _first_tunes(name, draws, each, titles)
    ]
    of_each = " of each run" if len(drawn) > 1 else ""
    told = f"The first {'tune' if each == 1 else f'{each} tunes'}{of_each}, as they came."
    return ReportSection("Tunes", (Paragraph(told), *shown))


def _first_tunes(
    name: str, draws: ReportedDraws, count: int, titles: Titles
) -> Iterator[ReportTune]:
    for number, scored in enumerate(draws.score.tunes[:count], 1):
        entry = _entry_of_score(scored, number)
        heading = f"{name}, tune {number}"
        if not isinstance(scored.tune.tune, DrawnText) and entry.title:
            heading += f": {entry.title}"
        yield ReportTune(entry, heading, tuple(_facts_of_tune(scored, entry, titles)))


def _entry_of_score(scored: TuneScore, number: int) -> PageEntry:
    tune = scored.tune.tune
    if isinstance(tune, DrawnText):
        return page_entry(f"X:{number}\nT:Tune {number}\n{tune.text}\n")
    return page_entry(tune.text, tune.file_header)


def _facts_of_tune(scored: TuneScore, entry: PageEntry, titles: Titles) -> Iterator[str]:
    facts = (entry.rhythm, entry.meter and f"M:{entry.meter}", entry.key)
    yield " · ".join(filter(None, facts))
    levels = scored.tune.verdict.levels
    reached = [level for level in CHECKED_LEVELS if level in levels]
    missed = [level for level in CHECKED_LEVELS if level not in levels]
    errors = f" ({', '.join(scored.tune.verdict.errors)})" if scored.tune.verdict.errors else ""
    if not reached:
        yield f"Not parseable{errors}."
    elif missed:
        yield f"{', '.join(reached)}; not {', '.join(missed)}{errors}."
    else:
        yield f"Valid at every level: {', '.join(reached)}."
    if overlap := overlap_text(scored, titles):
        yield overlap
