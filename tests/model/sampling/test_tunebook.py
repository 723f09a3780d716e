from tuneloom.model.runs.headers import Conditions
from tuneloom.model.sampling.generate import Draw, Generated, Request
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.sampling.tunebook import remarks, tunebook

TUNES = {
    1: Draw("M:6/8\nK:D\nABc|\n", finished=True, cut=0.25),
    3: Draw("M:6/8\nK:D\nAB", finished=False),
}


def test_a_tunebook_marks_every_draw_and_the_unfinished_ones() -> None:
    sampler = Sampler(temperature=0.8, seed=7, top_p=0.9)
    assert tunebook(TUNES, "short", sampler, ["constraint syntax"]) == (
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


def test_what_was_asked_for_and_what_it_took_is_remarked() -> None:
    request = Request(3, conditions=Conditions("jig", "6/8", ""), constraint="reject")
    assert remarks(request, Generated(TUNES, asked=3, drawn=9)) == [
        "constraint reject",
        "rejected 7 of 9",
        "header R:jig M:6/8",
        "partial 2 of 3, broken off by the user",
    ]


def test_free_draws_need_no_remarks() -> None:
    assert remarks(Request(2), Generated(TUNES, asked=2, drawn=2)) == []
