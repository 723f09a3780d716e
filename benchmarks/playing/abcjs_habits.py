"""Where abcjs plays a tune in a way of its own, each with a spelling that leaves it no choice."""

from __future__ import annotations

from benchmarks.playing.habits import JUMPS_IGNORED, PlayingHabit
from benchmarks.playing.note_spellings import (
    accidentals_after_keys,
    accidentals_in_full,
    chords_of_equal_notes,
    halved_rests,
    lengths_for_tuplets,
    no_ties_in_chords,
    ties_to_other_pitches,
    tuplets_with_time,
)
from benchmarks.playing.repeat_spellings import (
    bar_lines_at_line_ends,
    endings_without_repeat,
    final_bar_line,
    no_order_of_parts,
    repeats_after_last_ending,
    repeats_without_start,
    two_colons,
)

__all__ = ["ABCJS_HABITS"]

ABCJS_HABITS = (
    JUMPS_IGNORED,
    PlayingHabit("an order of parts is not followed", no_order_of_parts, is_heard=True),
    PlayingHabit("a repeat without start goes back further, or is not made", repeats_without_start),
    PlayingHabit("`:|` after the last ending goes back once more", repeats_after_last_ending),
    PlayingHabit("endings without `:|` between them are no repeat", endings_without_repeat),
    PlayingHabit("a single note after the last `:|` is not played", final_bar_line),
    PlayingHabit("`|:` after a line without bar line plays a note again", bar_lines_at_line_ends),
    PlayingHabit("`:|:` before endings begins no repeat", two_colons),
    PlayingHabit("a repeat goes back in the key of its end", accidentals_after_keys),
    PlayingHabit("an accidental holds in its octave only", accidentals_in_full),
    PlayingHabit(
        "a tie to another pitch holds up to the next tie from its own", ties_to_other_pitches
    ),
    PlayingHabit("`(9` in 6/8 takes the time of two notes", tuplets_with_time),
    PlayingHabit("the notes of a tuplet are equally long, and in one line", lengths_for_tuplets),
    PlayingHabit("a rest as long as a whole note lasts for a bar", halved_rests),
    PlayingHabit(
        "the notes of a chord last as long as the first, which the standard leaves open",
        chords_of_equal_notes,
        is_heard=True,
    ),
    PlayingHabit("a tie of one note of a chord is lost", no_ties_in_chords, is_heard=True),
)
