"""Statistics of a collection as pandas tables: sizes, music, repairs and rejects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tuneloom.corpus.record import DUPLICATE, Record, Reject, ValidityCounts

__all__ = ["Statistics", "as_text", "statistics"]

QUANTILES = {"least": 0.0, "5%": 0.05, "median": 0.5, "95%": 0.95, "most": 1.0}
LENGTHS = ("characters", "bars", "notes")
_COUNTED = (
    "source",
    "family",
    "abc",
    "tonic",
    "mode",
    "meter",
    "rhythm",
    "repairs",
    "bars",
    "notes",
)
MAX_ROWS = 12  # of a table on the terminal


@dataclass(frozen=True, slots=True)
class Statistics:
    """Tables of a collection, each indexed by what it counts.

    `sources` has the tunes by outcome, and their characters, bars and notes; `levels` the percentage of tunes
    that reached a level as found, and that were parseable after repairs; `lengths` the quantiles of the
    tunes taken. All others have a column `tunes` (`characters`: a column `times`), the most frequent first.
    """

    sources: pd.DataFrame
    levels: pd.DataFrame
    lengths: pd.DataFrame
    keys: pd.DataFrame
    meters: pd.DataFrame
    rhythms: pd.DataFrame
    families: pd.DataFrame
    characters: pd.DataFrame
    repairs: pd.DataFrame
    rejects: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name, in the order of the pipeline."""
        return {name: getattr(self, name) for name in self.__slots__}


def statistics(
    records: Iterable[Record], rejects: Iterable[Reject], as_found: Mapping[str, ValidityCounts]
) -> Statistics:
    """Count what was taken and what was not, by source and in total."""
    tunes, rejected = _columns_of(records, _COUNTED), _columns_of(rejects, ("source", "code"))
    tunes["characters"] = tunes["abc"].str.len().astype(int)
    tunes["key"] = tunes["tonic"] + " " + tunes["mode"]
    sizes = tunes.groupby("family").size()
    codes = rejected.loc[rejected["code"] != DUPLICATE, "code"]
    return Statistics(
        sources=_source_table(tunes, rejected, as_found),
        levels=_validity_table(as_found),
        lengths=tunes[list(LENGTHS)].quantile(list(QUANTILES.values())).set_axis(list(QUANTILES)).T,
        keys=_counted(tunes["key"], "key"),
        meters=_counted(tunes["meter"], "metre"),
        rhythms=_counted(tunes["rhythm"].replace("", "(none)"), "rhythm"),
        families=_counted(sizes, "tunes in the family", "families").sort_index(),
        characters=_characters(tunes["abc"]),
        repairs=_counted(tunes["repairs"].explode().dropna(), "repair"),
        rejects=_counted(codes, "code"),
    )


def _columns_of(rows: Iterable[Record] | Iterable[Reject], columns: Sequence[str]) -> pd.DataFrame:
    """The columns that are counted: others, such as paths, may hold what is no text to pandas."""
    values = ([getattr(row, column) for column in columns] for row in rows)
    return pd.DataFrame(values, columns=list(columns))


def _source_table(
    tunes: pd.DataFrame, rejects: pd.DataFrame, as_found: Mapping[str, ValidityCounts]
) -> pd.DataFrame:
    duplicate = rejects["code"] == DUPLICATE
    table = pd.DataFrame(
        {
            "read": pd.Series({name: row.read for name, row in as_found.items()}, dtype=int),
            "taken": tunes.groupby("source").size(),
            "duplicates": rejects[duplicate].groupby("source").size(),
            "rejected": rejects[~duplicate].groupby("source").size(),
            **{name: tunes.groupby("source")[name].sum() for name in LENGTHS},
        }
    )
    table.index.name = "source"
    table = table.fillna(0).astype(int)
    return table.reindex(_first_come([*as_found, *table.index]))


def _validity_table(as_found: Mapping[str, ValidityCounts]) -> pd.DataFrame:
    rows = {
        name: {
            **{level: _percent_of(count, row.read) for level, count in row.levels.items()},
            "parseable after repair": _percent_of(row.parseable_repaired, row.read),
        }
        for name, row in as_found.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("source").astype(float)


def _counted(values: pd.Series, name: str, what: str = "tunes") -> pd.DataFrame:
    """How often each value occurs; equally frequent ones in alphabetical order."""
    counts = values.value_counts().rename_axis(name).reset_index(name=what)
    return counts.sort_values([what, name], ascending=[False, True]).set_index(name)


def _characters(texts: pd.Series) -> pd.DataFrame:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    rows = pd.Series(counts, dtype=int).rename_axis("character").to_frame("times")
    return rows.sort_values("times", ascending=False, kind="stable")


def _first_come(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _percent_of(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")


def as_text(table: pd.DataFrame, width: int | None = None) -> str:
    """A table for people: its first rows, and how many were left out.

    Columns beyond a width are in further blocks.
    """
    shown = table.head(MAX_ROWS)
    if table.index.name == "character":
        shown = shown.set_axis([repr(str(each)) for each in shown.index])
    # Quantiles are counts, percentages are not.
    digits = 1 if table.index.name == "source" else 0
    cells = shown.map(lambda value: f"{value:,.{digits if isinstance(value, float) else 0}f}")
    left = len(table) - len(shown)
    more = f"\n… and {left} more" if left else ""
    return f"{cells.to_string(index_names=False, line_width=width)}{more}"
