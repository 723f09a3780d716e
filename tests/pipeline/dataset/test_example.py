import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.pipeline.dataset.example import Example

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
INT64 = st.integers(-(2**63), 2**63 - 1)
EXAMPLES = st.builds(
    lambda texts, numbers: Example(
        {f"t{name}": tuple(values) for name, values in texts.items()},
        {f"n{name}": tuple(values) for name, values in numbers.items()},
    ),
    st.dictionaries(NAMES, st.lists(st.binary(max_size=200), max_size=3), max_size=4),
    st.dictionaries(NAMES, st.lists(INT64, max_size=3), max_size=4),
)


@given(EXAMPLES)
def test_an_example_reads_back_as_it_was_written(example: Example) -> None:
    assert Example.parse(example.serialize()) == example


def test_features_stand_in_the_order_of_their_names() -> None:
    one = Example({"b": (b"x",), "a": (b"y",)}, {"c": (1,)})
    other = Example({"a": (b"y",), "b": (b"x",)}, {"c": (1,)})
    assert one.serialize() == other.serialize()


def test_the_wire_form_is_that_of_tensorflow() -> None:
    # feature { key: "n" value { int64_list { value: 3 } } }
    assert Example({}, {"n": (3,)}).serialize() == bytes.fromhex("0a0c0a0a0a016e12051a030a0103")


@pytest.mark.parametrize("cut", range(1, 20))
def test_bytes_cut_short_are_refused(cut: int) -> None:
    whole = Example({"abc": (b"K:D\nDEF|\n",)}, {"bars": (1,)}).serialize()
    with pytest.raises(ValueError, match="not an example, or one that is cut"):
        Example.parse(whole[:-cut])


def test_a_feature_of_floats_is_refused() -> None:
    floats = bytes.fromhex("0a0f0a0d0a01661208120 60a0400000000".replace(" ", ""))
    with pytest.raises(ValueError, match="'f' is neither bytes nor int64"):
        Example.parse(floats)
