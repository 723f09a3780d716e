"""A text that comes in pieces is shown in its own key as soon as it is certain."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.key_texts import one_tonic_texts
from tuneloom.corpus.training_text.keys.one_tonic import to_own_key
from tuneloom.corpus.training_text.keys.own_key_stream import OwnKeyStream


@given(one_tonic_texts(), st.lists(st.integers(0, 40)), st.sampled_from(["", "F#m", "none"]))
def test_a_stream_gives_what_the_whole_text_gives(text: str, sizes: list[int], key: str) -> None:
    stream, given_out, place = OwnKeyStream(key), "", 0
    for size in [*sizes, len(text)]:
        given_out += stream.feed(text[place : place + size])
        assert to_own_key(text, key).startswith(given_out)
        place += size
    assert given_out + stream.close() == to_own_key(text, key)


def test_a_stream_waits_only_for_what_may_change() -> None:
    stream = OwnKeyStream()
    shown = [stream.feed(char) for char in 'K:D\nC2^F,|"A7"']
    assert shown == ["", "", "", "K:D\n", "", "D2", "", "", "", "^G,|", "", "", "", '"B7"']
    assert stream.close() == ""


def test_long_signs_that_never_end_take_linear_time() -> None:
    for sign in ["^", "'", '"A/', "!a", "[K:A", "\\", "N:", "[", "c'"]:
        text = "K:D\n" + sign * 10_000
        stream = OwnKeyStream()
        pieces = "".join(stream.feed(char) for char in text) + stream.close()
        assert pieces == to_own_key(text)
