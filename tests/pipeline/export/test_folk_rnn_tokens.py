import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.tune.elements import Chord, Note
from tuneloom.pipeline.export.folk_rnn_tokens import Inexpressible, folk_rnn_tokens

KESH = "R:jig\nM:6/8\nL:1/8\nK:D\n|:dff cee|def g2e|d2>f c/d/ee|dfe dBA:|\n"


def tokens(text: str) -> str:
    return " ".join(folk_rnn_tokens(text))


def music(body: str, unit: str = "1/8", meter: str = "4/4") -> str:
    return " ".join(folk_rnn_tokens(f"M:{meter}\nL:{unit}\nK:G\n{body}\n")[2:])


def sounds(text: str) -> list[object]:
    result = parse(f"X:1\nT:\n{text}")
    assert isinstance(result, ParsedTune)
    return [
        (element.pitch, element.duration)
        if isinstance(element, Note)
        else [(note.pitch, note.duration) for note in element.notes]
        for bar in result.tune.bars
        for element in bar.elements
        if isinstance(element, Note | Chord)
    ]


def test_a_tune_becomes_metre_key_and_music() -> None:
    assert tokens(KESH) == (
        "M:6/8 K:Dmaj |: d f f c e e | d e f g 2 e | d 2> f c /2 d /2 e e | d f e d B A :|"
    )


def test_the_tokens_put_together_sound_like_the_tune() -> None:
    text = "M:4/4\nL:1/16\nK:Edor\n|:[EG]4[E2G]B^c2-c>d(3efgz4|_B,3/2C/[Ec]4-[Ec]8:|\n"
    meter, key, *body = folk_rnn_tokens(text)
    assert sounds(f"{meter}\nL:1/8\n{key}\n{''.join(body)}\n") == sounds(text)


@pytest.mark.parametrize(
    ("value", "token"),
    [
        ("Am", "K:Amin"),
        ("F#m", "K:F#min"),
        ("Bb", "K:Bbmaj"),
        ("Edor", "K:Edor"),
        ("Gmix", "K:Gmix"),
    ],
)
def test_a_key_is_its_tonic_and_mode(value: str, token: str) -> None:
    assert folk_rnn_tokens(f"M:3/4\nL:1/8\nK:{value}\nA|\n")[1] == token


def test_lengths_are_in_eighths_whatever_the_unit_note_length() -> None:
    assert music("A4BAA/", "1/16") == "A 2 B /2 A /2 A /4"
    assert music("A2B3/2A/[L:1/8]A", "1/4") == "A 4 B 3 A A"


def test_a_length_that_the_notes_of_a_chord_share_stands_after_it() -> None:
    assert music("[GB]4[GB][G2B]", "1/16") == "[ G B ] 2 [ G B ] /2 [ G B /2 ]"


def test_whole_bars_of_rest_are_rests() -> None:
    assert music("A8|Z2|A8|") == "A 8 | z 8 | z 8 | A 8 |"
    assert music("A3|Z|", meter="3/8") == "A 3 | z 3 |"


def test_bar_lines_are_one_token_each_for_end_start_and_ending() -> None:
    assert music("A::B|1A:|2B|]") == "A :| |: B |1 A :| |2 B |"
    assert music("A||B[2A|]") == "A | B |2 A |"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("AB[K:D]AB|", "change of key"),
        ("AB[M:3/4]AB|", "change of metre"),
        ('"G"AB|', "chord symbol, decoration, grace note or slur"),
        ("(5:4:5ABABA|", "tuplet with a ratio of its own"),
    ],
)
def test_what_has_no_token_is_told(body: str, reason: str) -> None:
    with pytest.raises(Inexpressible, match=reason):
        music(body)


@pytest.mark.parametrize("key", ["none", "D ^g", "A exp ^f"])
def test_a_key_without_a_mode_has_no_token(key: str) -> None:
    with pytest.raises(Inexpressible, match="no key"):
        folk_rnn_tokens(f"M:4/4\nL:1/8\nK:{key}\nA|\n")
