"""`tuneloom evaluate`: measures a network on the test split."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tuneloom.cli.command import command, dataset_argument, run_argument

__all__ = ["evaluate_command"]


@command("evaluate", "tuneloom evaluate runs/first data/folk")
@run_argument
@dataset_argument
def evaluate_command(run: Path, data: Path) -> None:
    """Measure a network on tunes it has never seen.

    Prints the bits per character, note and tune of the test split, for each source. The end of a tune
    counts as a character.
    """
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.training.evaluation import evaluate as measure

    configure_threads(TrainingConfig().batch_size)
    *sources, whole = measure(run, data)
    table = Table("source", box=box.HORIZONTALS, show_edge=False)
    for column in ("tunes", "bits per character", "per note", "per tune"):
        table.add_column(column, justify="right")
    for each in [*sources, whole] if len(sources) > 1 else [whole]:
        bits = each.bits
        figures = f"{bits.per_character:.3f}", f"{each.per_note:.2f}", f"{bits.per_tune:.0f}"
        table.add_row(each.source, f"{bits.tunes:,}", *figures)
    Console(highlight=False).print(table)
