"""The last note is seen from the tonic."""

import pytest

from tests.support.aids import read_aid
from tuneloom.corpus.training_text.keys.one_tonic import to_one_tonic

NO_INTERVAL, NO_HEIGHT = 12, 31


def tonic_after(key: str, music: str) -> list[int]:
    """The interval in semitones, and the height in steps, where the tonic from C to B is at 10."""
    aid = read_aid("tonic", f"M:4/4\nL:1/8\nK:{key}\n{music}")
    return list(map(int, aid.features[-1]))


@pytest.mark.parametrize(
    ("key", "music", "interval", "height"),
    [
        ("C", "", NO_INTERVAL, NO_HEIGHT),
        ("C", "z", NO_INTERVAL, NO_HEIGHT),
        ("C", "C", 0, 10),
        ("D", "F", 4, 12),
        ("Gm", "B", 3, 12),
        ("Ebmix", "d", 10, 16),  # D flat
        ("C", "c'", 0, 24),
        ("C", "C,,", 0, 0),
        ("C", "C,,,,,", 0, 0),
        ("C", "^F", 6, 13),
        ("C", "^FGF", 6, 13),
        ("C", "^Ff", 6, 20),  # in all octaves
        ("C", "^F,", 6, 6),
        ("C", "^FG|F", 5, 13),  # until the bar ends
        ("G", "=F", 10, 9),
        ("C", "{^f}g2f", 6, 20),  # that of a grace note too
        ("C", "[CE]", 4, 12),
        ("C", "c2[K:G]f", 11, 16),
        ("none", "D", 2, 11),
    ],
)
def test_the_last_note_has_an_interval_and_a_height(
    key: str, music: str, interval: int, height: int
) -> None:
    assert tonic_after(key, music) == [interval, height]


@pytest.mark.parametrize("key", ["D", "Gm", "Ebmix", "F#dor", "D exp ^c ^f"])
@pytest.mark.parametrize("music", ["F", "^Ff", "=B,|b'", "[K:A]c", "{^f}g2f", "_E2 [EG]"])
def test_music_in_one_tonic_is_seen_from_c(key: str, music: str) -> None:
    own = f"M:4/4\nL:1/8\nK:{key}\n{music}"
    moved = read_aid("tonic", to_one_tonic(own), in_one_tonic=True)
    assert list(moved.features[-1]) == list(read_aid("tonic", own).features[-1])
