from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import tuneloom.model.sampling.generate
from tuneloom.grammar import parse
from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import RequestedHeader, TrainedHeaders
from tuneloom.model.runtime.interrupts import InterruptFlag
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate_tunes
from tuneloom.model.sampling.generated import GeneratedTune, GenerationResult
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER
from tuneloom.model.score.tunes.verdict import judge_tune

WILD = SamplingConfig(temperature=1.5, max_length=120)


@pytest.fixture(scope="module")
def run(trained: Path) -> RunDirectory:
    return RunDirectory.open(trained)


@pytest.fixture(scope="module")
def free(run: RunDirectory) -> list[GeneratedTune]:
    return draw_tunes(run, WILD, GenerationRequest(200))


@pytest.fixture(scope="module")
def masked(run: RunDirectory) -> list[GeneratedTune]:
    return draw_tunes(run, WILD, GenerationRequest(200, constraint="syntax"))


def draw_tunes(
    run: RunDirectory, config: SamplingConfig, request: GenerationRequest
) -> list[GeneratedTune]:
    return list(generate_tunes(run, config, request).tunes.values())


def is_tune(draw: GeneratedTune) -> bool:
    return bool(judge_tune(draw.to_drawn_text()).levels)


def test_a_network_draws_tunes_like_those_it_learned_from(run: RunDirectory) -> None:
    draws = draw_tunes(run, SamplingConfig(), GenerationRequest(20))
    assert len(draws) == 20
    assert sum(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws) > 10


def test_the_seed_determines_the_tunes_however_many_are_drawn(run: RunDirectory) -> None:
    few = draw_tunes(run, SamplingConfig(seed=3), GenerationRequest(5))
    assert draw_tunes(run, SamplingConfig(seed=3), GenerationRequest(80))[:5] == few
    assert draw_tunes(run, SamplingConfig(seed=4), GenerationRequest(5)) != few


def test_every_tune_starts_with_the_prompt(run: RunDirectory) -> None:
    draws = draw_tunes(run, SamplingConfig(), GenerationRequest(5, prompt="M:6/8\nL:1/8\nK:D\nBB"))
    assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\nBB") for draw in draws)


def test_every_tune_has_the_requested_header(run: RunDirectory) -> None:
    asked = GenerationRequest(5, header=RequestedHeader(meter="6/8", key="D"))
    assert all(d.text.startswith("M:6/8\nL:1/8\nK:D\n") for d in draw_tunes(run, WILD, asked))


def test_a_prompt_may_continue_the_requested_header(run: RunDirectory) -> None:
    for prompt in ("M:6", "M:6/8\nL:1/8\nK:D\nBB"):
        asked = GenerationRequest(2, prompt=prompt, header=RequestedHeader(key="D"))
        draws = draw_tunes(run, SamplingConfig(), asked)
        assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws)


@pytest.mark.parametrize("constraint", ["none", "syntax", "metre", "reject"])
def test_a_spelling_draws_the_tunes_of_the_canonical_one(
    run: RunDirectory, constraint: str
) -> None:
    canonical = GenerationRequest(3, "M:6/8\nL:1/8\nK:D\nBBB c", constraint=constraint)
    written = replace(canonical, prompt="X:1\nT:Air\nK: D major\nM:6/8\n| (BB{g}B)c")
    expected = generate_tunes(run, WILD, canonical)
    found = generate_tunes(run, WILD, written)
    assert found.tunes == expected.tunes
    assert found.left_out == ("X:", "T:", "slurs", "grace notes")


def test_a_prompt_of_music_alone_takes_its_header_from_the_request(run: RunDirectory) -> None:
    asked = GenerationRequest(2, "B B B", header=RequestedHeader(meter="6/8", key="D"))
    assert all(d.text.startswith("M:6/8\nL:1/8\nK:D\nBBB") for d in draw_tunes(run, WILD, asked))


def test_a_key_without_a_metre_leaves_the_metre_to_the_network(run: RunDirectory) -> None:
    draws = draw_tunes(run, WILD, GenerationRequest(2, "X:1\nK:Dmaj\n"))
    assert all(draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (
            GenerationRequest(1, prompt="M:6/8\nK:D\nA (3"),
            r"--prompt: line 3, column 3: this run knows no '\('",
        ),
        (
            GenerationRequest(1, prompt="M:6/8\nK:E\n", header=RequestedHeader(key="D")),
            "--key D: does not agree with K:E of --prompt",
        ),
        (
            GenerationRequest(1, prompt="M:6/8\nK:G\n", header=RequestedHeader(rhythm="jig")),
            "--rhythm: this run has seen no R: field",
        ),
        (GenerationRequest(1, prompt="R:jig\nK:D"), "--prompt R:: this run has seen no R: field"),
        (GenerationRequest(1, prompt="AAA"), "--prompt: line 1, column 2: K: is missing"),
        (GenerationRequest(1, prompt="M:6/8\nK:D\nA#B"), "line 3, column 2: `#` is reserved"),
        (
            GenerationRequest(1, prompt="M:6/8\nK:D\nA8|B", constraint="metre"),
            r"--constraint metre allows no '8' at column 2 of 'A8\|B'",
        ),
        (GenerationRequest(1, header=RequestedHeader(key="Em")), "it knows D"),
        (
            GenerationRequest(1, prompt="M:6/8\nK:D\n" + 79 * "A", constraint="syntax"),
            "prompt and header have 121 characters, and .* needs at least 122",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(
    run: RunDirectory, asked: GenerationRequest, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        generate_tunes(run, WILD, asked)


def test_without_a_mask_not_every_draw_is_a_tune(free: list[GeneratedTune]) -> None:
    assert 20 < sum(map(is_tune, free)) < 180


def test_with_the_mask_every_draw_is_a_tune_that_ends_within_the_maximum_length(
    run: RunDirectory, masked: list[GeneratedTune]
) -> None:
    written = [run.spelling.to_network(draw.text) for draw in masked]
    assert all(draw.finished for draw in masked)
    assert all(len(text) < WILD.max_length for text in written)
    assert all(map(is_tune, masked))
    assert all(parse(DRAW_HEADER + draw.text).parseable for draw in masked)


def test_the_mask_does_not_change_a_draw_that_is_a_tune(
    free: list[GeneratedTune], masked: list[GeneratedTune]
) -> None:
    same = [without.text == under.text for without, under in zip(free, masked, strict=True)]
    assert same == [is_tune(draw) for draw in free]


def test_the_mask_makes_tunes_likelier(masked: list[GeneratedTune]) -> None:
    assert all(draw.mask_bits >= 0 for draw in masked)
    assert any(draw.mask_bits > 1 for draw in masked)


def test_rejection_keeps_the_tunes_and_counts_the_rest(
    run: RunDirectory, free: list[GeneratedTune]
) -> None:
    generated = generate_tunes(run, WILD, GenerationRequest(10, constraint="reject"))
    tunes = [draw for draw in free if is_tune(draw)][:10]
    assert list(generated.tunes.values()) == tunes
    assert generated.drawn == free.index(tunes[-1]) + 1


def test_rejection_gives_up_if_nothing_is_a_tune(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuneloom.model.sampling.generate, "MAX_REJECTED_IN_A_ROW", 20)
    with pytest.raises(RunFailed, match="none of 20 draws"):
        generate_tunes(
            run, SamplingConfig(max_length=18), GenerationRequest(1, constraint="reject")
        )


@pytest.mark.parametrize("constraint", ["syntax", "metre"])
def test_exact_draws_are_the_free_draws_that_the_constraint_allows(
    run: RunDirectory, constraint: str
) -> None:
    run = replace(run, config=replace(run.config, keys="own"))  # which shows what the network wrote
    asked = GenerationRequest(10, constraint=constraint, exact="restart")
    generated = generate_tunes(run, WILD, asked)
    free = draw_tunes(run, WILD, GenerationRequest(generated.drawn))
    language = CONSTRAINTS.find(constraint)(run.vocabulary)
    allowed = [draw for draw in free if draw.finished and is_in(language, run, draw.text)]
    assert list(generated.tunes.values()) == allowed
    assert generated.characters_drawn <= sum(len(draw.text) + 1 for draw in free)
    assert generated.characters_per_kept > 1


def test_headers_that_a_request_leaves_open_may_have_several_lengths(run: RunDirectory) -> None:
    headers = TrainedHeaders(("M:6/8\nL:1/8\n", "M:6/8\nM:6/8\nL:1/8\n"), ("D",))
    asked = GenerationRequest(20, header=RequestedHeader(key="D"))
    draws = draw_tunes(replace(run, headers=headers), SamplingConfig(), asked)
    usual = [draw.text.startswith("M:6/8\nL:1/8\nK:D\n") for draw in draws]
    assert sum(usual) > 15


def is_in(language: Constraint, run: RunDirectory, text: str) -> bool:
    """Whether a constraint allows a tune, with no length beyond its own needed to end it."""
    tokens = run.vocabulary.encode(text).tolist()
    return language.min_length(tokens) == len(tokens) + 1


def test_exact_draws_keep_the_prompt_and_give_up_if_nothing_that_begins_with_it_is_allowed(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = GenerationRequest(5, "M:6/8\nL:1/8\nK:D\nBBB c", constraint="syntax", exact="restart")
    assert all(
        draw.text.startswith("M:6/8\nL:1/8\nK:D\nBBB c") for draw in draw_tunes(run, WILD, asked)
    )
    monkeypatch.setattr(tuneloom.model.sampling.generate, "MAX_REJECTED_IN_A_ROW", 20)
    with pytest.raises(RunFailed, match="--constraint syntax allows none of 20 draws in a row"):
        generate_tunes(run, SamplingConfig(max_length=25), replace(asked, prompt=""))


def test_resampling_repeats_masked_tunes_by_their_weights(
    run: RunDirectory, masked: list[GeneratedTune]
) -> None:
    asked = GenerationRequest(200, constraint="syntax", exact="resample")
    generated = generate_tunes(run, WILD, asked)
    texts = [draw.text for draw in generated.tunes.values()]
    assert [*generated.tunes] == [*range(1, 201)]
    assert set(texts) <= {draw.text for draw in masked}
    assert generated.different == len(set(texts)) < 200
    assert generated.effective_size is not None
    assert 1 < generated.effective_size < 200
    assert {draw.mask_bits for draw in generated.tunes.values()} == {0.0}
    cuts = {draw.text: draw.mask_bits for draw in masked}
    assert np.mean([cuts[text] for text in texts]) < np.mean([*cuts.values()])


@pytest.mark.parametrize(
    ("constraint", "problem"),
    [("none", "needs a --constraint"), ("reject", "is exact as it is")],
)
def test_exact_goes_with_a_constraint_that_masks(constraint: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        GenerationRequest(1, constraint=constraint, exact="restart")


def test_a_network_that_was_told_the_levels_draws_metrical_tunes_unless_others_are_asked_for(
    leveled: tuple[Path, Path],
) -> None:
    run = RunDirectory.open(leveled[1])

    def share_of_metrical(request: GenerationRequest) -> float:
        drawn = draw_tunes(run, SamplingConfig(max_length=60), request)
        return sum("K:D\nA" in tune.text for tune in drawn) / len(drawn)

    as_usual = share_of_metrical(GenerationRequest(200))
    assert as_usual == share_of_metrical(GenerationRequest(200, level="metrical")) > 0.8
    assert 0.1 < share_of_metrical(GenerationRequest(200, level="parseable")) < 0.5


def test_a_network_that_was_not_told_the_levels_cannot_be_asked_for_one(run: RunDirectory) -> None:
    with pytest.raises(UsageError, match=r"--level metrical: .* was not told the levels"):
        generate_tunes(run, SamplingConfig(), GenerationRequest(1, level="metrical"))
    draws = draw_tunes(run, SamplingConfig(), GenerationRequest(3, level="parseable"))
    assert draws == draw_tunes(run, SamplingConfig(), GenerationRequest(3))


def test_an_interrupt_keeps_the_finished_tunes(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AlreadySet(InterruptFlag):
        def __enter__(self) -> "AlreadySet":
            self.is_set = True
            return self

    whole = generate_tunes(run, SamplingConfig(), GenerationRequest(2000))
    monkeypatch.setattr(tuneloom.model.sampling.generate, "InterruptFlag", AlreadySet)
    broken_off = generate_tunes(run, SamplingConfig(), GenerationRequest(2000))
    assert broken_off.partial
    assert 10 < len(broken_off.tunes) < 2000
    assert all(whole.tunes[number] == draw for number, draw in broken_off.tunes.items())
    assert not whole.partial


def test_a_result_is_partial_if_tunes_are_missing() -> None:
    assert GenerationResult({1: GeneratedTune("", True)}, requested=2, drawn=1).partial
