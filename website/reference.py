"""The pages of the reference that are made from code."""

from __future__ import annotations

from functools import cache

from tuneloom.cli import status
from tuneloom.pipeline.dataset.schema import FEATURES, INT64, LISTS, MEANINGS
from website.commands import command_pages
from website.python_api import api_pages

__all__ = ["reference_pages"]


@cache
def reference_pages() -> dict[str, str]:
    """The Markdown of all pages of the reference, by name in the site."""
    return {
        **{f"reference/commands/{name}": text for name, text in command_pages().items()},
        **{f"reference/python/{name}": text for name, text in api_pages().items()},
        "reference/features.md": _features_page(),
        "reference/exit-statuses.md": _statuses_page(),
    }


def _features_page() -> str:
    """The features of an example, as the schema and the data card have them."""
    rows = [f"| `{name}` | {_type(name)} | {MEANINGS[name]} |" for name in FEATURES]
    return (
        "# Features\n\n"
        "Each example of a [data set](../data.md) is a `tf.train.Example` with these features, and each "
        "row of an export has them as columns.\n\n"
        "| feature | type | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _type(name: str) -> str:
    if name in INT64:
        return "int64"
    return "list of UTF-8 strings" if name in LISTS else "UTF-8 string"


def _statuses_page() -> str:
    """The exit statuses, from the docstring that defines them."""
    lines = (status.__doc__ or "").splitlines()
    rows = [line.split(maxsplit=1) for line in lines if line[:1].isdigit()]
    table = "\n".join(f"| {number} | {meaning} |" for number, meaning in rows)
    return (
        "# Exit statuses\n\nHow `tuneloom` and `beam` end.\n\n"
        f"| status | meaning |\n|---|---|\n{table}\n\n"
        "Exceptions of [Python](python/errors.md) have the same statuses, as `exit_code`.\n"
    )
