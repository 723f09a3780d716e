"""What the licenses of the sources mean for a data set as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuneloom.corpus.source import CommercialUse
from tuneloom.pipeline.steps.plan import SourceCredit

__all__ = ["license_notes"]


def license_notes(sources: Sequence[SourceCredit]) -> list[str]:
    """Sentences for the data card and the summary of a run."""
    return list(_notes_on(sources)) or ["Each tune keeps the license of its source."]


def _notes_on(sources: Sequence[SourceCredit]) -> Iterator[str]:
    copyleft = {s.license.name: s.name for s in sources if s.license.copyleft}
    for license, name in copyleft.items():
        yield (
            f"{name} is under {license}: share the data set, and what is made from it, "
            "only under that license."
        )
    if names := _with_commercial_use("forbidden", sources):
        yield f"Commercial use is forbidden for {names}, and so for the whole data set."
    if len(copyleft) > 1 or (copyleft and names):
        yield "These licenses are not compatible: do not share the data set."
    if names := _with_commercial_use("unclear", sources):
        yield f"Commercial use may be restricted for {names}."
    for source in sources:
        if use := source.license.forbidden_use:
            yield f"{source.name} must not be used {use}, and so neither may the data set."
    if names := _with_commercial_use("unknown", sources):
        yield (f"The license of {names} is not stated: find it out before you share the data set.")


def _with_commercial_use(use: CommercialUse, sources: Sequence[SourceCredit]) -> str:
    return ", ".join(s.name for s in sources if s.license.commercial_use == use)
