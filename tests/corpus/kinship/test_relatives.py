import time
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.kinship.relatives import Relative, longest_common_run, related_tunes
from tuneloom.corpus.sketch import TuneSketch, sketch_text


def sketched(body: str, key: str = "C") -> TuneSketch:
    sketch = sketch_text(f"X:1\nT:\nM:4/4\nL:1/8\nK:{key}\n{body}\n", 1, "")
    assert sketch
    return sketch


TUNE = "C2EG cGEC|D2FA dAFD|G2Bd gdBG|c2e2 c4|"
OTHER = "G3A Bcde|f2d2 B2G2|A3B cdef|g2e2 c4|e2d2 c2A2|B6 G2|A4 F4|D8|"


def test_copies_variants_and_parts_are_related_to_what_is_closest() -> None:
    copy, moved = (
        sketched(TUNE.replace("|", "||")),
        sketched("D2FA dAFD|E2GB eBGE|A2ce aecA|d2f2 d4|", "D"),
    )
    longer = sketched(TUNE + OTHER + OTHER.replace("A", "_B"))
    stranger = sketched("C8|F8|")
    ((first, second, third, fourth),) = related_tunes(
        [sketched(TUNE), stranger, copy, moved, longer]
    )
    assert first == Relative(0)
    assert (second.tune, second.other, second.kind) == (2, 0, "exact")
    assert (third.tune, third.other, third.kind, third.similarity) == (3, 0, "near", 1.0)
    assert (fourth.tune, fourth.kind, fourth.part) == (4, "passage", True)
    assert fourth.notes == len(sketched(TUNE).steps) + 1


def test_the_longest_run_has_its_places() -> None:
    found = longest_common_run(b"xabcdx", b"yyabcdz")
    assert (found.length, found.starts) == (4, (1, 2))
    assert longest_common_run(b"ab", b"cd").length == 0


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_the_longest_run_is_that_of_difflib(one: bytes, other: bytes) -> None:
    one, other = (bytes(code % 3 for code in row) for row in (one, other))
    found = longest_common_run(one, other)
    expected = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    assert found.length == expected.size
    runs = [
        row[start:][: found.length] for row, start in zip((one, other), found.starts, strict=True)
    ]
    assert runs[0] == runs[1]


def test_the_longest_run_of_long_rows_takes_no_time() -> None:
    began = time.process_time()
    found = longest_common_run(b"a" * 100_000, b"b" + b"a" * 99_999)
    assert found.length == 99_999
    assert time.process_time() - began < 2


def test_without_relatives_there_are_no_families() -> None:
    assert related_tunes([sketched(TUNE), sketched(OTHER)]) == []
    assert related_tunes([]) == []
