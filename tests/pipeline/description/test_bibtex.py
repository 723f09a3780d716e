from dataclasses import replace
from pathlib import Path

import yaml

from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSource
from tuneloom.pipeline.description.bibtex import bibtex, software_bibtex
from tuneloom.pipeline.planning import credit_source


def cited(data_set: Path, citation: str = "", homepage: str | None = None) -> str:
    credit = credit_source("nottingham")
    source = ManifestSource(
        name=credit.name,
        title=credit.title,
        license=credit.license,
        citation=citation or credit.citation,
        homepage=credit.homepage if homepage is None else homepage,
        languages=credit.languages,
        files=(),
    )
    return bibtex(replace(Manifest.load(data_set), sources=(source,)))


def test_every_source_and_the_program_have_an_entry(data_set: Path) -> None:
    text = cited(data_set)
    assert text.startswith("@software{tuneloom,\n  title = {{Tuneloom}},\n")
    assert "@misc{nottingham,\n  title = {{Nottingham Music Database}},\n" in text
    assert r"howpublished = {\url{https://github.com/jukedeck/nottingham-dataset}}" in text


def test_the_program_is_cited_as_its_citation_file_has_it() -> None:
    [known] = yaml.safe_load_all(Path(__file__).parents[3].joinpath("CITATION.cff").read_text())
    [author] = known["authors"]
    assert software_bibtex() == (
        f"@software{{tuneloom,\n  title = {{{{{known['title']}}}}},\n  author = {{{{{author['name']}}}}},\n"
        f"  version = {{{known['version']}}},\n}}"
    )


def test_what_means_something_to_tex_is_escaped(data_set: Path) -> None:
    text = cited(data_set, citation=r"Smith & Sons, 50% of #1_{x} \o ~y^z", homepage="")
    assert (
        r"note = {Smith \& Sons, 50\% of \#1\_\{x\} \textbackslash{}o "
        r"\textasciitilde{}y\textasciicircum{}z}"
    ) in text
    assert "howpublished" not in text


def test_files_without_a_citation_have_none(data_set: Path) -> None:
    assert "@misc" not in bibtex(Manifest.load(data_set))
