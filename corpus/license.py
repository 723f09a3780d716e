"""What a license allows and asks for, in fields that a program can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["UNKNOWN_LICENSE", "CommercialUse", "License", "license_named"]

CommercialUse = Literal["allowed", "unclear", "forbidden", "unknown"]
"""`unclear` means that the license leaves it open, `unknown` that the license itself is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """The license of a source. `name` is recorded with every tune; with `spdx` it is an SPDX identifier.

    With `share_alike`, also called copyleft, what is made from the tunes must have the same license. With
    `attribution` the authors or their notice must be named, with `no_derivatives` the tunes may only be
    shared as they are. `forbidden_use` completes the sentence "must not be used ...". `must_accept` is what
    a user has to accept before the source is used.
    """

    name: str
    spdx: bool = False
    commercial_use: CommercialUse = "allowed"
    share_alike: bool = False
    attribution: bool = False
    no_derivatives: bool = False
    forbidden_use: str = ""
    must_accept: str = ""
    url: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The license in the words that people use for licenses; empty if it asks for nothing."""
        return tuple(self._terms())

    def _terms(self) -> Iterator[str]:
        if self.commercial_use == "unknown":
            yield "unknown"
        if self.attribution:
            yield "attribution"
        if self.commercial_use == "forbidden":
            yield "non-commercial"
        if self.commercial_use == "unclear":
            yield "commercial use unclear"
        if self.no_derivatives:
            yield "no derivatives"
        if self.share_alike:
            yield "share-alike"
        if self.forbidden_use:
            yield f"not {self.forbidden_use}"


UNKNOWN_LICENSE = License(name="not stated", commercial_use="unknown")

# Everything else that is published under a license of the SPDX list is rather code than tunes.
_SPDX = [
    *("CC0-1.0", "PDDL-1.0", "CDLA-Permissive-2.0", "Unlicense"),
    *("ODC-By-1.0", "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"),
    *("ODbL-1.0", "CDLA-Sharing-1.0", "GFDL-1.3-only", "GFDL-1.3-or-later"),
    *("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"),
]
_WITHOUT_ATTRIBUTION = ("CC0-1.0", "PDDL-1.0", "CDLA-Permissive-2.0", "Unlicense")
_SHARE_ALIKE = ("ODbL", "CDLA-Sharing", "GFDL", "GPL")
# Creative Commons states the terms in the identifier.
_CREATIVE_COMMONS = re.compile(r"CC-BY(-NC)?(?:(-SA)|(-ND))?-(?:[123]\.0|2\.5|4\.0)", re.IGNORECASE)


def license_named(name: str) -> License:
    """The license with an SPDX identifier, in any case; of any other name, no more is known than the name."""
    found = next((known for known in _SPDX if known.lower() == name.lower()), "")
    if found:
        return License(
            name=found,
            spdx=True,
            attribution=found not in _WITHOUT_ATTRIBUTION,
            share_alike=found.startswith(_SHARE_ALIKE),
            url=_spdx_page(found),
        )
    if match := _CREATIVE_COMMONS.fullmatch(name):
        non_commercial, share_alike, no_derivatives = match.groups()
        return License(
            name=name.upper(),
            spdx=True,
            attribution=True,
            commercial_use="forbidden" if non_commercial else "allowed",
            share_alike=bool(share_alike),
            no_derivatives=bool(no_derivatives),
            url=_spdx_page(name.upper()),
        )
    return License(name=name, commercial_use="unknown") if name else UNKNOWN_LICENSE


def _spdx_page(identifier: str) -> str:
    return f"https://spdx.org/licenses/{identifier}.html"
