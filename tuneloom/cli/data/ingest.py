"""`tuneloom ingest`: the pipeline of `beam run pipeline/ingest.py` under the front door's name."""

import typer

__all__ = ["ingest"]


def ingest(context: typer.Context) -> None:
    """Turn collections of tunes into a data set (the same as `beam run pipeline/ingest.py`)."""
    from tuneloom.pipeline.run import main

    raise typer.Exit(main(context.args))
