"""`tuneloom audit`: what the held-out splits of a data set share with its training split."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument, seed_option
from tuneloom.cli.status import FINDINGS
from tuneloom.grammar.processes import usable_cores

if TYPE_CHECKING:
    from tuneloom.model.score.reports.audit import AuditedSplit, AuditedTune, SplitAudit
    from tuneloom.model.score.reports.shared_pairs import SharedPair

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
_LONGEST = {"median": 0.5, "99th percentile": 0.99, "longest": 1.0}
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
    from tuneloom.cli.data.side_by_side import side_by_side
    from tuneloom.model.score.reports.audit import audit_splits
    from tuneloom.model.score.reports.shared_pairs import worst_pairs

    found = audit_splits(data, workers=usable_cores(), seed=seed)
    shown = {name: worst_pairs(found.tunes, split, pairs) for name, split in _splits(found).items()}
    if output_format == "json":
        click.echo(json.dumps(_audit_as_json(found, shown), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_audit_lines(data, found)))
        for name, found_pairs in shown.items():
            for pair in found_pairs:
                click.echo(f"\n{name}: {pair.characters} characters in common")
                click.echo("\n".join(side_by_side(pair)))
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
    for label, share in _LONGEST.items():
        figures = ("{} | {}".format(*split.longest(share)) for split in splits.values())
        yield _LINE.format(f"longest run, characters | steps: {label}", *figures)


def _audit_as_json(
    found: SplitAudit, shown: Mapping[str, Sequence[SharedPair]]
) -> dict[str, object]:
    return {
        "tunes": len(found.tunes),
        "held_out": int(found.as_is.held.sum()),
        "splits": {
            name: {
                "shares": dict(split.shares),
                "longest": {
                    label: dict(zip(("characters", "steps"), split.longest(share), strict=True))
                    for label, share in _LONGEST.items()
                },
                "pairs": [_pair_as_json(pair) for pair in shown[name]],
            }
            for name, split in _splits(found).items()
        },
    }


def _pair_as_json(pair: SharedPair) -> dict[str, object]:
    return {
        "characters": pair.characters,
        "passage": pair.passage,
        "held_out": _tune_as_json(pair.held),
        "training": _tune_as_json(pair.training),
    }


def _tune_as_json(tune: AuditedTune) -> dict[str, object]:
    record = tune.record
    return {
        "split": tune.split,
        "id": record.id,
        "title": record.title,
        "source": record.source,
        "path": record.path,
        "offset": record.offset,
        "abc": record.abc,
    }
