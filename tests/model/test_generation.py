from pathlib import Path

import pytest

from grammar.errors import UsageError
from model.generation import Draw, generate, tunebook
from model.rundir import RunDirectory
from model.sampling import Sampler


@pytest.fixture(scope="module")
def run(trained: Path) -> RunDirectory:
    return RunDirectory.open(trained)


def test_a_network_draws_tunes_like_those_it_learnt(run: RunDirectory) -> None:
    draws = generate(run, Sampler(), 20)
    assert len(draws) == 20
    assert sum(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws) > 10


def test_the_same_seed_draws_the_same_tunes(run: RunDirectory) -> None:
    assert generate(run, Sampler(seed=3), 5) == generate(run, Sampler(seed=3), 5)
    assert generate(run, Sampler(seed=3), 5) != generate(run, Sampler(seed=4), 5)


def test_every_tune_starts_with_the_prompt(run: RunDirectory) -> None:
    draws = generate(run, Sampler(), 5, prompt="M:6/8\nL:1/8\nK:D\nBB")
    assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\nBB") for draw in draws)


def test_characters_of_the_prompt_that_the_run_never_saw_are_listed(run: RunDirectory) -> None:
    with pytest.raises(UsageError, match="knows no 'X' '♭'"):
        generate(run, Sampler(), 1, prompt="X:1♭")


def test_a_prompt_leaves_room_below_the_cap(run: RunDirectory) -> None:
    with pytest.raises(UsageError, match="--prompt has 6 characters"):
        generate(run, Sampler(longest=6), 1, prompt="M:6/8\n")


def test_a_tunebook_marks_every_draw_and_the_unfinished_ones(run: RunDirectory) -> None:
    draws = [Draw("M:6/8\nK:D\nABc|\n", finished=True), Draw("M:6/8\nK:D\nAB", finished=False)]
    assert tunebook(draws, run, Sampler(temperature=0.8, seed=7)) == (
        "%%tuneloom draws 2\n"
        "%%tuneloom model short, temperature 0.8, seed 7\n"
        "\n"
        "%%tuneloom draw 1\n"
        "X:1\n"
        "T:short, 1\n"
        "M:6/8\n"
        "K:D\n"
        "ABc|\n"
        "\n"
        "%%tuneloom draw 2\n"
        "X:2\n"
        "T:short, 2\n"
        "%%tuneloom unfinished\n"
        "M:6/8\n"
        "K:D\n"
        "AB\n"
    )
