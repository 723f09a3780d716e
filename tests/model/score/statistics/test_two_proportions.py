"""The values in the tables are those of statsmodels 0.15.0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.statistics.two_proportions import compare_proportions, holm_adjusted


@pytest.mark.parametrize(
    ("first", "second", "z", "p_value", "h", "low", "high"),
    [
        # proportions_ztest([a, b], [n, m]); proportion_effectsize(a / n, b / m);
        # confint_proportions_2indep(a, n, b, m, method="newcomb")
        (
            (183, 200), (640, 640), -7.451422267135249, 9.233929300145632e-14, -0.5916886424265435,
            -0.13189587071565567, -0.053181344143819816,
        ),
        (
            (155, 200), (577, 640), -4.667477730065324, 3.0491978732334535e-06, -0.3501575485654773,
            -0.19264268933761622, -0.06829477134412597,
        ),
        # Newcombe, Interval estimation for the difference (1998), table II: 0.0524 to 0.3339.
        (
            (56, 70), (48, 80), 2.6501719512585336, 0.00804508136819656, 0.4421431880029534,
            0.05243147240236498, 0.33387265403690614,
        ),
        (
            (9, 10), (3, 10), 2.738612787525831, 0.006169899320544151, 1.3388120640691004,
            0.1705227239345029, 0.809017973535488,
        ),
    ],
)  # fmt: skip
def test_the_figures_are_those_of_statsmodels(
    first: tuple[int, int],
    second: tuple[int, int],
    z: float,
    p_value: float,
    h: float,
    low: float,
    high: float,
) -> None:
    found = compare_proportions(Rate(*first), Rate(*second))
    assert found.z == pytest.approx(z)
    assert found.p_value == pytest.approx(p_value, rel=1e-9, abs=0)
    assert found.cohens_h == pytest.approx(h)
    assert found.ci95 == pytest.approx((low, high))


@given(*[st.tuples(st.integers(0, 50), st.integers(0, 50)).filter(any)] * 2)
def test_the_p_value_is_that_of_scipys_chi_square_test(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = compare_proportions(Rate(first[0], sum(first)), Rate(second[0], sum(second)))
    if not (any(each[0] for each in (first, second)) and any(e[1] for e in (first, second))):
        assert (found.z, found.p_value) == (0, 1)
        return
    expected = chi2_contingency([first, second], correction=False)
    assert found.z**2 == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p_value == pytest.approx(expected.pvalue)
    assert -1 <= found.ci95[0] <= found.difference <= found.ci95[1] <= 1


def test_holms_correction_is_that_of_statsmodels() -> None:
    # multipletests([0.01, 0.04, 0.03, 0.005, 0.6], method="holm")[1]
    adjusted = holm_adjusted([0.01, 0.04, 0.03, 0.005, 0.6])
    assert adjusted == pytest.approx([0.04, 0.09, 0.09, 0.025, 0.6])


@given(st.lists(st.floats(0, 1)))
def test_an_adjusted_p_value_is_no_smaller_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = holm_adjusted(p_values)
    assert all(p <= each <= 1 for p, each in zip(p_values, adjusted, strict=True))
    ordered = [each for _, each in sorted(zip(p_values, adjusted, strict=True))]
    assert ordered == sorted(ordered)
