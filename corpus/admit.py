"""Turn one tune as found into a record of the data set, or a reject with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.corpus.melody import melody_id, timed
from tuneloom.corpus.record import Outcome, RawTune, Record, Reject
from tuneloom.corpus.sketch import SKETCH_PROFILE, TuneSketch, sketch_tune
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Diagnostic, Tune, parse
from tuneloom.grammar.canonical.elements import spell_unit
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import Chord, Note, Overlay, Rest

__all__ = ["admit"]


def admit(raw: RawTune, profile: str) -> Outcome:
    """Judge, repair and rewrite one tune. Never raises, whatever the tune contains."""
    repaired = repair(raw.text, raw.line, raw.file_header)
    parsed = repaired.parsed
    rejoined = "split-tune" in raw.repairs
    as_found = levels_of(run_rules(repaired.as_found, raw.text, raw.line, rejoined=rejoined))
    if not parsed.parseable:
        return Outcome(_reject_for(raw, parsed.diagnostics[0]), as_found, False)
    result = _record_or_reject(raw, parsed.tune, (*raw.repairs, *repaired.codes), profile)
    sketch = _sketch_of_record(result, parsed.tune, profile) if isinstance(result, Record) else None
    return Outcome(result, as_found, True, sketch)


def _sketch_of_record(record: Record, tune: Tune, profile: str) -> TuneSketch:
    """The sketch is the same in every profile, so that the split is."""
    text = record.abc
    if profile != SKETCH_PROFILE:
        text = training_text(tune, training_header(tune), SKETCH_PROFILE)
    return sketch_tune(record.id, tune, text)


def _record_or_reject(
    raw: RawTune, tune: Tune, repairs: tuple[str, ...], profile: str
) -> Record | Reject:
    notes = sum(len(e.notes) if isinstance(e, Chord) else 1 for e in _sounding(tune))
    if not notes:
        return _reject_tune(raw, "no-note", "the tune has no note")
    if _has_several_voices(tune):
        return _reject_tune(raw, "multi-voice", "the tune has several voices or overlays")
    header = training_header(tune)
    text = training_text(tune, header, profile)
    levels = _training_levels(text)
    if not levels:
        return _reject_tune(raw, "not-canonical", "what the profile keeps of the tune is no tune")
    identity = melody_id(tune)
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
        bars=sum(any(isinstance(e, Note | Chord | Rest) for e in b.elements) for b in tune.bars),
        notes=notes,
        levels=levels,
        repairs=repairs,
    )


def _training_levels(training_text: str) -> tuple[str, ...]:
    """The levels of the training text, with the X: and T: that it lacks, as for generated tunes."""
    text = "X:1\nT:\n" + training_text
    return levels_of(run_rules(parse(text), text))


def _sounding(tune: Tune) -> Iterator[Note | Chord]:
    return (e for e in timed(tune) if not isinstance(e, Rest))


def _has_several_voices(tune: Tune) -> bool:
    elements = (e for bar in tune.bars for e in bar.elements)
    return len(tune.voices) > 1 or any(isinstance(e, Overlay) for e in elements)


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
