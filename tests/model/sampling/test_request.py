"""Prompts as the network reads them; nothing is drawn, so a run needs no network."""

from pathlib import Path

import pytest

from tests.support.spellings import SPELLINGS
from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import RequestedHeader, TrainedHeaders
from tuneloom.model.sampling.request import GenerationRequest, encoded_prompts

VOCABULARY = Vocabulary("\n #'(,-/123456789:<=>ABCDEFGKLMRZ[]^_abcdefgmz|")


@pytest.mark.parametrize("name", ["none", "syntax", "metre"])
def test_a_run_reads_each_spelling_as_that_of_training_texts(name: str, tmp_path: Path) -> None:
    run = RunDirectory(tmp_path, TrainingConfig(keys="own"), "", VOCABULARY)
    constraint = None if name == "none" else CONSTRAINTS.find(name)(VOCABULARY)
    for spelling in SPELLINGS:
        request = GenerationRequest(1, prompt=spelling.written, constraint=name)
        [tokens] = encoded_prompts(run, request, constraint, 2048).tokens
        assert VOCABULARY.decode(tokens) == spelling.canonical


@pytest.mark.parametrize("name", ["none", "syntax", "metre"])
def test_a_run_in_one_tonic_reads_each_spelling_as_that_of_its_texts(
    name: str, tmp_path: Path
) -> None:
    run = RunDirectory(tmp_path, TrainingConfig(), "", VOCABULARY)
    constraint = None if name == "none" else CONSTRAINTS.find(name)(VOCABULARY)
    for spelling in SPELLINGS:
        request = GenerationRequest(1, prompt=spelling.written, constraint=name)
        for tokens in encoded_prompts(run, request, constraint, 2048).tokens:
            text = run.spelling.from_network(VOCABULARY.decode(tokens))
            assert text.startswith(spelling.canonical)


def test_a_key_that_no_training_tune_has_is_written_under_one_of_its_mode(tmp_path: Path) -> None:
    headers = TrainedHeaders.of(["M:4/4\nL:1/8\nK:Am\nA8|\n", "M:4/4\nL:1/8\nK:D\nD8|\n"])
    run = RunDirectory(tmp_path, TrainingConfig(), "", VOCABULARY, headers)
    for request in [
        GenerationRequest(1, header=RequestedHeader(key="F#m")),
        GenerationRequest(1, prompt="M:4/4\nK:F#m\n"),
    ]:
        encoded = encoded_prompts(run, request, None, 2048)
        assert [VOCABULARY.decode(each) for each in encoded.tokens] == ["M:4/4\nL:1/8\nK:Am\n"]
        assert encoded.key == "F#m"
    with pytest.raises(UsageError, match="--key Gdor: not in any tune the run was trained on"):
        encoded_prompts(run, GenerationRequest(1, header=RequestedHeader(key="Gdor")), None, 2048)


def test_a_refused_prompt_is_shown_in_its_own_key(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path, TrainingConfig(), "", VOCABULARY)
    constraint = CONSTRAINTS.find("metre")(VOCABULARY)
    request = GenerationRequest(1, prompt="M:4/4\nL:1/8\nK:D\nD8 F4|", constraint="metre")
    with pytest.raises(UsageError, match=r"allows no ' ' at column 3 of 'D8 F4\|'"):
        encoded_prompts(run, request, constraint, 2048)
