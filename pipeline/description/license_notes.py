"""What the licenses of the sources mean for a data set as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tuneloom.corpus.license import UNKNOWN_LICENSE, CommercialUse, License

__all__ = ["license_notes"]


def license_notes(licenses: Mapping[str, License]) -> list[str]:
    """Sentences for the data card and the summary of a run, given the license of each source."""
    return list(_notes_on(licenses)) or ["Each tune keeps the license of its source."]


def _notes_on(licenses: Mapping[str, License]) -> Iterator[str]:
    share_alike = {each.name: name for name, each in licenses.items() if each.share_alike}
    for license, name in share_alike.items():
        yield (
            f"{name} is under {license}: share the data set, and what is made from it, "
            "only under that license."
        )
    if names := _with_commercial_use("forbidden", licenses):
        yield f"Commercial use is forbidden for {names}, and so for the whole data set."
    if not _compatible(licenses.values()):
        yield "These licenses are not compatible: do not share the data set."
    for name, each in licenses.items():
        if each.no_derivatives:
            yield f"{name} may only be shared as it is, which the data set is not: do not share it."
    if names := _with_commercial_use("unclear", licenses):
        yield f"Commercial use may be restricted for {names}."
    for name, each in licenses.items():
        if each.forbidden_use:
            yield f"{name} must not be used {each.forbidden_use}, and so neither may the data set."
    not_stated = [name for name, each in licenses.items() if each == UNKNOWN_LICENSE]
    if not_stated:
        names = ", ".join(not_stated)
        yield f"The license of {names} is not stated: find it out before you share the data set."
    for name, each in licenses.items():
        if each.commercial_use == "unknown" and name not in not_stated:
            yield (
                f"What the license of {name}, {each.name}, allows is not known here: read it before "
                "you share the data set."
            )


def _compatible(licenses: Collection[License]) -> bool:
    """Whether something can be made from tunes under all of these licenses, and be shared."""
    share_alike = {each.name: each for each in licenses if each.share_alike}
    forbidden = any(each.commercial_use == "forbidden" for each in licenses)
    commercial = any(each.commercial_use == "allowed" for each in share_alike.values())
    return len(share_alike) < 2 and not (forbidden and commercial)


def _with_commercial_use(use: CommercialUse, licenses: Mapping[str, License]) -> str:
    return ", ".join(name for name, each in licenses.items() if each.commercial_use == use)
