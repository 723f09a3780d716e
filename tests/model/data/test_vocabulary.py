from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

characters = st.sets(st.characters(), min_size=1).map(lambda found: "".join(sorted(found)))


@given(characters, st.data())
def test_decoding_gives_back_what_was_encoded(known: str, data: st.DataObject) -> None:
    vocabulary = Vocabulary(known)
    text = data.draw(st.text(known))
    assert vocabulary.decode(vocabulary.encode(text)) == text


@given(characters)
def test_every_character_has_its_own_token_and_none_is_the_boundary(known: str) -> None:
    tokens = Vocabulary(known).encode(known).tolist()
    assert sorted({BOUNDARY, *tokens}) == list(range(Vocabulary(known).size))


def test_unknown_characters_are_named_once_in_the_order_they_appear() -> None:
    assert Vocabulary("ABC").unknown("XABYXA") == "XY"


def test_a_union_has_the_characters_of_both_in_order() -> None:
    assert Vocabulary("AC|").union(Vocabulary("BC")) == Vocabulary("ABC|")
