"""Copies of a training text in disguise, which the score has to find."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from tests.support.tunes import parse_tune
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.keys.transpose import transpose
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar.performance.perform import perform_tune
from tuneloom.grammar.source.segments import split_header
from tuneloom.grammar.tune.elements import BarLine
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER

__all__ = ["DISGUISES", "written_out"]

_LENGTH = re.compile(r"^L:1/(\d+)$", re.MULTILINE)
_CHANGE = re.compile(r"^[KM]:|\[[KM]:", re.MULTILINE)
_NOTE = re.compile(
    r"""^[H-Zh-z]:.*$ | \[[A-Za-z]:[^]]*] | ![^!]*! | "[^"]*" | (?P<letter>[A-Ga-g])(?P<marks>[,']*)""",
    re.VERBOSE | re.MULTILINE,
)


def _tone_up(text: str) -> str:
    return transpose(text, 2) or text


def _lengths(factor: float) -> Callable[[str], str]:
    return lambda text: _LENGTH.sub(lambda found: f"L:1/{int(int(found[1]) * factor)}", text)


def _octave_up(text: str) -> str:
    header, body = split_header(text)
    return header + _NOTE.sub(_higher, body)


def _higher(found: re.Match[str]) -> str:
    letter, marks = found["letter"], found["marks"]
    if not letter:
        return found[0]
    if "," in marks:
        return letter + marks.replace(",", "", 1)
    return letter + marks + "'" if letter.islower() else letter.lower() + marks


def written_out(text: str) -> str:
    """The tune bar after bar as it is played, without repeat signs and endings.

    One whose key or metre changes is left as it is: the field may be outside of the bars that are played.
    """
    if _CHANGE.search(split_header(text)[1]):
        return text
    tune = parse_tune(DRAW_HEADER + text)
    voice = tune.voices[0]
    played = [voice.bars[bar.bar] for bar in perform_tune(tune).bars[0]]
    bars = tuple(replace(bar, line=BarLine("|")) for bar in played)
    plain = replace(tune, voices=(replace(voice, bars=bars),), text="")
    return training_text(plain, training_header(plain), "melody")


DISGUISES: dict[str, Callable[[str], str]] = {
    "a tone up": _tone_up,
    "lengths halved": _lengths(2),
    "lengths doubled": _lengths(0.5),
    "an octave up": _octave_up,
    "repeats written out": written_out,
}
