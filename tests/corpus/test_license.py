import pytest

from tuneloom.corpus.license import UNKNOWN_LICENSE, License, license_named


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("CC0-1.0", ()),
        ("CC-BY-4.0", ("attribution",)),
        ("CC-BY-SA-3.0", ("attribution", "share-alike")),
        ("CC-BY-NC-SA-4.0", ("attribution", "non-commercial", "share-alike")),
        ("CC-BY-NC-ND-2.5", ("attribution", "non-commercial", "no derivatives")),
        ("ODbL-1.0", ("attribution", "share-alike")),
        ("GPL-3.0-or-later", ("attribution", "share-alike")),
    ],
)
def test_an_spdx_identifier_says_what_the_license_asks_for(
    name: str, terms: tuple[str, ...]
) -> None:
    found = license_named(name.lower())
    assert (found.name, found.spdx, found.terms) == (name, True, terms)
    assert found.url == f"https://spdx.org/licenses/{name}.html"


@pytest.mark.parametrize(
    "name", ["CC-BY-5.0", "CC-BY-SA-ND-4.0", "for friends", "GPL", "MIT or so"]
)
def test_nothing_is_known_of_a_license_that_is_only_a_name(name: str) -> None:
    assert license_named(name) == License(name=name, commercial_use="unknown")


def test_no_name_is_no_license() -> None:
    assert license_named("") == UNKNOWN_LICENSE
    assert UNKNOWN_LICENSE.terms == ("unknown",)
