from pathlib import Path

import pytest

import tuneloom.model.sampling.generate
from tuneloom.grammar import parse
from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import Conditions
from tuneloom.model.runtime.interrupts import Interrupts
from tuneloom.model.sampling.generate import Draw, Generated, Request, generate
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER
from tuneloom.model.score.tunes.tune_set import DrawnText as Judged
from tuneloom.model.score.tunes.verdict import judge_tune

WILD = Sampler(temperature=1.5, longest=120)


@pytest.fixture(scope="module")
def run(trained: Path) -> RunDirectory:
    return RunDirectory.open(trained)


@pytest.fixture(scope="module")
def free(run: RunDirectory) -> list[Draw]:
    return generate(run, WILD, Request(200)).draws


@pytest.fixture(scope="module")
def masked(run: RunDirectory) -> list[Draw]:
    return generate(run, WILD, Request(200, constraint="syntax")).draws


def is_tune(draw: Draw) -> bool:
    return bool(judge_tune(Judged(draw.text.rstrip("\n"), draw.finished)).levels)


def test_a_network_draws_tunes_like_those_it_learnt(run: RunDirectory) -> None:
    draws = generate(run, Sampler(), Request(20)).draws
    assert len(draws) == 20
    assert sum(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws) > 10


def test_the_seed_decides_the_tunes_and_more_of_them_begin_with_the_same(run: RunDirectory) -> None:
    few = generate(run, Sampler(seed=3), Request(5)).draws
    assert generate(run, Sampler(seed=3), Request(80)).draws[:5] == few
    assert generate(run, Sampler(seed=4), Request(5)).draws != few


def test_every_tune_starts_with_the_prompt(run: RunDirectory) -> None:
    draws = generate(run, Sampler(), Request(5, prompt="M:6/8\nL:1/8\nK:D\nBB")).draws
    assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\nBB") for draw in draws)


def test_every_tune_has_the_header_asked_for(run: RunDirectory) -> None:
    asked = Request(5, conditions=Conditions(meter="6/8", key="D"))
    assert all(d.text.startswith("M:6/8\nL:1/8\nK:D\n") for d in generate(run, WILD, asked).draws)


def test_a_prompt_may_go_on_from_the_header_asked_for(run: RunDirectory) -> None:
    for prompt in ("M:6", "M:6/8\nL:1/8\nK:D\nBB"):
        asked = Request(2, prompt=prompt, conditions=Conditions(key="D"))
        draws = generate(run, Sampler(), asked).draws
        assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (Request(1, prompt="X:1♭"), "knows no 'X' '♭'"),
        (Request(1, prompt="K", conditions=Conditions(key="D")), "does not go with the header"),
        (Request(1, prompt="AAA", constraint="syntax"), "no tune begins so"),
        (Request(1, prompt="AAA", constraint="reject"), "no tune begins so"),
        (Request(1, prompt=120 * "M", constraint="none"), "needs 121"),
        (Request(1, conditions=Conditions(key="E")), "it knows D"),
        (Request(1, prompt="M:6/8\nL:1/8\nK:D\n" + 104 * "A", constraint="syntax"), "needs 121"),
    ],
)
def test_what_cannot_be_written_is_refused(run: RunDirectory, asked: Request, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        generate(run, WILD, asked)


def test_without_a_mask_not_every_draw_is_a_tune(free: list[Draw]) -> None:
    assert 20 < sum(map(is_tune, free)) < 180


def test_under_the_mask_every_draw_is_a_tune_that_ends_below_the_cap(masked: list[Draw]) -> None:
    assert all(draw.finished and len(draw.text) < WILD.longest for draw in masked)
    assert all(map(is_tune, masked))
    assert all(parse(DRAW_HEADER + draw.text).parseable for draw in masked)


def test_the_mask_leaves_every_draw_that_is_a_tune_as_it_is(
    free: list[Draw], masked: list[Draw]
) -> None:
    same = [without.text == under.text for without, under in zip(free, masked, strict=True)]
    assert same == [is_tune(draw) for draw in free]


def test_what_the_mask_cuts_away_makes_a_tune_likelier(masked: list[Draw]) -> None:
    assert all(draw.cut >= 0 for draw in masked)
    assert any(draw.cut > 1 for draw in masked)


def test_rejection_keeps_the_draws_that_are_tunes_and_counts_the_others(
    run: RunDirectory, free: list[Draw]
) -> None:
    generated = generate(run, WILD, Request(10, constraint="reject"))
    tunes = [draw for draw in free if is_tune(draw)][:10]
    assert generated.draws == tunes
    assert generated.drawn == free.index(tunes[-1]) + 1


def test_rejection_gives_up_where_nothing_is_a_tune(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuneloom.model.sampling.generate, "_HOPELESS", 20)
    with pytest.raises(RunFailed, match="none of 20 draws"):
        generate(run, Sampler(longest=25), Request(1, constraint="reject"))


def test_breaking_off_keeps_the_tunes_that_are_finished(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Noticed(Interrupts):
        def __enter__(self) -> "Noticed":
            self.noticed = True
            return self

    whole = generate(run, Sampler(), Request(2000))
    monkeypatch.setattr(tuneloom.model.sampling.generate, "Interrupts", Noticed)
    broken_off = generate(run, Sampler(), Request(2000))
    assert broken_off.partial
    assert 10 < len(broken_off.tunes) < 2000
    assert all(whole.tunes[number] == draw for number, draw in broken_off.tunes.items())
    assert not whole.partial


def test_tunes_are_partial_where_some_are_missing() -> None:
    assert Generated({1: Draw("", True)}, asked=2, drawn=1).partial
