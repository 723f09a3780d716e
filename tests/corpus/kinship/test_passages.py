from tests.support.rows import joined_rows
from tuneloom.corpus.kinship.components import Components
from tuneloom.corpus.kinship.passages import join_runs, join_sections
from tuneloom.corpus.kinship.windows import TuneRows


def rows(*texts: bytes) -> TuneRows:
    return joined_rows(texts)


def test_a_run_of_the_length_joins_and_a_shorter_one_does_not() -> None:
    sets = Components(3)
    join_runs(sets, rows(b"xxabcdexx", b"abcdey", b"bcdez"), 5)
    assert [group.tolist() for group in sets.groups()] == [[0, 1]]


def test_a_whole_section_joins_all_that_have_it() -> None:
    sets = Components(4)
    join_sections(sets, rows(b"abcd", b"xabcx", b"yabcy", b"abxc"), [b"abc"])
    assert [group.tolist() for group in sets.groups()] == [[0, 1, 2]]


def test_without_tunes_or_sections_nothing_is_joined() -> None:
    sets = Components(0)
    join_runs(sets, rows(), 5)
    join_sections(sets, rows(), [b"abc"])
    assert sets.groups() == []
