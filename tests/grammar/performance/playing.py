"""What tests of playing share: the letters of the notes of a tune of quarter notes, as they are played."""

from tuneloom.grammar import parse
from tuneloom.grammar.tune.performance import Performance

LETTERS = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B", 72: "c"}


def perform(music: str, header: str = "M:1/4\nL:1/4\n") -> Performance:
    parsed = parse(f"X:1\nT:\n{header}K:C\n{music}\n")
    assert parsed.parseable
    return parsed.tune.performance()


def played(music: str, header: str = "") -> str:
    performance = perform(music, f"M:1/4\nL:1/4\n{header}")
    assert performance.complete
    return "".join(LETTERS[event.pitch] for event in performance.events)
