"""The abcjs that the package has is the one whose sums are on record."""

from importlib.resources import files

import pytest

from tuneloom.web.abcjs import ABCJS_FILES, ABCJS_VERSION, checksum


@pytest.mark.parametrize("name", ABCJS_FILES)
def test_a_file_of_abcjs_has_its_sum(name: str) -> None:
    data = files("tuneloom.web").joinpath("static", name).read_bytes()
    assert checksum(data) == ABCJS_FILES[name][1]


def test_the_version_is_the_one_that_abcjs_states() -> None:
    script = files("tuneloom.web").joinpath("static", "abcjs-basic-min.js").read_text("utf-8")
    assert f'"{ABCJS_VERSION}"' in script
