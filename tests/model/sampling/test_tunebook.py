from tuneloom.model.runs.headers import RequestedHeader
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune, GenerationResult
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.sampling.tunebook import (
    GeneratedBook,
    generated_tunebook,
    generation_remarks,
)

TUNES = {
    1: GeneratedTune("M:6/8\nK:D\nABc|\n", finished=True, mask_bits=0.25),
    3: GeneratedTune("M:6/8\nK:D\nAB", finished=False),
}


def test_a_tunebook_marks_every_draw_and_the_unfinished_ones() -> None:
    config = SamplingConfig(temperature=0.8, seed=7, top_p=0.9)
    assert generated_tunebook(TUNES, "short", config, ["constraint syntax"]) == (
        "%%tuneloom draws 2\n"
        "%%tuneloom model short, temperature 0.8, top-p 0.9, seed 7\n"
        "%%tuneloom constraint syntax\n"
        "\n"
        "%%tuneloom draw 1, cut 0.250 bits\n"
        "X:1\n"
        "T:short, seed 7, tune 1\n"
        "M:6/8\n"
        "K:D\n"
        "ABc|\n"
        "\n"
        "%%tuneloom draw 3\n"
        "X:3\n"
        "T:short, seed 7, tune 3\n"
        "%%tuneloom unfinished\n"
        "M:6/8\n"
        "K:D\n"
        "AB\n"
    )


def test_remarks_tell_what_was_requested_and_what_it_took() -> None:
    header = RequestedHeader("jig", "6/8", "")
    request = GenerationRequest(3, header=header, constraint="reject", level="parseable")
    assert generation_remarks(request, GenerationResult(TUNES, requested=3, drawn=9)) == [
        "level parseable",
        "constraint reject",
        "rejected 7 of 9",
        "header R:jig M:6/8",
        "partial 2 of 3, broken off by the user",
    ]


def test_remarks_tell_how_tunes_were_made_exact() -> None:
    restart = GenerationRequest(2, constraint="metre", exact="restart")
    assert generation_remarks(restart, GenerationResult(TUNES, requested=2, drawn=9)) == [
        "constraint metre",
        "exact restart",
        "rejected 7 of 9",
    ]
    resample = GenerationRequest(2, constraint="metre", exact="resample")
    result = GenerationResult(TUNES, requested=2, drawn=2, effective_size=1.44)
    assert generation_remarks(resample, result) == [
        "constraint metre",
        "exact resample",
        "resampled 2 different tunes, effective sample size 1.4",
    ]


def test_unconstrained_tunes_need_no_remarks() -> None:
    assert (
        generation_remarks(GenerationRequest(2), GenerationResult(TUNES, requested=2, drawn=2))
        == []
    )


def test_a_notebook_shows_the_first_tunes_and_why_one_is_none() -> None:
    good = GeneratedTune("R:jig\nM:6/8\nL:1/8\nK:G\n|:GAB<d e2:|\n", finished=True)
    bad = GeneratedTune("M:6/8\nL:1/8\nK:G\nGk|", finished=False)
    tunes = {1: good, 2: bad} | dict.fromkeys(range(3, 13), good)
    html = GeneratedBook("", GenerationResult(tunes, 12, 12))._repr_html_()
    assert html.startswith("<p><b>12 tunes</b></p><details><summary>1: jig, G maj, 6/8, 1 bars")
    assert "B&lt;d" in html
    assert "2: not parseable, unfinished" in html
    assert "the letter `k`" in html
    assert html.endswith("<p>… and 2 more</p>")
