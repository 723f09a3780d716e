"""The order in which the bars of a voice are played: repeats, endings, and jumps such as D.C."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tuneloom.grammar.performance.play_signs import PlaySigns

__all__ = ["MAX_JUMPS", "RepeatedSection", "played_bars", "repeated_sections"]

MAX_JUMPS = 100
"""How many jumps are followed in a voice."""


class RepeatedSection(Struct, frozen=True):
    """The bars from `start` up to `end` (positions among the signs) and the numbers of their passes."""

    start: int
    end: int
    passes: tuple[int, ...] = (1,)


def repeated_sections(signs: Sequence[PlaySigns]) -> list[RepeatedSection]:
    """Divide a voice, or a part of it, into sections that are repeated each for itself.

    A section begins at `|:`, after `:|`, at a part, after the last ending, or at a double bar line unless a
    `|:` or a first ending before it is still open (4.8). If no double bar line ends the last ending before
    the next first one, it is as long as the ending before it.
    """
    sections: list[RepeatedSection] = []
    start, is_open = 0, False
    ending, last_ending = 0, -1  # where an ending began, and where the last one ends
    for position, sign in enumerate(signs):
        split = start
        if 1 in sign.endings and start < last_ending < position:
            split = last_ending
        elif position > start and _starts_section(signs[position - 1], sign, is_open):
            split = position
        if split > start:
            sections.append(RepeatedSection(start, split, _passes(signs[start:split])))
            start, is_open, last_ending = split, False, -1
        if sign.endings:
            is_open = 1 in sign.endings
            last_ending = -1 if is_open else 2 * position - ending
            ending = position
        elif position == start:
            is_open = bool(sign.starts)
    if signs:
        sections.append(RepeatedSection(start, len(signs), _passes(signs[start:])))
    return sections


def _starts_section(last: PlaySigns, following: PlaySigns, is_open: bool) -> bool:
    if following.starts or following.part:
        return True
    if last.ends:
        return not following.endings or 1 in following.endings
    return last.closes and not is_open and not following.endings


def _passes(signs: Sequence[PlaySigns]) -> tuple[int, ...]:
    """The numbers of the passes of a section: as its endings say, else as the colons of its `:|` do."""
    colons = max(sign.ends for sign in signs)
    endings = [sign.endings for sign in signs if sign.endings]
    if not colons and len(endings) < 2:
        return (1,)
    if not endings:
        return tuple(range(1, max(colons, signs[0].starts) + 2))
    numbers = {1}.union(*endings)
    if len(endings) == 1 and 1 in endings[0]:
        numbers.add(max(numbers) + 1)  # the last ending is missing
    return tuple(sorted(numbers))


def played_bars(signs: Sequence[PlaySigns]) -> Iterator[int]:
    """The positions among the signs in playing order. Each jump is followed once.

    Bars that a jump plays again are not repeated again; of endings the last is played.
    """
    sections = repeated_sections(signs)
    leave, coda = _coda(signs)
    segno = next((i for i, sign in enumerate(signs) if sign.segno), 0)
    followed: set[int] = set()
    start, known, until = 0, -1, "end"
    while True:
        for position, is_last in _walk(signs, sections, start, known):
            sign = signs[position]
            if until in ("", "coda") and position == leave:
                start, until = coda, "end"
                break
            yield position
            known = max(known, position)
            if until in ("", "fine") and sign.fine:
                return
            if sign.jump and is_last and position not in followed and len(followed) < MAX_JUMPS:
                followed.add(position)
                start, until = (segno if sign.jump == "segno" else 0), sign.until
                break
        else:
            return


def _coda(signs: Sequence[PlaySigns]) -> tuple[int, int]:
    """The bar before which a jump leads to the coda, and the coda's first bar; -1 without a coda."""
    codas = [i for i, sign in enumerate(signs) if sign.coda]
    leave = next((i + 1 for i, sign in enumerate(signs) if sign.to_coda), codas[0] if codas else -1)
    return (leave, codas[-1]) if codas and leave < codas[-1] else (-1, -1)


def _walk(
    signs: Sequence[PlaySigns], sections: Sequence[RepeatedSection], start: int, known: int
) -> Iterator[tuple[int, bool]]:
    """The positions from `start` on, each with whether it is played for the last time.

    Sections that begin up to `known` have been played already, and are not repeated.
    """
    for section in sections:
        if section.end <= start:
            continue
        passes = section.passes[-1:] if section.start <= known else section.passes
        for number in passes:
            is_last = number == passes[-1]
            for position in _one_pass(signs, section, number, is_last):
                if position >= start or number != passes[0]:
                    yield position, is_last


def _one_pass(
    signs: Sequence[PlaySigns], section: RepeatedSection, number: int, is_last: bool
) -> Iterator[int]:
    """One pass of a section: of its endings only what has its number, if it has several passes."""
    skipping = in_ending = False
    for position in range(section.start, section.end):
        sign = signs[position]
        if sign.endings:
            skipping = len(section.passes) > 1 and number not in sign.endings
            if skipping and in_ending and not is_last:
                return  # `|1 … |2`: an ending goes back where the next begins
            in_ending = not skipping
        if not skipping:
            yield position
        if sign.ends:
            if not skipping and not is_last:
                return
            skipping = False
