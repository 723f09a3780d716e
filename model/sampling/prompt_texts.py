"""The texts that tunes may begin with: a prompt in training spelling, together with the requested header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tuneloom.corpus.training_text.beginning import NoBeginning, TuneBeginning, read_beginning
from tuneloom.corpus.training_text.profiles import PROFILES
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import FIELD_OPTIONS, FIELD_ORDER, RequestedHeader, join_header

__all__ = ["PromptTexts", "prompt_texts"]


@dataclass(frozen=True, slots=True)
class PromptTexts:
    """Training texts, and what of the prompt they do not have."""

    texts: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def prompt_texts(
    run: RunDirectory, prompt: str, requested: RequestedHeader, name: str
) -> PromptTexts:
    """The beginnings that a prompt and a requested header leave open; `name` is the prompt's in errors.

    A field that neither of them has, but that comes before one of theirs, varies as in the training tunes.

    Raises:
        UsageError: no tune of this run begins like that, or prompt and header do not agree.
    """
    given = requested.fields()
    run = _with_key(run, requested.key)
    run.headers.check(requested)
    if not prompt.strip():
        return PromptTexts(tuple(run.headers.prompts(requested)) if given else ("",))
    try:
        begun = read_beginning(prompt, PROFILES.find(run.profile), given)
    except NoBeginning as error:
        raise UsageError(f"{name}: {error}{_advice(prompt, given)}") from None
    for letter, value in given.items():
        _check_agreement(begun, letter, value, name)
    run = _with_key(run, begun.fields.get("K", ""))
    return PromptTexts(tuple(_texts(run, begun, given, name)), begun.left_out)


def _advice(prompt: str, given: Mapping[str, str]) -> str:
    """What is worth a try where a prompt begins no tune, because it is a file or music alone."""
    if "\n" not in prompt and Path(prompt).is_file():
        return f"; to read the file {prompt}, use --prompt-file"
    return "" if ":" in prompt or "K" in given else "; or give key and meter by --key and --meter"


def _with_key(run: RunDirectory, key: str) -> RunDirectory:
    """The run as one that has seen `key`, if it has seen another whose tunes are spelled like those in it."""
    keys = run.headers.keys
    if not key or key in keys or not run.spelling.stand_in(key, keys):
        return run
    return replace(run, headers=replace(run.headers, keys=(*keys, key)))


def _check_agreement(begun: TuneBeginning, letter: str, value: str, name: str) -> None:
    opened, _, partial = begun.open_field.partition(":")
    own = partial if opened == letter else begun.fields.get(letter, value)
    if own != value and not (opened == letter and value.startswith(partial)):
        raise UsageError(
            f"{FIELD_OPTIONS[letter]} {value}: does not agree with {letter}:{own} of {name}; "
            "leave one of them out"
        )


def _texts(
    run: RunDirectory, begun: TuneBeginning, given: Mapping[str, str], name: str
) -> Iterator[str]:
    fields = {**begun.fields, **given}
    if begun.music is not None:
        yield begun.titles + join_header(fields) + begun.music
        return
    letter, _, partial = begun.open_field.partition(":")
    open_field = "" if letter in given else begun.open_field
    if letter == "T":
        yield begun.titles + open_field
        return
    begins = not given or "R" in fields or "M" in begun.fields
    if begins and _is_contiguous(fields, open_field[:1]):
        yield begun.titles + join_header(fields) + open_field
        return
    headers = list(_headers(run, fields, open_field[:1], partial, name))
    without_rhythm = [header for header in headers if not header.startswith("R:")]
    if "M" in begun.fields and "R" not in fields and without_rhythm:
        headers = without_rhythm
    yield from (begun.titles + header for header in headers)


def _is_contiguous(fields: Mapping[str, str], open_letter: str) -> bool:
    """Whether a training text may begin with exactly these fields; R: is optional."""
    letters = {*fields} - {open_letter}
    order = FIELD_ORDER if "R" in {*letters, open_letter} else FIELD_ORDER.replace("R", "")
    following = order[len(letters) : len(letters) + 1]
    return {*order[: len(letters)]} == letters and open_letter in ("", following)


def _headers(
    run: RunDirectory, fields: Mapping[str, str], open_letter: str, partial: str, name: str
) -> Iterator[str]:
    """The headers of training tunes with these fields, and with a field that begins like the open one."""
    if not open_letter:
        yield from run.headers.prompts(RequestedHeader.of_fields(fields), name)
        return
    values = [v for v in run.headers.values(open_letter) if v.startswith(partial)]
    if not values:
        raise UsageError(f"{name}: no tune the run was trained on has {open_letter}:{partial}")
    for value in values:
        wanted = RequestedHeader.of_fields({**fields, open_letter: value})
        yield from run.headers.prompts(wanted, name)
