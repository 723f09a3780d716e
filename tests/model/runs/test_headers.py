import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.headers import RequestedHeader, TrainedHeaders

HEADERS = TrainedHeaders.of(
    [
        "R:jig\nM:6/8\nL:1/8\nK:D\nABA|\n",
        "R:reel\nM:4/4\nL:1/8\nK:Edor\nABA|\n",
        "R:reel\nM:2/2\nL:1/8\nK:D\nABA|\n",
        "T:The OK: Title\nM:4/4\nL:1/4\nK:Am\nABA|\n",
    ]
)


def test_headers_are_the_fields_before_the_key_and_the_keys() -> None:
    assert HEADERS.beginnings[0] == "M:4/4\nL:1/4\n"
    assert HEADERS.values("R") == ["jig", "reel"]
    assert HEADERS.values("K") == ["Am", "D", "Edor"]


@pytest.mark.parametrize(
    ("requested", "prompts"),
    [
        (RequestedHeader(rhythm="jig"), ["R:jig\n"]),
        (RequestedHeader(meter="4/4"), ["M:4/4\n", "R:reel\nM:4/4\n"]),
        (
            RequestedHeader(rhythm="reel", key="Am"),
            ["R:reel\nM:2/2\nL:1/8\nK:Am\n", "R:reel\nM:4/4\nL:1/8\nK:Am\n"],
        ),
    ],
)
def test_the_fields_before_a_requested_one_vary_as_in_the_tunes(
    requested: RequestedHeader, prompts: list[str]
) -> None:
    assert HEADERS.prompts(requested) == prompts


def test_values_that_never_occur_together_can_be_requested_together() -> None:
    assert HEADERS.prompts(RequestedHeader("jig", "4/4", "D")) == [
        "R:jig\nM:4/4\nL:1/4\nK:D\n",
        "R:jig\nM:4/4\nL:1/8\nK:D\n",
    ]


def test_user_input_may_be_spelled_differently() -> None:
    assert RequestedHeader.of("Double Jig", "C|", "E dorian") == RequestedHeader(
        "jig", "2/2", "Edor"
    )


def test_a_value_the_run_has_not_seen_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"--key C: .* it knows Am, D, Edor"):
        HEADERS.prompts(RequestedHeader(key="C"))


@pytest.mark.parametrize("key", ["H", "Fx", "dorian"])
def test_a_key_that_does_not_exist_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="no such key"):
        RequestedHeader.of("", "", key)


def test_a_run_without_headers_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="train again"):
        TrainedHeaders().prompts(RequestedHeader(meter="4/4"))
