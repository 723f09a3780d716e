"""The codes that are neither syntax errors nor rules: of repairs, rejects and generated tunes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["CODE_ORIGINS", "OTHER_CODES", "CodeOrigin", "OtherCode"]

CodeOrigin = Literal["repairs", "files", "tunes", "generated"]

CODE_ORIGINS: Mapping[CodeOrigin, str] = {
    "repairs": "what `tuneloom format --repair` and `tuneloom ingest` repair, and `check` need not report",
    "files": "why `tuneloom ingest` takes nothing from a file",
    "tunes": "why `tuneloom ingest` leaves out a tune that is parseable",
    "generated": "why `tuneloom score` does not count a generated text as one tune",
}
"""What the codes of each origin say."""


@dataclass(frozen=True, slots=True)
class OtherCode:
    """What a code means, why that matters, and what would be right; `bad` and `good` show it in ABC."""

    origin: CodeOrigin
    message: str
    why: str
    help: str
    bad: str = ""
    good: str = ""


OTHER_CODES: Mapping[str, OtherCode] = {
    "quoted-printable": OtherCode(
        "repairs",
        "the music has characters as e-mail encodes them, such as `=3D` for `=`",
        "`=20` was a blank: read as it is, it is no music",
        "save the decoded text of the mail, not its source",
        bad="A=20B c2|",
        good="A B c2|",
    ),
    "y-header": OtherCode(
        "repairs",
        "the header gives the order of parts in `Y:`",
        "no version of the standard has `Y:`: programs play the parts in the order in which they come",
        "give the order of parts in P:",
        bad="Y:AABB",
        good="P:AABB",
    ),
    "blank-chord-symbol": OtherCode(
        "repairs",
        "a chord symbol holds nothing but blanks",
        "it names no chord, and programs print an empty space or warn of it",
        "remove it, or write the chord",
        bad='"  "A2 B2|',
        good="A2 B2|",
    ),
    "mojibake": OtherCode(
        "repairs",
        "letters of UTF-8 were read in another charset, such as `Ã©` for `é`",
        "titles and words cannot be read, searched or compared",
        "save the file in UTF-8 once; ingestion restores the letters itself",
        bad="T:RÃªverie",
        good="T:Rêverie",
    ),
    "empty-file": OtherCode(
        "files",
        "the file is empty",
        "it holds no tune",
        "look whether a download or a copy was cut short",
    ),
    "binary-file": OtherCode(
        "files",
        "the file is no text: an archive under another name, an image, a word processor's document",
        "its bytes would be read as music that nobody wrote",
        "unpack archives, name them `.zip`, or save the document as plain text",
    ),
    "unreadable-file": OtherCode(
        "files",
        "the file cannot be opened or unpacked",
        "the tunes in it are missing from the data set",
        "look at its permissions; pack archives with deflate, which every program can read",
    ),
    "file-too-large": OtherCode(
        "files",
        "the file has more bytes than `--max-file-mb` allows",
        "each file is read as a whole, and a very large one may exhaust a worker's memory",
        "split it, or raise `--max-file-mb`",
    ),
    "expands-too-much": OtherCode(
        "files",
        "a packed file unpacks to far more than its size",
        "so do files that are made to exhaust the memory of whoever unpacks them",
        "unpack it yourself if you trust it",
    ),
    "damaged-archive": OtherCode(
        "files",
        "an archive is cut short or damaged, encrypted, or holds no tunebook",
        "what can still be unpacked might be only a part of a tune",
        "download or pack it once more; tunebooks in it end in `.abc` or `.txt`",
    ),
    "bad-member-name": OtherCode(
        "files",
        "an archive holds a file whose name leads out of the archive, such as `../tunes.abc`",
        "unpacking it could overwrite files elsewhere, and such archives are made to do harm",
        "pack the files anew, with names below one folder",
    ),
    "bad-table": OtherCode(
        "files",
        "a table of The Session lacks a column, or a row of it is cut or damaged",
        "without its columns a setting has no key, metre or music; rows after the fault are not read",
        "download the table once more",
    ),
    "tune-too-long": OtherCode(
        "tunes",
        "the tune has more characters than `--max-tune-chars` allows",
        "no folk tune is that long: it is mostly several tunes without X:, or a book of prose",
        "begin each tune with X:, or raise `--max-tune-chars`",
    ),
    "multi-voice": OtherCode(
        "tunes",
        "the tune has several voices (V:) or overlays (`&`)",
        "training texts hold one melody, and voices written one after the other would be read as one",
        "write the melody alone, if it is to be learnt from",
        bad="V:1\nA2 B2|\nV:2\nF2 G2|",
        good="A2 B2|",
    ),
    "duplicate": OtherCode(
        "tunes",
        "the data set has a tune with the same melody already",
        "a tune that occurs twice is learnt twice, and may be both trained on and tested",
        "nothing need be done; the reject names the melody that was kept",
    ),
    "not-canonical": OtherCode(
        "tunes",
        "what the profile of training texts keeps of the tune is no tune by itself",
        "a network would learn a text that the grammar refuses",
        "try another `--profile`; `--profile full` keeps the most",
    ),
    "unfinished": OtherCode(
        "generated",
        "the text was cut off at the greatest length before the tune came to its end",
        "its last bars are missing, whatever they would have been",
        "allow longer tunes when you generate",
    ),
    "second-tune": OtherCode(
        "generated",
        "a second X: follows in the text of one tune",
        "each generated text is to be one tune, and a tune ends where another begins",
        "train on single tunes, as ingestion writes them",
    ),
}
"""Each with its page, which `tuneloom explain` prints."""
