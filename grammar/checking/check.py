"""One tune -> everything that is wrong with it, by the grammar and by the rules beyond syntax."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tuneloom.grammar.checking.levels import all_codes
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.parsing.parser import first_error, parseable_text, resolve_parseable
from tuneloom.grammar.parsing.result import ParseFailure, ParseResult
from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.rules.catalogue import RULES
from tuneloom.grammar.source.resolver import Resolved

if TYPE_CHECKING:
    from tuneloom.grammar.repairs.apply import Repaired

__all__ = ["asks_for_rules", "check_tune", "run_rules"]


def check_tune(
    text: str,
    line: int = 1,
    file_header: str = "",
    codes: Collection[str] | None = None,
    references: Mapping[str, int] | None = None,
    *,
    rejoined: bool = False,
    music_before: Mapping[str, int] | None = None,
) -> tuple[Diagnostic, ...]:
    """Find what is wrong with one tune, in the order of the places.

    `codes` are those to look for, by default all; `line` and `file_header` are those of `parse`;
    `references` has the X: numbers of the tunes before it in the file, each with its line, and
    `music_before` what `written_music` says of them; `rejoined` is that of `BookTune`. A tune that is not
    parseable has the findings of `syntax_errors` alone, since no rule can look at it. Comments in the tune
    may suppress findings (`diagnostics.suppressions`).
    """
    # What a tune without findings does not need is imported below, when there are some.
    with_rules = "tuneloom:" in text or asks_for_rules(codes)
    judge = resolve_parseable if with_rules else _failure_of
    quick = parseable_text(text, file_header)
    judged = judge(text, line, file_header) if quick is None else None
    failure = judged if isinstance(judged, ParseFailure) else None
    resolved = judged if isinstance(judged, Resolved) else None
    context = RuleContext(
        text,
        resolved.text if resolved else quick or "",
        line,
        file_header,
        resolved,
        references or {},
        all_codes,
        rejoined,
        music_before or {},
    )
    found: Iterable[Diagnostic] = ()
    if failure:
        from tuneloom.grammar.checking.syntax_errors import syntax_errors

        found = syntax_errors(text, line, file_header, failure)
    elif with_rules:
        found = _found_by_rules(context, RULES if codes is None else codes)
    wanted = [d for d in found if codes is None or d.code in codes]
    if not wanted:
        return ()
    from tuneloom.grammar.diagnostics.suppressions import suppressions_of

    suppressions = suppressions_of(text, line)
    wanted = [d for d in wanted if not suppressions.covers(d)]
    wanted.sort(key=lambda d: (d.line, d.column, d.code))
    return _mark_repairable(wanted, failure, context)


# The finding of a comment that names an unknown code, which takes no tree to see that there is none.
_OF_COMMENTS = frozenset({"unknown-code"})


def asks_for_rules(codes: Collection[str] | None) -> bool:
    """Whether a code is that of a rule, which may look at a tree; if not, the automaton tells faster."""
    return codes is None or not frozenset(codes).difference(_OF_COMMENTS).isdisjoint(RULES.names)


def _failure_of(text: str, line: int, file_header: str) -> ParseFailure | None:
    """What `parse` says of a text that is not parseable; None if it is."""
    error = first_error(text, line, file_header)
    return ParseFailure((error,)) if error else None


def _found_by_rules(context: RuleContext, codes: Container[str]) -> tuple[Diagnostic, ...]:
    rules = (rule for rule in RULES.values() if rule.code in codes)
    return tuple(found for rule in rules for found in rule.diagnose(context))


def run_rules(
    parsed: ParseResult, text: str, line: int = 1, codes: Collection[str] | None = None
) -> tuple[Diagnostic, ...]:
    """What the grammar says of a tune or, if it is parseable, what the rules say.

    `codes` are those to look for, by default those that decide the levels. The others are as above.
    """
    if not parsed.parseable:
        return parsed.diagnostics
    if codes is None:
        codes = [rule.code for rule in RULES.values() if rule.level != "collection"]
    resolved = parsed.resolved.text
    context = RuleContext(text, resolved, line, read=parsed, known_codes=all_codes)
    return _found_by_rules(context, codes)


def _mark_repairable(
    found: list[Diagnostic], failure: ParseFailure | None, context: RuleContext
) -> tuple[Diagnostic, ...]:
    """The findings of a tune, each with whether a repair mends it: it is gone when the repair is made."""
    from tuneloom.grammar.repairs.apply import repair
    from tuneloom.grammar.repairs.catalogue import REPAIRS

    with_repair = {each.code for each in REPAIRS.values()}.intersection(d.code for d in found)
    if not with_repair:
        return tuple(found)
    text, line = context.text, context.line
    as_found = failure or context.parsed

    def mended_by(found: list[Diagnostic], unsafe: bool) -> set[Diagnostic]:
        codes = with_repair.intersection(d.code for d in found)
        repaired = repair(
            text, line, context.file_header, unsafe, for_codes=codes, as_found=as_found
        )
        codes.intersection_update(repaired.codes)
        added = repaired.text.count("\n") - text.count("\n")  # lines are only added to the header
        # A text that was repaired is a tune, in which only rules find anything.
        of_rules = codes.intersection(RULES.names)
        again = _found_again(repaired, of_rules, context) if of_rules else ()
        left = {(d.code, d.line - added) for d in again}
        return {d for d in found if d.code in codes and (d.code, d.line) not in left}

    safely = mended_by(found, unsafe=False)
    guesses = {each.code for each in REPAIRS.values() if not each.safe}
    others = [d for d in found if d not in safely and d.code in guesses]
    by_guess = mended_by(others, unsafe=True) if others else set()
    return tuple(
        replace(d, repairable=d in safely, repairable_by_guess=d in by_guess) for d in found
    )


def _found_again(
    repaired: Repaired, codes: Container[str], before: RuleContext
) -> tuple[Diagnostic, ...]:
    """What rules find in the tune after its repair."""
    quick = parseable_text(repaired.text, before.file_header)
    read = repaired.parsed if quick is None else None
    assert not isinstance(read, ParseFailure), "a repair makes a tune"
    resolved = read.resolved.text if read else quick or ""
    after = replace(before, text=repaired.text, resolved_text=resolved, read=read, music_before={})
    return _found_by_rules(after, codes)
