"""The codes that are neither syntax errors nor rules: of repairs, rejects and generated tunes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

__all__ = ["CODE_ORIGINS", "OTHER_CODES", "CodeOrigin", "OtherCode"]

CodeOrigin = Literal["repairs", "files", "tunes", "generated"]

CODE_ORIGINS: Mapping[CodeOrigin, str] = {
    "repairs": "what `tuneloom format --repair` and `tuneloom ingest` repair, and `check` need not report",
    "files": "why `tuneloom ingest` takes nothing from a file",
    "tunes": "why `tuneloom ingest` leaves out a tune that is parseable",
    "generated": "why `tuneloom score` does not count a generated text as one tune",
}
"""What the codes of each origin say."""


class OtherCode(Struct, frozen=True):
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
    "escaped-lines": OtherCode(
        "repairs",
        "the lines of a tune in a table were separated by `\\n`, a backslash and a letter",
        "to a reader of the table this is one line, and no tune",
        "nothing need be done; ingestion reads line ends in their place",
    ),
    "text-marks": OtherCode(
        "repairs",
        "the text is as language models write it: `<s>`, `<|endoftext|>`, control codes, no voices that rest",
        "they say where texts end and how tunes are built, and are no part of any tune",
        "nothing need be done; ingestion reads what is between the marks",
        bad="S:2\nB:9\nE:4\nX:1\nT:One\nK:D\nABcd|",
        good="X:1\nT:One\nK:D\nABcd|",
    ),
    "token-text": OtherCode(
        "repairs",
        "the tune was written as tokens with blanks between them, as folk-rnn writes it",
        "a length apart from its note is no length",
        "nothing need be done; ingestion joins the tokens",
        bad="M:6/8\nK:Cmaj\n|: G 2 E c 2 d :|",
        good="M:6/8\nK:Cmaj\n|:G2Ec2d:|",
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
        "unpack archives, name them `.zip` or `.tar`, or save the document as plain text",
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
        "a tunebook is read as a whole, and a very large one may exhaust a worker's memory",
        "split it, make a table of it (tables are read row by row), or raise `--max-file-mb`",
    ),
    "expands-too-much": OtherCode(
        "files",
        "a packed file unpacks to far more than its size",
        "so do files that are made to exhaust the memory of whoever unpacks them",
        "unpack it yourself if you trust it",
    ),
    "damaged-archive": OtherCode(
        "files",
        "a packed file or an archive is cut short or damaged, encrypted, or holds no tunes",
        "what can still be unpacked might be only a part of a tune",
        "download or pack it once more; tunebooks in it end in `.abc` or `.txt`, and tables in `.csv`, "
        "`.tsv`, `.json`, `.jsonl` or `.parquet`",
    ),
    "bad-member-name": OtherCode(
        "files",
        "an archive holds a file whose name leads out of the archive, such as `../tunes.abc`",
        "unpacking it could overwrite files elsewhere, and such archives are made to do harm",
        "pack the files anew, with names below one folder",
    ),
    "bad-table": OtherCode(
        "files",
        "a table has no column that must hold its tunes, or it is cut or damaged from a place on",
        "what a table says of tunes elsewhere is no music; rows after the damage are not read",
        "name the column with `--column`; write or download a damaged table once more",
    ),
    "bad-row": OtherCode(
        "files",
        "a row of a table is broken, has another number of cells than the header, or holds no tune",
        "its tune is missing from the data set; all other rows are read",
        "look at the row in the file: for a quote that is not closed, a line that was cut, an empty cell",
    ),
    "system-file": OtherCode(
        "files",
        "an editor or the system left the file, as it leaves `._tunes.abc` and `tunes.abc~`",
        "it is a copy or no text, and its tunes would be there twice",
        "remove it, or name it itself as an input if you want it read",
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
