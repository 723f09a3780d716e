from tuneloom.corpus.playback.written_files import MARK, bears_mark


def test_a_file_with_the_mark_in_its_head_is_ours() -> None:
    assert bears_mark(b"MThd" + MARK.encode())
    assert not bears_mark(b"MThd, a tune of Tuneloom")


def test_the_mark_further_on_does_not_count() -> None:
    assert not bears_mark(bytes(5000) + MARK.encode())
