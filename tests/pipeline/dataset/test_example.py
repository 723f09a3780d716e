import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.pipeline.dataset.example import Example, StoredExample

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NUMBERS = st.integers(-(2**63), 2**63 - 1)


@given(
    st.dictionaries(NAMES.map("t{}".format), st.lists(TEXTS, max_size=3), max_size=4),
    st.dictionaries(NAMES.map("n{}".format), NUMBERS, max_size=4),
)
def test_an_example_reads_back_as_it_was_written(
    texts: dict[str, list[str]], numbers: dict[str, int]
) -> None:
    example = Example(
        {name: [text.encode() for text in values] for name, values in texts.items()},
        {name: (number,) for name, number in numbers.items()},
    )
    stored = StoredExample(example.serialize())
    assert {name: list(stored.texts(name)) for name in texts} == texts
    assert {name: stored.number(name) for name in numbers} == numbers
    single = {name: values[0] for name, values in texts.items() if len(values) == 1}
    assert {name: stored.text(name) for name in single} == single


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
        StoredExample(whole[:-cut])


def test_a_feature_of_another_kind_or_number_is_refused() -> None:
    floats = bytes.fromhex("0a0f0a0d0a01661208120 60a0400000000".replace(" ", ""))
    with pytest.raises(ValueError, match="feature 'f' does not hold texts"):
        StoredExample(floats).texts("f")
    stored = StoredExample(Example({"t": (b"a", b"b")}, {"n": (1, 2)}).serialize())
    with pytest.raises(ValueError, match="feature 't' does not hold one text"):
        stored.text("t")
    with pytest.raises(ValueError, match="feature 'n' does not hold one number"):
        stored.number("n")
    with pytest.raises(ValueError, match="the record has no feature 'x'"):
        stored.number("x")
