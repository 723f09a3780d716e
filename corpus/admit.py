"""Turn one tune as found into a record of the data set, or a reject with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from tuneloom.corpus.melody import Melody, timed
from tuneloom.corpus.record import Outcome, RawTune, Record, Reject
from tuneloom.corpus.sketch import SKETCH_PROFILE, sketch_melody
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.levels import training_levels
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Diagnostic, Tune
from tuneloom.grammar.canonical.elements import spell_unit
from tuneloom.grammar.checking.levels import levels_reached
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import Chord, Note, Overlay, Rest

__all__ = ["admit"]

_COUNTED = frozenset((Note, Chord, Rest))
"""What is in a bar that is counted as one."""


def admit(raw: RawTune, profile: str) -> Outcome:
    """Judge, repair and rewrite one tune. Never raises, whatever the tune contains."""
    repaired = repair(raw.text, raw.line, raw.file_header)
    parsed = repaired.parsed
    rejoined = "split-tune" in raw.repairs
    as_found = levels_reached(repaired.as_found, raw.text, raw.line, rejoined=rejoined)
    if not parsed.parseable:
        return Outcome(_reject_for(raw, parsed.diagnostics[0]), as_found, False)
    levels = levels_reached(parsed, repaired.text, raw.line) if repaired.codes else as_found
    repairs = (*raw.repairs, *repaired.codes)
    if fault := _fault_of(parsed.tune):
        return Outcome(_reject_tune(raw, *fault), as_found, True)
    melody = Melody.of(parsed.tune)
    result = _record_or_reject(raw, parsed, melody, levels, repairs, profile)
    sketch = None
    if isinstance(result, Record):
        sketch = sketch_melody(result.id, melody, _sketched_text(result, parsed.tune, profile))
    return Outcome(result, as_found, True, sketch)


def _fault_of(tune: Tune) -> tuple[str, str] | None:
    """Why a tune does not become a training text: a code and what it says."""
    kinds = {type(element) for bar in tune.bars for element in bar.elements}
    if kinds.isdisjoint((Note, Chord)):
        return "no-note", "the tune has no note"
    if len(tune.voices) > 1 or Overlay in kinds:
        return "multi-voice", "the tune has several voices or overlays"
    return None


def _sketched_text(record: Record, tune: Tune, profile: str) -> str:
    """The text of the sketch is the same in every profile, so that the split is."""
    if profile == SKETCH_PROFILE:
        return record.abc
    return training_text(tune, training_header(tune), SKETCH_PROFILE)


def _record_or_reject(
    raw: RawTune,
    parsed: ParsedTune,
    melody: Melody,
    own: Sequence[Level],
    repairs: tuple[str, ...],
    profile: str,
) -> Record | Reject:
    """`own` are the levels of the tune after the repairs."""
    tune = parsed.tune
    header = training_header(tune)
    text = training_text(tune, header, profile)
    levels = training_levels(text, parsed, own, profile)
    if not levels:
        return _reject_tune(raw, "not-canonical", "what the profile keeps of the tune is no tune")
    identity = melody.id
    return Record(
        abc=text,
        id=identity,
        family=identity,
        source=raw.source,
        path=raw.path,
        license=raw.license,
        offset=raw.offset,
        row=raw.row,
        title=decode_text(tune.field("T")),
        rhythm=header.rhythm,
        meter=header.meter,
        unit_note_length=spell_unit(header.unit),
        tonic=header.key.tonic,
        mode=header.key.mode,
        bars=sum(not _COUNTED.isdisjoint(map(type, bar.elements)) for bar in tune.bars),
        notes=sum(_notes_at_once(element) for element in timed(tune)),
        levels=levels,
        repairs=repairs,
    )


def _notes_at_once(element: Note | Chord | Rest) -> int:
    return len(element.notes) if isinstance(element, Chord) else isinstance(element, Note)


def _reject_tune(raw: RawTune, code: str, message: str) -> Reject:
    return Reject(raw.source, raw.path, raw.offset, raw.line, 1, code, message, row=raw.row)


def _reject_for(raw: RawTune, found: Diagnostic) -> Reject:
    """The reject for a diagnostic; one in lines that are not in the file moves to the tune's first line."""
    line, column = found.line - raw.lead, found.column
    if raw.lead and line < raw.line:
        line, column = raw.line, 1
    tune_line = 0 if raw.in_lines else line - raw.line + 1
    return Reject(
        source=raw.source,
        path=raw.path,
        offset=raw.offset,
        line=line if raw.in_lines else raw.line,
        column=column,
        code=found.code,
        message=found.message,
        row=raw.row,
        tune_line=tune_line,
    )
