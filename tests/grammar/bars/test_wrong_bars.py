"""The metre that all bars have, if no other can be meant."""

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.bars.wrong_bars import undisputed_meter
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.repairs import repair

REEL = "A2|dfff cAAA|dfgf edcB|dfff cAAA|dBdf e2d2|d6|]\n"
SLIP_JIG = "D|GAB c2d BAG|GAB dBG AFD|GAB dBG AFD|GAB c2d BAG|ABc dBG G2:|\n"


def tune(meter: str, music: str, length: str = "1/8") -> str:
    return f"X:1\nT:x\nM:{meter} % as found\nL:{length}\nK:G\n{music}"


@pytest.mark.parametrize(
    ("said", "music", "meant"),
    [
        ("3/4", REEL, "4/4"),
        ("5/4", REEL, "4/4"),
        ("6/8", SLIP_JIG, "9/8"),
        ("12/8", SLIP_JIG, "9/8"),
        ("4/4", REEL, ""),  # it is right
        ("2/4", REEL, ""),  # L:1/16 may be meant
        ("6/8", REEL, ""),  # in twos and not in threes
        ("3/4", SLIP_JIG, ""),  # no number of quarters
        ("4/4", "GAB c3|" * 5, ""),  # 3/4 or 6/8
        ("3/4", "dfff cAAA|dfgf edcB|dfff cAAA|\n", ""),  # too few bars
        ("3/4", "A2|" + REEL.replace("d6", "d7"), ""),  # one bar does not agree
    ],
)
def test_the_metre_that_all_bars_have(said: str, music: str, meant: str) -> None:
    text = tune(said, music)
    parsed = parse(text)
    assert parsed.parseable
    assert undisputed_meter(parsed.bars.voices) == meant
    assert repair(text).text == (tune(meant, music) if meant else text)


def test_the_repair_is_announced_and_recorded() -> None:
    (found,) = check_tune(tune("3/4", REEL))
    assert (found.code, found.repairable) == ("wrong-meter", True)
    assert repair(tune("3/4", REEL)).codes == ("wrong-meter",)
