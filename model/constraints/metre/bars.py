"""Which bar line may come next, and whether the tune may end.

Every bar is full except a pickup of any length at the start of the tune, and the bars that complete it. Bars
add up in playing order: what the last bar of a section lacks (nothing, or the pickup) is what the next
section begins with, and, before a repeat sign, what the repeated music began with. The tune ends with a full
bar, or with one that lacks the pickup. This is stricter than the rule by which tunes are judged, which
allows short bars at the ends of sections: a network would take advantage of it.

Repeats and voltas keep to the usual order: `|1` only where no ending is open, followed by `:|2` only. Where
no sign opens a repeat, some players go back to the last repeat sign and some to a double bar, so the two
must not differ.
"""

from __future__ import annotations

from tuneloom.model.constraints.metre.state import AMBIGUOUS, PLAIN, UNTIMED, BarState

__all__ = [
    "LAST_ENDING",
    "after_bar_line",
    "after_repeat_end",
    "after_section",
    "allows_bar_line",
    "allows_double_bar",
    "allows_repeat_end",
    "allows_tune_end",
    "is_all_closed",
    "is_full",
]  # fmt: skip

LAST_ENDING = 4


def is_full(bar: BarState) -> bool:
    return _lacks(bar, 0)


def allows_bar_line(bar: BarState) -> bool:
    """Whether a plain `|` may come here, with more of the section to follow."""
    return is_full(bar) or _is_pickup(bar)


def allows_double_bar(bar: BarState) -> bool:
    """Whether a double bar, or a sign that opens a repeat, may come here."""
    return allows_bar_line(bar) or _lacks(bar, bar.pickup)


def allows_repeat_end(bar: BarState) -> bool:
    """Whether a sign that closes a repeat may come here."""
    return bar.repeat != AMBIGUOUS and _lacks(bar, _missing_before_repeat(bar))


def allows_tune_end(bar: BarState) -> bool:
    """Whether the bar is long enough for the tune to end with it."""
    return _lacks(bar, 0) or _lacks(bar, bar.pickup)


def is_all_closed(bar: BarState) -> bool:
    """Whether the tune has a note and no tie, repeat or ending is open."""
    return bar.has_note and not bar.is_tied and bar.repeat != 1 and bar.ending != 1


def after_bar_line(bar: BarState) -> BarState:
    """The state after a plain `|`, or the `|` of a volta."""
    after = bar._replace(elapsed=0, has_content=False, is_first_bar=False)
    if _is_pickup(bar):
        return after._replace(pickup=bar.elapsed, repeats_pickup=True, has_note=False)
    return after


def after_section(bar: BarState, opens: bool = False) -> BarState:
    """The state after a double bar, or after one that opens a repeat.

    A pickup of its own, before that bar line, is not repeated.
    """
    if _is_pickup(bar):
        after, with_pickup = after_bar_line(bar), False
    else:
        after = _after_split(bar)
        with_pickup = after.elapsed > 0
    if opens:
        return _begin_section(after, with_pickup, repeat=1)
    if bar.repeat == 1 or with_pickup == after.repeats_pickup:
        return after._replace(ending=0)
    return _begin_section(after, with_pickup, repeat=AMBIGUOUS)


def after_repeat_end(bar: BarState, repeat: int = 0) -> BarState:
    return _after_split(bar)._replace(repeat=repeat, ending=0)


def _begin_section(after: BarState, with_pickup: bool, repeat: int) -> BarState:
    return after._replace(repeats_pickup=with_pickup, repeat=repeat, ending=0)


def _after_split(bar: BarState) -> BarState:
    """The state after a bar line that may split a bar; what follows completes it."""
    return bar._replace(
        elapsed=bar.elapsed if bar.elapsed < bar.bar_length else 0,
        has_content=False,
        is_first_bar=False,
    )


def _is_pickup(bar: BarState) -> bool:
    return bar.is_first_bar and _is_complete(bar) and bar.elapsed < bar.bar_length


def _is_complete(bar: BarState) -> bool:
    return bar.has_content and bar.tuplet is None and bar.broken_factor == PLAIN


def _missing_before_repeat(bar: BarState) -> int:
    """What the last bar of a repeated part has to lack, in ticks."""
    return bar.pickup if bar.repeats_pickup else 0


def _lacks(bar: BarState, time: int) -> bool:
    return _is_complete(bar) and (bar.bar_length == UNTIMED or bar.bar_length - bar.elapsed == time)
