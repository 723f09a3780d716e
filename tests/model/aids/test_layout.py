"""What the columns of some aids mean."""

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.layout import AidLayout


def test_columns_are_features_then_candidates_then_runs() -> None:
    layout = AidLayout.of(["echo", "tonic", "parallel"])
    assert layout == AidLayout(feature_sizes=(13, 32), pointers=5)
    assert (layout.features, layout.width) == (2, 12)


def test_no_aids_have_no_columns() -> None:
    assert AidLayout.of([]).width == 0


def test_no_feature_has_more_values_than_a_byte_holds() -> None:
    assert max(AidLayout.of(AIDS.names).feature_sizes) <= 255


def test_an_unknown_aid_is_an_error() -> None:
    with pytest.raises(UsageError, match="no aid is named 'clok'; try clock"):
        AidLayout.of(["clok"])
