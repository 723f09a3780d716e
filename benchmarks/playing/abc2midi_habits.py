"""Where abc2midi plays a tune in a way of its own, each with a spelling that leaves it no choice."""

from __future__ import annotations

from benchmarks.playing.habits import JUMPS_IGNORED, PlayingHabit
from benchmarks.playing.note_spellings import (
    chords_of_equal_notes,
    lengths_for_broken_rhythm,
    ties_over_repeats,
    ties_to_other_pitches,
    tuplets_with_time,
)
from benchmarks.playing.repeat_spellings import (
    endings_without_repeat,
    other_text_in_parts,
    plain_lines_for_unclosed_repeats,
    repeats_after_last_ending,
    repeats_without_start,
    two_colons,
    voltas_after_other_lines,
)

__all__ = ["ABC2MIDI_HABITS"]

ABC2MIDI_HABITS = (
    JUMPS_IGNORED,
    PlayingHabit("P: with other text, such as `P:D.S.`, begins a part", other_text_in_parts),
    PlayingHabit("`||1` begins no ending", voltas_after_other_lines),
    PlayingHabit("`:|:` after endings begins no repeat", two_colons),
    PlayingHabit("endings without `:|` between them end the tune", endings_without_repeat),
    PlayingHabit("`(5` in 3/4 takes the time of three notes", tuplets_with_time),
    PlayingHabit(
        "a repeat without start, after endings or `||`, goes back further", repeats_without_start
    ),
    PlayingHabit("`:|` after the last ending goes back once more", repeats_after_last_ending),
    PlayingHabit("`|:` without `:|` is repeated", plain_lines_for_unclosed_repeats),
    PlayingHabit(
        "the notes of a chord last as long as the first, which the standard leaves open",
        chords_of_equal_notes,
        is_heard=True,
    ),
    PlayingHabit(
        "`>` and `<` between unequal notes or in a chain, which the standard leaves open",
        lengths_for_broken_rhythm,
    ),
    PlayingHabit("a tie to another pitch swallows a note", ties_to_other_pitches),
    PlayingHabit("a tie holds into the first ending only", ties_over_repeats, is_heard=True),
)
