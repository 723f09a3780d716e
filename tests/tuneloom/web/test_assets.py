"""The files that a page is put together from."""

from importlib.resources import files

from tuneloom.web.assets import ABCJS, SCRIPTS, STYLES, read_asset


def test_every_file_is_used() -> None:
    there = {
        file.name for file in files("tuneloom.web").joinpath("static").iterdir() if file.is_file()
    }
    assert there == {"page.html", ABCJS, "abcjs-LICENSE.md", *STYLES, *SCRIPTS}


def test_no_script_ends_the_block_that_it_is_in() -> None:
    for name in (ABCJS, *SCRIPTS):
        script = read_asset(name).lower()
        assert "</script" not in script
        assert "<!--" not in script


def test_texts_become_elements_in_no_other_way_than_as_text() -> None:
    for name in SCRIPTS:
        script = read_asset(name)
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script
