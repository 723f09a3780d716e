"""What must hold of the text of any tune, one trial for each thing that is done with tunes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.corpus.admit import admit
from tuneloom.corpus.melody import Melody
from tuneloom.corpus.playback.midi import midi_bytes
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.written_files import UnwritableTune
from tuneloom.corpus.record import RawTune, Record
from tuneloom.grammar import ParseResult, is_parseable, parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.editing.tunes.bars_per_line import lay_out_bars
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
from tuneloom.grammar.editing.tunes.transposition import Transposition
from tuneloom.grammar.editing.tunes.unit_length import scale_unit_length
from tuneloom.grammar.repairs import repair
from tuneloom.model.score.tunes.tune_set import TunebookTune
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.web.entries import page_entry

__all__ = ["TRIALS", "Trial", "TriedTune"]


@dataclass(frozen=True, slots=True)
class TriedTune:
    """The text of a tune, the header of its file, and how they were parsed."""

    text: str
    header: str
    parsed: ParseResult


Trial = Callable[[TriedTune], None]
"""Does something with a tune; fails an assertion or raises."""


def _try_engines(tune: TriedTune) -> None:
    assert tune.parsed.parseable == is_parseable(tune.text, tune.header), "the engines disagree"
    assert tune.parsed.parseable == (not tune.parsed.diagnostics), "refused without a reason"


def _try_checking(tune: TriedTune) -> None:
    lines = tune.text.split("\n")
    for found in check_tune(tune.text, 1, tune.header):
        assert 1 <= found.line <= len(lines) + 1, "a finding at a line that is not there"
        assert found.column >= 1, "a finding without a column"


def _try_formatting(tune: TriedTune) -> None:
    formatted = format_tune(tune.text, tune.header)
    assert formatted.count("\n") == tune.text.count("\n"), "formatting changed the number of lines"
    assert format_tune(formatted, tune.header) == formatted, "formatting twice changes something"
    if tune.parsed.parseable:
        after = parse(formatted, 1, tune.header)
        assert after.parseable, "the formatted text is not a tune"
        assert musically_equal(tune.parsed.tune, after.tune), "formatting changed the music"


def _try_repairing(tune: TriedTune) -> None:
    repaired = repair(tune.text, 1, tune.header)
    assert repaired.text.count("\n") >= tune.text.count("\n"), "a repair took a line away"
    assert not tune.parsed.parseable or repaired.parsed.parseable, "a repair broke a tune"
    again = repair(repaired.text, 1, tune.header)
    assert again.text == repaired.text, "repairing twice changes something"


def _try_transposing(tune: TriedTune) -> None:
    if tune.parsed.parseable:
        with suppress(CannotEdit):
            moved = transpose_tune(tune.parsed, tune.text, Transposition(2), tune.header)
            assert parse(moved, 1, tune.header).parseable, "the transposed text is not a tune"


def _try_laying_out(tune: TriedTune) -> None:
    if tune.parsed.parseable:
        with suppress(CannotEdit):
            laid_out = lay_out_bars(tune.parsed, tune.text, 3, tune.header)
            assert parse(laid_out, 1, tune.header).parseable, "the text laid out is not a tune"
        with suppress(CannotEdit):
            halved = scale_unit_length(tune.parsed, tune.text, Fraction(1, 2), tune.header)
            assert parse(halved, 1, tune.header).parseable, "the text with another L: is not a tune"


def _try_scoring(tune: TriedTune) -> None:
    judge_tune(TunebookTune(tune.text, tune.header))


def _try_admitting(tune: TriedTune) -> None:
    result = admit(
        RawTune("fuzz", "fuzz.abc", "none", 0, 1, tune.text, tune.header), "melody"
    ).result
    if isinstance(result, Record):
        again = parse("X:1\nT:\n" + result.abc)
        assert again.parseable, "the training text is not parseable"
        assert Melody.of(again.tune).id == result.id, "the training text sounds different"


def _try_playing(tune: TriedTune) -> None:
    if tune.parsed.parseable:
        with suppress(UnwritableTune):
            midi_bytes(tune.parsed.tune, play(tune.parsed.tune, 1, tune.parsed.resolved), "a title")


def _try_showing(tune: TriedTune) -> None:
    header_facts(tune.text, tune.header)
    page_entry(tune.text, tune.header)


TRIALS: Mapping[str, Trial] = {
    "engines": _try_engines,
    "check": _try_checking,
    "format": _try_formatting,
    "repair": _try_repairing,
    "transpose": _try_transposing,
    "layout": _try_laying_out,
    "score": _try_scoring,
    "admit": _try_admitting,
    "play": _try_playing,
    "page": _try_showing,
}
"""What is done with a tune, by name."""
