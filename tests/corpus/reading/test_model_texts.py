"""Texts that language models are trained on, or write."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.admit import admit
from tuneloom.corpus.reading.model_texts import plain_passages
from tuneloom.corpus.reading.passages import Passage
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import SOURCES
from tuneloom.grammar.checking.check import check_tune
from tuneloom.pipeline.export.folk_rnn_tokens import Inexpressible, folk_rnn_tokens

PLAIN = "X:1\nM:6/8\nL:1/8\nK:Cmaj\n|:G2Ec2d|edc[CE]2z:|\n"
TOKENS = "|: G 2 E c 2 d | e d c [ C E ] 2 z :|"


def found_in(folder: Path, text: str) -> list[Any]:
    path = folder / "tunes.txt"
    path.write_text(text)
    return list(read_raw_tunes(SourceFile("input", "tunes.txt", "", str(path))))


def melodies(found: list[Any]) -> list[str]:
    results = [admit(tune, "melody").result for tune in found if isinstance(tune, RawTune)]
    return [result.id for result in results if isinstance(result, Record)]


@pytest.mark.parametrize(
    "text",
    [
        f"<s> M:6/8 L:1/8 K:Cmaj {TOKENS} </s>\n",
        f"M:6/8\nL:1/8\nK:Cmaj\n{TOKENS}\n\n",
        f"X:0\n[L:1/8]\n[M:6/8]\n[K:CMaj] {TOKENS}\n\n\n",
        f"M:6/8 L:1/8 K:Cmaj {TOKENS}\n",
        f"X:1\nT:A title of words\nM:6/8\nL:1/8\nK:Cmaj\n{TOKENS}\n\n",
        f"<|endoftext|>{PLAIN}",
        f"{PLAIN.rstrip()}</s>",
        f"S:1\nB:2\n{PLAIN}",
        f"S:2\nB:1\nE:5\nB:1\n{PLAIN}",
        f"S:2 B:1 E:0.5 B:1\n{PLAIN}\n",
    ],
)
def test_every_spelling_gives_the_same_tune(tmp_path: Path, text: str) -> None:
    expected = melodies(found_in(tmp_path, PLAIN))
    assert len(expected) == 1
    for count in (1, 3):
        found = found_in(tmp_path, text * count)
        assert melodies(found) == expected * count
        assert not [each for each in found if isinstance(each, Reject)]
        assert all({"token-text", "text-marks"} & set(tune.repairs) for tune in found)


def test_real_tunes_come_back_from_tokens_in_every_layout(tmp_path: Path) -> None:
    records = [
        result
        for file in SOURCES["fife"].files()
        for tune in read_raw_tunes(file)
        if isinstance(tune, RawTune)
        if isinstance(result := admit(tune, "melody").result, Record)
    ]
    expected, tokens = [], []
    for record in records[:60]:
        with suppress(Inexpressible):
            tokens.append(folk_rnn_tokens(record.abc))
            expected.append(record.id)
    assert len(expected) > 30
    for layout in ("{0} {1} {2}\n", "<s> {0} {1} {2} </s>\n", "{0}\n{1}\n{2}\n\n"):
        text = "".join(layout.format(*each[:2], " ".join(each[2:])) for each in tokens)
        assert melodies(found_in(tmp_path, text)) == expected


def test_places_stay_those_of_the_file(tmp_path: Path) -> None:
    text = f"<s>{PLAIN}</s>\n<s>{PLAIN}</s>\nS:1\nB:2\n{PLAIN}"
    one, two, three = found_in(tmp_path, text)
    assert (one.line, two.line, three.line) == (1, 7, 15)
    assert all(text[tune.offset :].startswith("X:1\nM:6/8") for tune in (one, two, three))


def test_a_tune_in_tokens_is_on_the_line_where_it_begins(tmp_path: Path) -> None:
    lines = f"M:6/8 K:Cmaj {TOKENS}\nM:6/8 K:Cmaj |: G 2 [ E :|\n"
    _, broken = found_in(tmp_path, lines)
    reject = admit(broken, "melody").result
    assert isinstance(reject, Reject)
    assert reject.place == "tunes.txt:2:5 (line 4 of the tune)"
    assert reject.code == "unclosed-field"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "X:1\nK:D\nA B c d | e f g a |\n",
        "X:1\nT:Reel\nS:Bulmer & Sharpley\nB:12\nK:D\nA2 Bc | d4 |\n",
        "X:1\nK:D\nA2 B c 2 de | f g a2 |\n",
        "X:1\nK:D\nABc<|de|>fg\n",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    passage = Passage(text.encode())
    assert list(plain_passages(passage)) == [passage]


@given(st.text(alphabet="<s>/|X:KMS1 \nAB2[]", max_size=80))
def test_nothing_is_lost_between_passages(text: str) -> None:
    whole = Passage(text.encode())
    for passage in plain_passages(whole):
        assert 0 <= passage.offset <= len(whole.data)
        if "token-text" not in passage.repairs:
            end = passage.offset + len(passage.data)
            assert whole.data[passage.offset : end].split() or not passage.data.strip()


def test_texts_made_to_take_long_take_linear_time() -> None:
    import time

    for unit in ("S:1\n", "<s>", "A 2 ", "\n", "M:6/8 K:C ", "X:1\n\n"):
        began = time.process_time()
        list(plain_passages(Passage(unit.encode() * 100_000)))
        assert time.process_time() - began < 4


NOTAGEN = """%Baroque
%Nobody, Anna
%Chamber
L:1/8
M:3/4
K:G
V:1 treble nm="Violin"
V:2 bass nm="Cello"
[r:0/2][V:1]G2 A2 B2|[V:2]G,6|
[r:1/1][V:2]D,6:|
[r:2/0][V:1]G6|]
"""


def test_the_voices_that_notagen_leaves_out_rest(tmp_path: Path) -> None:
    first, second = found_in(tmp_path, f"{NOTAGEN}\n{NOTAGEN}")
    assert (first.line, second.line) == (1, 13)
    assert second.text == first.text
    assert first.text.endswith("|[V:2]G,6|\n[r:1/1][V:2]D,6:|[V:1]Z:|\n[r:2/0][V:1]G6|][V:2]Z|]\n")
    assert "text-marks" in first.repairs
    codes = {each.code for each in check_tune(first.text, 1)}
    assert not codes & {"voice-bars", "bar-length"}


def test_a_remark_that_is_no_bar_of_notagen_stays(tmp_path: Path) -> None:
    text = "X:1\nT:Air\nL:1/4\nK:D\n[r:slowly]ABcd|\n"
    (tune,) = found_in(tmp_path, text)
    assert (tune.text, tune.repairs) == (text, ())
