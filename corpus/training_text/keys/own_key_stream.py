"""Texts spelled in one tonic that come in pieces, such as a tune being drawn, in their own key."""

from __future__ import annotations

import re

from tuneloom.corpus.training_text.keys.one_tonic import KEY_LINE, NO_MOVE, SIGN, KeyMove

__all__ = ["OwnKeyStream"]

# The characters that decide about a sign with which the text so far ends.
_ANY = re.compile(r"(?s:.)")
_LINE_END = re.compile(r"\n")
_AFTER_ACCIDENTAL = re.compile(r"[^\^_=]")
_AFTER_OPEN = {
    "note": re.compile(r"[^,']"),
    "quote": re.compile(r'(?<!\\)"|\n'),
    "name": re.compile(r"[! \t\n|:\[\]]"),
    "inline": re.compile(r"[\n\]|]"),
    "line": _LINE_END,
}


class OwnKeyStream:
    """`to_own_key` for a text that comes in pieces: gives out what no later piece changes."""

    def __init__(self, key: str = "") -> None:
        self._key = key
        self._move: KeyMove | None = None
        self._held: list[str] = []
        self._decisive = _LINE_END
        self._before = "\n"

    def feed(self, piece: str) -> str:
        """The text that is certain with this piece and has not been given out yet."""
        if self._move == NO_MOVE:
            return piece
        context = (self._held[-1] if self._held else self._before)[-1:]
        self._held.append(piece)
        if len(self._held) > 1 and not self._decisive.search(context + piece, 1):
            return ""
        text, self._held = "".join(self._held), []
        return self._header(text) if self._move is None else self._music(text)

    def close(self) -> str:
        """What is left at the end of the text."""
        text, self._held = "".join(self._held), []
        return self._music(text, is_end=True) if self._move else text

    def _header(self, text: str) -> str:
        """Whole lines, and the music after the line of the key."""
        if (found := KEY_LINE.search(text)) is None:
            end = text.rfind("\n") + 1
            self._held = [text[end:]] if text[end:] else []
            return text[:end]
        key = self._key or found[1]
        self._move = KeyMove.of(key, to_own=True)
        header, music = f"{text[: found.start()]}K:{key}\n", text[found.end() :]
        return header + (music if self._move == NO_MOVE else self._music(music))

    def _music(self, text: str, *, is_end: bool = False) -> str:
        assert self._move is not None
        text = self._before + text  # whether a line begins depends on what came before
        pieces, done = [], 1
        for sign in SIGN.finditer(text, 1):
            if sign.end() == len(text) and not (is_end or sign["quote_end"] or sign["name_end"]):
                self._hold(sign)
                text = text[: sign.start()]
                break
            pieces += [text[done : sign.start()], self._move.sign(sign)]
            done = sign.end()
        self._before = text[-1]
        return "".join([*pieces, text[done:]])

    def _hold(self, sign: re.Match[str]) -> None:
        self._held = [sign[0]]
        self._decisive = _AFTER_OPEN[sign.lastgroup or ""]
        if sign["note"] and sign[0][-1] in "^_=":
            self._decisive = _AFTER_ACCIDENTAL
        elif (sign["inline"] or sign["line"]) and ":" not in sign[0]:
            self._decisive = _ANY
