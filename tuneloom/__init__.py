"""Parse, clean and learn from folk-tune collections in ABC notation with one grammar.

The names below load what they need when first used, so that importing the package costs nothing:

>>> import tuneloom
>>> tuneloom.parse("X:1\\nT:\\nK:G\\nGABc|\\n").parseable
True
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# By default, Git on Windows writes a symbolic link as a small text file.
if os.path.isfile(os.path.join(os.path.dirname(__file__), "grammar")):  # noqa: PTH113, PTH118, PTH120
    raise ImportError(
        "this checkout of tuneloom has no symbolic links: run `git config core.symlinks true` and then "
        "`git checkout -- tuneloom`, with developer mode on in Windows; or pip install tuneloom"
    )

if TYPE_CHECKING:
    from tuneloom.api.check import check as check
    from tuneloom.api.compare import compare as compare
    from tuneloom.api.format import format as format
    from tuneloom.api.generate import generate as generate
    from tuneloom.api.ingest import ingest as ingest
    from tuneloom.api.page import page as page
    from tuneloom.api.score import score as score
    from tuneloom.api.train import train as train
    from tuneloom.api.wav import wav as wav
    from tuneloom.corpus.sources import SOURCES as SOURCES
    from tuneloom.grammar import parse as parse
    from tuneloom.grammar import read_book as read_book
    from tuneloom.grammar.errors import GateMissed as GateMissed
    from tuneloom.grammar.errors import RunFailed as RunFailed
    from tuneloom.grammar.errors import TuneloomError as TuneloomError
    from tuneloom.grammar.errors import UsageError as UsageError
    from tuneloom.model.data.pandas_table import load_table as load_table
    from tuneloom.model.data.tf_dataset import load_dataset as load_dataset
    from tuneloom.pipeline.dataset.reader import read_records as read_records

# Where each public name lives.
_HOMES = {
    "GateMissed": "tuneloom.grammar.errors",
    "RunFailed": "tuneloom.grammar.errors",
    "SOURCES": "tuneloom.corpus.sources",
    "TuneloomError": "tuneloom.grammar.errors",
    "UsageError": "tuneloom.grammar.errors",
    "check": "tuneloom.api.check",
    "compare": "tuneloom.api.compare",
    "format": "tuneloom.api.format",
    "generate": "tuneloom.api.generate",
    "ingest": "tuneloom.api.ingest",
    "page": "tuneloom.api.page",
    "score": "tuneloom.api.score",
    "train": "tuneloom.api.train",
    "wav": "tuneloom.api.wav",
    "load_dataset": "tuneloom.model.data.tf_dataset",
    "load_table": "tuneloom.model.data.pandas_table",
    "parse": "tuneloom.grammar",
    "read_book": "tuneloom.grammar",
    "read_records": "tuneloom.pipeline.dataset.reader",
}

__all__ = [
    "SOURCES",
    "GateMissed",
    "RunFailed",
    "TuneloomError",
    "UsageError",
    "__version__",
    "check",
    "compare",
    "format",
    "generate",
    "ingest",
    "load_dataset",
    "load_table",
    "page",
    "parse",
    "read_book",
    "read_records",
    "score",
    "train",
    "wav",
]


def __getattr__(name: str) -> object:
    """Import the home of a public name when the name is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(_HOMES[name]), name)
    except ModuleNotFoundError as error:
        from tuneloom.grammar.extras import missing_extra

        if line := missing_extra(error, f"{__name__}.{name}"):
            raise ImportError(line, name=error.name) from error
        raise
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
