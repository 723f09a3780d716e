"""Whether a data set meets expectations, judged by its manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tuneloom.corpus.record import ValidityCounts
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.contract.expectations import ANY_OTHER, Expectation, Expectations
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["ExpectationResult", "evaluate_expectations"]


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """An expectation and what was found. `found` is None if there was nothing to compare with."""

    name: str
    limit: float
    is_least: bool
    found: float | None
    detail: str = ""

    @property
    def met(self) -> bool:
        if self.found is None:
            return True
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    def __str__(self) -> str:
        bound = "least" if self.is_least else "most"
        found = "nothing to compare" if self.found is None else f"{self.found:,.7g}"
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.name} is {found}, {self.limit:,.7g} at {bound}{detail}"


def evaluate_expectations(
    expected: Expectations, manifest: Manifest, last: Manifest | None
) -> tuple[ExpectationResult, ...]:
    """The result of each expectation, in the order of the file; `last` is the data set that is replaced.

    Raises:
        UsageError: an expectation is about a source that was not read.
    """
    results = [_evaluate(bound, expected, manifest, last) for bound in expected.bounds]
    if expected.characters is not None:
        others = sorted(set(manifest.vocabulary) - set(expected.characters))
        results.append(
            ExpectationResult("alphabet.characters", 0, False, len(others), _shown(others))
        )
    return tuple(results)


def _evaluate(
    bound: Expectation, expected: Expectations, manifest: Manifest, last: Manifest | None
) -> ExpectationResult:
    found, detail = _figure(bound, expected, manifest, last)
    return ExpectationResult(bound.name, bound.limit, bound.is_least, found, detail)


def _figure(
    bound: Expectation, expected: Expectations, manifest: Manifest, last: Manifest | None
) -> tuple[float | None, str]:
    """The figure that a bound is about, and what explains it."""
    if bound.table == "rejects":
        return _rejects(bound.key, expected.bounds, manifest.counts.rejects)
    if bound.table == "last_run":
        return _change(bound.key, manifest, last) if last else (None, "no last run at the output")
    if bound.table == "tunes":
        return _tune_figure(bound.key, manifest, manifest.as_found.values()), ""
    name = bound.table.removeprefix("sources.")
    if name not in manifest.as_found:
        read = ", ".join(manifest.as_found)
        raise UsageError(f"{expected.path}: no source {name!r} was read; there are {read}")
    return _tune_figure(bound.key, manifest, [manifest.as_found[name]]), ""


def _tune_figure(key: str, manifest: Manifest, counts: Iterable[ValidityCounts]) -> float:
    counts = list(counts)
    read = sum(each.read for each in counts)
    match key:
        case "min_read":
            return read
        case "min_parseable":
            return _percent(sum(each.parseable_repaired for each in counts), read)
        case "min_parseable_as_found":
            return _percent(sum(each.levels["parseable"] for each in counts), read)
        case "min_taken":
            return manifest.counts.taken
        case "max_duplicates":
            return manifest.counts.duplicates
        case _:
            return sum(manifest.counts.rejects.values())


def _rejects(
    code: str, bounds: Iterable[Expectation], rejects: Mapping[str, int]
) -> tuple[int, str]:
    if code != ANY_OTHER:
        return rejects.get(code, 0), ""
    listed = {bound.key for bound in bounds if bound.table == "rejects"}
    others = {name: count for name, count in rejects.items() if name not in listed}
    return sum(others.values()), ", ".join(f"{name} {count:,}" for name, count in others.items())


def _change(key: str, manifest: Manifest, last: Manifest) -> tuple[float, str]:
    before, now = last.counts.taken, manifest.counts.taken
    if key == "max_new_characters":
        new = sorted(set(manifest.vocabulary) - set(last.vocabulary))
        return len(new), _shown(new)
    more = _percent(now - before, before)
    return max(0.0, more if key == "max_more" else -more), f"{before:,} before, {now:,} now"


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _shown(characters: Iterable[str]) -> str:
    return " ".join(_names(characters))


def _names(characters: Iterable[str]) -> Iterator[str]:
    for character in characters:
        yield character if character.isprintable() and character != " " else repr(character)
