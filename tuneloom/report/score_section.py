"""Scores side by side, with the validation tunes beside them, and how original the tunes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from tuneloom.model.score.figures.catalogue import figure_sections
from tuneloom.model.score.reports.comparison import ComparisonRow, compare_scores
from tuneloom.model.score.reports.report import Reference, Score, TuneScore
from tuneloom.model.score.reports.score_tables import UNMEASURED, estimate_text, parseable_line
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.report.data_section import foreign_runs
from tuneloom.report.document.blocks import (
    Paragraph,
    Remark,
    ReportBlock,
    ReportSection,
    ReportTable,
)
from tuneloom.report.reported_runs import ReportedDraws, ReportedRun

__all__ = ["Titles", "originality_section", "overlap_text", "score_section"]

Titles = Mapping[str, str]
"""The title of each training tune by its melody id."""

_ORIGINALITY = "originality"
_LIKENESS = "likeness"  # has a table of its own, with training tunes in place of validation tunes
_NEAREST = 5  # tunes of each run that are listed


def score_section(runs: Sequence[ReportedRun]) -> ReportSection:
    """The line to quote of each run, every figure with its 95% interval, and the errors by code."""
    drawn = _drawn_scores(runs)
    blocks: list[ReportBlock] = [*_undrawn_remarks(runs)]
    for name, draws in drawn:
        blocks.append(Paragraph(f"{name}: {_quoted_line(draws.score)}", is_quoted=True))
        blocks.append(Paragraph(f"These are {draws.origin}."))
        faults = [*(orphan.message for orphan in draws.score.orphans), *draws.score.faults]
        blocks += [Remark(f"{name}: {fault}.") for fault in faults[:_NEAREST]]
    rows = [row for row in _compared(drawn) if row.section not in (_ORIGINALITY, _LIKENESS)]
    if rows:
        blocks.append(Paragraph(_how_to_read(rows)))
        blocks += _figure_tables(drawn, rows)
    blocks += _likeness_table(drawn)
    blocks += _error_table(drawn)
    return ReportSection("Scores", tuple(blocks))


def originality_section(
    runs: Sequence[ReportedRun], manifest: Manifest | None, titles: Titles
) -> ReportSection:
    """What the tunes share with training tunes, and those that share most."""
    drawn = _drawn_scores(runs)
    blocks: list[ReportBlock] = []
    if manifest is None:
        blocks.append(Remark("Not measured, since no data set was given with `--against`."))
    elif foreign := foreign_runs(manifest, [run for run in runs if run.draws]):
        blocks.append(
            Remark(
                f"{', '.join(foreign)}: trained on another data set than the one that its tunes are "
                "compared with here. What it copied from its own training tunes is not found."
            )
        )
    blocks += _figure_tables(
        drawn, [row for row in _compared(drawn) if row.section == _ORIGINALITY]
    )
    for name, draws in drawn:
        if any(tune.overlap for tune in draws.score.tunes):
            blocks += _nearest_blocks(name, draws.score, titles)
    return ReportSection("Originality", tuple(blocks))


def overlap_text(tune: TuneScore, titles: Titles) -> str:
    """What a tune has in common with training tunes, in a sentence; empty if that was not measured."""
    overlap = tune.overlap
    if overlap is None:
        return ""
    nearest = _title_text(overlap.nearest, titles)
    if overlap.copy:
        return f"A copy of a training tune, {nearest}."
    return (
        f"Nearest training tune: {nearest} (similarity {overlap.similarity:.2f}); "
        f"the longest passage in common with any has {overlap.notes} notes."
    )


def _title_text(identity: str, titles: Titles) -> str:
    title = titles.get(identity, "")
    return f"“{title}”" if title else f"one without a title ({identity[:12]})"


def _drawn_scores(runs: Sequence[ReportedRun]) -> list[tuple[str, ReportedDraws]]:
    return [(run.name, run.draws) for run in runs if run.draws]


def _undrawn_remarks(runs: Sequence[ReportedRun]) -> Iterator[Remark]:
    for run in runs:
        if not run.draws:
            yield Remark(f"There are no tunes of {run.name}: {run.undrawn}.")
        elif run.state.stage in ("training", "unfinished"):
            yield Remark(
                f"{run.name} is not trained to the end; its score is that of its best network so far."
            )


def _quoted_line(score: Score) -> str:
    return parseable_line(score.tally.parseable)


def _compared(drawn: Sequence[tuple[str, ReportedDraws]]) -> list[ComparisonRow]:
    scores = [draws.score for _, draws in drawn]
    references = [Score(each.validation) for each in _references(drawn)]
    names = [*(name for name, _ in drawn), *["validation"] * len(references)]
    return list(compare_scores(names, [*scores, *references], len(references)).rows)


def _references(drawn: Sequence[tuple[str, ReportedDraws]]) -> list[Reference]:
    return [draws.score.reference for _, draws in drawn if draws.score.reference][:1]


def _how_to_read(rows: Sequence[ComparisonRow]) -> str:
    told = "Each figure is there with its 95% interval."
    if any(row.winner is not None for row in rows):
        told += " A star marks the best run where no interval of the others reaches its own."
    if any(row.references for row in rows):
        told += " The validation tunes are real ones, held out of the training split."
    return told


def _figure_tables(
    drawn: Sequence[tuple[str, ReportedDraws]], rows: Sequence[ComparisonRow]
) -> Iterator[ReportTable]:
    names = [f"{name} (n = {draws.score.tally.tunes:,})" for name, draws in drawn]
    names += [f"validation (n = {each.validation.tunes:,})" for each in _references(drawn)]
    for section, found in groupby(rows, key=lambda row: row.section):
        cells = tuple((row.label, *_estimate_cells(row)) for row in found)
        yield ReportTable((section or "level", *names), cells)


def _estimate_cells(row: ComparisonRow) -> Iterator[str]:
    for index, estimate in enumerate(row.estimates):
        text = estimate_text(estimate, row.digits) if estimate else UNMEASURED
        yield f"{text} *" if row.winner == index else text


def _likeness_table(drawn: Sequence[tuple[str, ReportedDraws]]) -> Iterator[ReportTable]:
    """How far the tunes are from the validation tunes, beside as many training tunes."""
    columns = [(name, draws.score.tally.figures) for name, draws in drawn]
    columns += [("training tunes", each.validation.figures) for each in _references(drawn)]
    rows = []
    for name, figure in figure_sections()[_LIKENESS].items():
        values = [figures.get(name) for _, figures in columns]
        if any(values):
            estimates = (value and value.estimate for value in values)
            texts = (each and estimate_text(each, figure.digits) for each in estimates)
            rows.append((figure.label, *(text or UNMEASURED for text in texts)))
    if rows:
        headings = (name for name, _ in columns)
        yield ReportTable(("distance from validation tunes", *headings), tuple(rows))


def _error_table(drawn: Sequence[tuple[str, ReportedDraws]]) -> Iterator[ReportTable]:
    errors = [draws.score.tally.errors for _, draws in drawn]
    codes = dict.fromkeys(code for each in errors for code in each)
    if codes:
        rows = tuple((code, *(f"{each.get(code, 0):,}" for each in errors)) for code in codes)
        yield ReportTable(("what is wrong, tunes", *(name for name, _ in drawn)), rows)


def _nearest_blocks(name: str, score: Score, titles: Titles) -> Iterator[ReportBlock]:
    """How many are copies, and the tunes that have most in common with a training tune."""
    measured = [
        (tune.overlap, number) for number, tune in enumerate(score.tunes, 1) if tune.overlap
    ]
    copies = [number for overlap, number in measured if overlap.copy]
    if copies:
        shown = ", ".join(map(str, copies[:20])) + (" and others" if len(copies) > 20 else "")
        are = "is a copy" if len(copies) == 1 else "are copies"
        yield Paragraph(
            f"{name}: {len(copies):,} of {len(measured):,} tunes {are} of training tunes: {shown}."
        )
    else:
        yield Paragraph(f"{name}: none of {len(measured):,} tunes is a copy of a training tune.")
    nearest = sorted(measured, key=lambda pair: (not pair[0].copy, -pair[0].similarity, pair[1]))[
        :_NEAREST
    ]
    yield ReportTable(
        ("most like training tunes", "nearest training tune", "similarity", "notes in common"),
        tuple(
            (
                f"{name}, tune {number}",
                _title_text(overlap.nearest, titles) + (" (a copy)" if overlap.copy else ""),
                f"{overlap.similarity:.2f}",
                f"{overlap.notes}",
            )
            for overlap, number in nearest
        ),
        is_text=True,
    )
