"""`tuneloom audit`: what the held-out splits of a data set share with its training split."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument, seed_option
from tuneloom.cli.status import FINDINGS

if TYPE_CHECKING:
    from tuneloom.model.score.reports.audit import AuditedSplit, SplitAudit

__all__ = ["audit_command"]

_SHARES = {
    "characters": "40 characters of the body in a row",
    "run": "18 steps in a row",
    "two_runs": "12 steps in a row, twice over",
    "section": "a whole section of 12 to 17 steps",
    "similar": "40% of their n-grams or more",
    "transposed": "all steps, in any key",
    "title": "a title",
}
_LINE = "{:<46}{:>16}{:>16}"


@command(
    "audit",
    "tuneloom audit data/folk",
    "tuneloom audit data/folk --pairs 10",
    "tuneloom audit data/folk --output-format json > audit.json",
)
@dataset_argument
@click.option(
    "--pairs",
    type=click.IntRange(0, 100),
    default=2,
    metavar="N",
    help="Show the N pairs of tunes that share most, for each split.",
)
@seed_option("Seed of the random split.")
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Tables, or all of it as one JSON object.",
)
def audit_command(data: Path, pairs: int, seed: int, output_format: str) -> int:
    """Show what held-out tunes share with training tunes.

    Compares validation and test with train: passages, similar melodies, other keys, titles. The same is
    counted for a random split of the same tunes, which shows what splitting by family saves. Exits with 1 if
    the splits share a passage that a split by family never divides.
    """
    from tuneloom.cli.data.side_by_side import SharedPair, worst_pairs
    from tuneloom.model.score.reports.audit import audit_splits

    found = audit_splits(data, workers=os.cpu_count() or 1, seed=seed)
    shown = {
        "this split": worst_pairs(found.tunes, found.as_is, pairs),
        "at random": worst_pairs(found.tunes, found.at_random, pairs),
    }
    if output_format == "json":
        each: dict[str, list[SharedPair]] = shown
        click.echo(
            json.dumps(
                {
                    "tunes": len(found.tunes),
                    "held_out": int(found.as_is.held.sum()),
                    "splits": {
                        name: _split_as_json(split) | {"pairs": [p.to_json() for p in each[name]]}
                        for name, split in _splits(found).items()
                    },
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        click.echo("\n".join(_audit_lines(data, found)))
        for name, split_pairs in shown.items():
            for pair in split_pairs:
                click.echo("\n".join(["", *pair.lines(name)]))
    return FINDINGS if found.as_is.leaks else 0


def _splits(found: SplitAudit) -> dict[str, AuditedSplit]:
    return {"this split": found.as_is, "at random": found.at_random}


def _audit_lines(data: Path, found: SplitAudit) -> Iterator[str]:
    held = int(found.as_is.held.sum())
    yield f"{data}: {len(found.tunes) - held:,} training tunes, {held:,} held out"
    yield ""
    splits = _splits(found)
    yield _LINE.format("held-out tunes that share with a training tune", *splits)
    yield "─" * 78
    for name, label in _SHARES.items():
        counts = [split.shares[name] for split in splits.values()]
        yield _LINE.format(label, *(f"{n:,} {100 * n / held:5.1f}%" for n in counts))
    for label, part in (("median", 0.5), ("99th percentile", 0.99), ("longest", 1.0)):
        figures = (
            f"{_quantile(split.longest_text, part)} | {_quantile(split.longest_run, part)}"
            for split in splits.values()
        )
        yield _LINE.format(f"longest run, characters | steps: {label}", *figures)


def _quantile(lengths: object, part: float) -> int:
    import numpy as np

    return int(np.quantile(np.asarray(lengths), part, method="inverted_cdf"))


def _split_as_json(split: AuditedSplit) -> dict[str, object]:
    return {
        "shares": dict(split.shares),
        "longest_characters": {
            str(part): _quantile(split.longest_text, part) for part in (0.5, 0.99, 1.0)
        },
        "longest_steps": {
            str(part): _quantile(split.longest_run, part) for part in (0.5, 0.99, 1.0)
        },
    }
