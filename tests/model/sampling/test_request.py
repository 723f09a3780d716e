"""Prompts as the network reads them; nothing is drawn, so a run needs no network."""

from pathlib import Path

import pytest

from tests.support.spellings import SPELLINGS
from tuneloom.model.constraints.catalogue import CONSTRAINTS
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.sampling.request import GenerationRequest, encoded_prompts

VOCABULARY = Vocabulary("\n '(,-/123456789:<=>ABCDEFGKLMRZ[]^_abcdefgz|")


@pytest.mark.parametrize("name", ["none", "syntax", "metre"])
def test_a_run_reads_each_spelling_as_that_of_training_texts(name: str, tmp_path: Path) -> None:
    run = RunDirectory(tmp_path, TrainingConfig(), "", VOCABULARY)
    constraint = None if name == "none" else CONSTRAINTS.find(name)(VOCABULARY)
    for spelling in SPELLINGS:
        request = GenerationRequest(1, prompt=spelling.written, constraint=name)
        [tokens] = encoded_prompts(run, request, constraint, 2048).tokens
        assert VOCABULARY.decode(tokens) == spelling.canonical
