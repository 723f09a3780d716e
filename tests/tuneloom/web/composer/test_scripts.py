"""What the scripts make of texts: aids and keys as in Python, links, and the first bars of a tune."""

import random

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.composing import run_composer
from tuneloom.corpus.training_text.keys.one_tonic import one_tonic_key, to_one_tonic, to_own_key
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.vocabulary import Vocabulary

TUNE = "R:jig\nM:6/8\nL:1/8\nK:D\nA|d2f- f>ed|(3cBA =c2 [Ad]e|1 d3-d2:|2 d6||\n[K:G] z6|]\n"
ANY_TEXT = "ABGcd|:[]123/><(^_=,'\"!{}zZ&-\n KLM#m"
AIDS_OF = """
return input.tunes.map((tune) => {
  const reader = new TuneloomComposer.AidReader(input.names, [...input.characters], input.one);
  return [0, ...[...tune].map((char) => input.characters.indexOf(char) + 1)].map((token) => {
    const { features, candidates, runs } = reader.advance(token);
    return [...features, ...candidates, ...runs];
  });
});
"""
KEYS_OF = """
const { toOneTonic, toOwnKey, oneTonicKey } = TuneloomComposer;
return input.map((text) => [toOneTonic(text), toOwnKey(text), oneTonicKey(text.split("\\n")[0])]);
"""


def random_texts(count: int, header: str) -> list[str]:
    source = random.Random(count)
    return [header + "".join(source.choices(ANY_TEXT, k=250)) for _ in range(count)]


def test_aids_say_what_they_say_in_python() -> None:
    tunes = [TUNE * 3, *random_texts(8, ""), *random_texts(9, "M:3/4\nL:1/8\nK:Gdor\n")]
    vocabulary = Vocabulary("".join(sorted({*"".join(tunes)})))
    names = [*AIDS.names]
    for one in (True, False):
        given = {"tunes": tunes, "names": names, "characters": vocabulary.characters, "one": one}
        expected = []
        for tune in tunes:
            reader = AidReader(names, vocabulary, 1, in_one_tonic=one)
            tokens = np.array([0, *vocabulary.encode(tune)], np.int32)
            expected.append([reader.advance(np.array([token]))[0].tolist() for token in tokens])
        assert run_composer(AIDS_OF, given) == expected


@settings(max_examples=5)
@example([TUNE, 'F#m\nK:F#m ^c=B\n^F__E"A#m/C"!A!c,,\'\n[K:Ebdor]^^F[I:x]K:G\n', "K:none\nA"])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ador", "C", "Bb", "G#m", "HP", "none", " D mix ^c", "Ebexp _b"]),
            st.text(ANY_TEXT + 'KI[]"!\\', max_size=60),
        ).map(lambda pair: f"{pair[0]}\nK:{pair[0]}\n{pair[1]}"),
        min_size=20,
        max_size=20,
    )
)
def test_keys_are_moved_as_in_python(texts: list[str]) -> None:
    expected = [
        [to_one_tonic(text), to_own_key(text), one_tonic_key(text.split("\n")[0])] for text in texts
    ]
    assert run_composer(KEYS_OF, texts) == expected


def test_a_link_has_what_is_not_as_by_default() -> None:
    body = """
    const link = TuneloomComposer.linkOf(input);
    return [link, TuneloomComposer.settingsOf(link)];
    """
    chosen = {
        "key": "F#m",
        "meter": "6/8",
        "rhythm": "",
        "temperature": 0.8,
        "seed": 7,
        "constraint": "metre",
        "beginning": "A|d2f ",
        "kept": "",
        "keptFrom": 0,
    }
    link, read = run_composer(body, chosen)
    assert link.startswith("#compose?key=F%23m&meter=6%2F8&temperature=0.8&seed=7&beginning=")
    assert read == chosen
    chosen |= {"beginning": "K:D\n", "kept": "d2f|\n", "keptFrom": 3}
    link, read = run_composer(body, chosen)
    assert link.endswith("&beginning=K%3AD%0A&kept=d2f%7C%0A&keptFrom=3")
    assert read == chosen


def test_a_link_with_nonsense_is_as_by_default() -> None:
    body = "return input.map((link) => TuneloomComposer.settingsOf(link));"
    none, other = run_composer(
        body,
        [
            "#tune-3",
            "#compose?seed=-1&temperature=x&constraint=toString&other=1&kept=A|&keptFrom=0",
        ],
    )
    assert none is None
    assert (other["seed"], other["temperature"], other["constraint"]) == (1, 1, "metre")
    assert (other["kept"], other["keptFrom"]) == ("", 0)


KEPT_BARS = "return input.map(([text, ...bars]) => TuneloomComposer.keptBars(text, ...bars));"


def test_first_bars_are_kept_up_to_their_bar_line() -> None:
    header, music = TUNE[: TUNE.index("A|")], TUNE[TUNE.index("A|") :]
    tune = f"{header}|:{music}"
    kept = run_composer(KEPT_BARS, [[tune, 1, last] for last in (1, 2, 3, 4, 9)])
    assert all(each["keptFrom"] == 1 and each["beginning"] == header for each in kept)
    pickup = "|:A|"
    assert [each["kept"] for each in kept] == [
        pickup,
        pickup + "d2f- f>ed|",
        pickup + "d2f- f>ed|(3cBA =c2 [Ad]e|",
        pickup + "d2f- f>ed|(3cBA =c2 [Ad]e|1 d3-d2:|",
        tune[len(header) : -1],
    ]


def test_other_bars_are_kept_below_the_header() -> None:
    bars = [(2, 2), (3, 4), (5, 5), (6, 9)]
    kept = run_composer(KEPT_BARS, [[TUNE, *each] for each in bars])
    header = TUNE[: TUNE.index("A|")]
    assert [each["beginning"] for each in kept] == [header] * 4
    assert [each["keptFrom"] for each in kept] == [2, 3, 5, 6]
    assert [each["kept"] for each in kept] == [
        "d2f- f>ed|",
        "(3cBA =c2 [Ad]e|1 d3-d2:|",
        "2 d6||",
        "[K:G] z6|]",
    ]


def test_what_looks_like_a_bar_line_is_none_in_texts_and_fields() -> None:
    bars = ['"A|B"d2 e2|', "[P:A|B]f4|", "\nM:6|8\nA:|", "[Bd]2[|]", "[K:C]A|"]
    tune = "K:D\n" + "".join(bars)
    kept = run_composer(KEPT_BARS, [[tune, bar, bar] for bar in range(1, 6)])
    assert [each["kept"] for each in kept] == bars
