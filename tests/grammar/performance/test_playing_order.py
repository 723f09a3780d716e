"""The order in which bars are played."""

import pytest

from tests.grammar.performance.playing import played


@pytest.mark.parametrize(
    ("music", "order"),
    [
        ("C|D|", "CD"),
        ("|:C|D:|E|", "CDCDE"),
        ("C|D:|E|F:|G|", "CDCDEFEFG"),
        ("C|D||E|F:|", "CDEFEF"),
        ("C|D|]E|1F:|2G|", "CDEFEG"),
        ("C|D:|E||F|G:|", "CDCDEFGFG"),
        ("|:C|D||E|F:|", "CDEFCDEF"),
        ("|:C|1D||E:|2F|", "CDECF"),
        ("|:C|D::E|F:|", "CDCDEFEF"),
        ("|:C:||:D:|", "CCDD"),
        ("|:C:|: D:|", "CCDD"),
        ("|:C|D|:E|F:|", "CDEFEF"),
        ("|:C|D|", "CD"),
        ("|::C|D::|E|", "CDCDCDE"),
        ("|:::C:::|D|", "CCCCD"),
        ("|:C|D::|", "CDCDCD"),
    ],
)
def test_a_section_is_played_as_often_as_its_repeat_says(music: str, order: str) -> None:
    assert played(music) == order


@pytest.mark.parametrize(
    ("music", "order"),
    [
        ("|:C|1D:|2E|", "CDCE"),
        ("|:C|[1 D:|[2 E|]", "CDCE"),
        ("|:C|[1,3D:|[2E||F|", "CDCECDF"),
        ("|:C|[1-3D:|[4E|F|", "CDCDCDCEF"),
        ("|:C|1D:|2E:|3F|G|", "CDCECFG"),
        ("|:C|1D:|E|", "CDCE"),
        ("|:C|1D:|2E:|F|G:|", "CDCEFGFG"),
        ("|:C|1D:|2E||F|G:|", "CDCEFGFG"),
        ("C|1D:|2E||F|1G:|2A|B|", "CDCEFGFAB"),
        ("|:C|1D|E:|2F|G|", "CDECFG"),
        ("|:C|D:|2E|", "CDCDE"),
        ("|:C|D:|1E:|2F|", "CDCDEF"),
        ("C|2D|E|", "CDE"),
        ("C|1D|2E||F|", "CDCEF"),
        ("|:C|1D:|7E|", "CDCE"),
        ("C|D|1E:|2F|G|A|1B:|2c|", "CDECDFGABGAc"),  # the last ending is as long as the first
        ("C|D|1E|F:|2G|A|B|1c:|2C|", "CDEFCDGABcBC"),
        ("C|1D:|2E|1F:|2G|", "CDCEG"),  # there is nothing between the endings
    ],
)
def test_a_pass_takes_the_ending_with_its_number(music: str, order: str) -> None:
    assert played(music) == order


@pytest.mark.parametrize(
    ("music", "order"),
    [
        ("C|D!fine!|E!D.C.!|", "CDECD"),
        ("C|D!fine!|E!dacapo!|", "CDECD"),
        ("C|D|!D.C.!|", "CDCD"),
        ("C|!segno!D|E!fine!|F!D.S.!|", "CDEFDE"),
        ("C|SD|E!fine!|F!D.S.alfine!|", "CDEFDE"),
        ("C|!segno!D|E!coda!|F!D.S.alcoda!|!coda!G|A|", "CDEFDEGA"),
        ("C|D!dacoda!|E!D.C.alcoda!|!coda!F|", "CDECDF"),
        ("C|D!coda!|E!D.C.!|F|!coda!G|", "CDECDG"),
        ("C|D!fine!|E!D.C.alcoda!|F|", "CDECDEF"),
        ("|:C|D:|!fine!|:E|F:|!D.C.!|", "CDCDEFEFCD"),
        ("|:C|1D:|2E||F!D.C.!|", "CDCEFCEF"),
        ("|:C|D!D.C.!:|E|", "CDCDCDE"),
        ("C|D!fine!|E!coda!|", "CDE"),
    ],
)
def test_a_jump_is_followed_once_and_repeats_nothing(music: str, order: str) -> None:
    assert played(music) == order


@pytest.mark.parametrize("name", ["D.C.alfred", "Fine", "capo", "trill"])
def test_other_decorations_move_nothing(name: str) -> None:
    assert played(f"C|D!fine!|E!{name}!|") == "CDE"
