import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.melody import Melody, melody_grams, melody_steps
from tuneloom.grammar import Tune
from tuneloom.model.score.similarity.nearest import nearest_tunes, step_numbers

SCALE = "CDEFGABcdefg"
TUNES = ["CDEFGABc|", "CDEFGFED|CCGG|", "G2 A/B/ cBAG|", "CD|", "C|"]


def tune(body: str) -> Tune:
    return parse_tune(f"X:1\nT:\nM:none\nL:1/8\nK:C\n{body}\n")


def similarities(mine: list[str], others: list[str]) -> tuple[list[int], list[float]]:
    known: dict[str, int] = {}
    rows = [
        step_numbers([melody_steps(Melody.of(tune(body)).notes()) for body in each], known)
        for each in (mine, others)
    ]
    indices, values = nearest_tunes(*rows)
    return indices.tolist(), values.tolist()


def test_the_similarity_is_the_jaccard_index_of_the_n_grams_of_the_melodies() -> None:
    for body in TUNES:
        for other in TUNES:
            a, b = (melody_grams(Melody.of(tune(text)).notes()) for text in (body, other))
            _, (found,) = similarities([body], [other])
            assert found == pytest.approx(len(a & b) / len(a | b))


def test_the_nearest_tune_may_be_in_another_key_and_unit() -> None:
    assert similarities(["DE^FGAB^cd|"], ["CCCC|", "C2D2E2F2G2A2B2c2|"]) == ([1], [1.0])


def test_without_others_nothing_is_similar() -> None:
    assert similarities(["CDEF|"], []) == ([0], [0.0])
