"""`tuneloom evaluate`: how well a trained network predicts tunes that it has never seen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["evaluate"]


def evaluate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The directory of a trained run.")],
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A data set, as ingested.")],
) -> None:
    """Measure bits per character on the test split; the end of a tune counts as a character."""
    from model.backend import one_thread_per_operation
    from model.evaluation import evaluate as measure

    one_thread_per_operation()
    result = measure(run, data)
    typer.echo(f"{result.bits:.3f} bits per character on {result.tunes:,} test tunes")
