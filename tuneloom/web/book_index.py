"""The index of a book as one HTML file: a table that is there without scripts, and searched by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from tuneloom.grammar.editing.ordering import sort_key
from tuneloom.grammar.editing.tune_facts import TuneFacts
from tuneloom.web.assets import ABCJS, fill_slots, read_asset

__all__ = ["IndexEntry", "index_html"]

_SCRIPTS = ("engraving.js", "index/index.js")
_CONTROLS = {code: 0x2400 + code for code in range(32)} | {
    0x7F: 0x2421
}  # Unicode's pictures of them


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of an index; `bars` is None, and `incipit` empty, for a tune that is not parseable.

    `incipit` are the first bars as in the file, and `abc` is a tune of them.
    """

    number: str
    title: str
    rhythm: str
    meter: str
    key: str
    bars: int | None
    file: str
    line: int
    incipit: str
    abc: str = field(repr=False)
    facts: TuneFacts = field(repr=False)


# The columns that can be sorted by, in order.
_ORDERS: tuple[Callable[[IndexEntry], tuple[object, ...]], ...] = (
    lambda entry: sort_key(entry.facts, "number"),
    lambda entry: sort_key(entry.facts, "title"),
    lambda entry: sort_key(entry.facts, "rhythm"),
    lambda entry: sort_key(entry.facts, "meter"),
    lambda entry: sort_key(entry.facts, "key"),
    lambda entry: (entry.bars is None, entry.bars or 0),
)


def index_html(title: str, entries: Sequence[IndexEntry]) -> str:
    """The whole file, with the tunes in the order given."""
    from tuneloom.web.document import (
        script_policy,
    )  # and with it the rules, which a table does without

    abcjs = read_asset(ABCJS)
    script = '"use strict";\n' + "\n".join(map(read_asset, _SCRIPTS))
    slots = {
        "policy": script_policy(abcjs, script),
        "title": escape(title),
        "styles": read_asset("index/index.css"),
        "rows": "\n".join(_table_rows(entries)),
        "abcjs": abcjs,
        "script": script,
    }
    return fill_slots(read_asset("index/index.html"), slots)


def _table_rows(entries: Sequence[IndexEntry]) -> Iterator[str]:
    """The rows of the table, each with its rank in each order."""
    ranks = zip(*(_ranks(entries, order) for order in _ORDERS), strict=True)
    for entry, own in zip(entries, ranks, strict=True):
        bars = "" if entry.bars is None else str(entry.bars)
        values = (entry.number, entry.title, entry.rhythm, entry.meter, entry.key, bars)
        cells = "".join(f"<td>{escape(value.translate(_CONTROLS))}</td>" for value in values)
        abc = f' data-abc="{escape(entry.abc)}"' if entry.abc else ""
        yield f'<tr data-ranks="{" ".join(map(str, own))}">{cells}<td class="incipit"{abc}></td></tr>'


def _ranks(
    entries: Sequence[IndexEntry], order: Callable[[IndexEntry], tuple[object, ...]]
) -> list[int]:
    """The place of each entry when they are sorted; entries that are equal keep their order."""
    ranks = [0] * len(entries)
    for rank, index in enumerate(
        sorted(range(len(entries)), key=lambda index: order(entries[index]))
    ):
        ranks[index] = rank
    return ranks
