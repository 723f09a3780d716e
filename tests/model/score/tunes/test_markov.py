from tuneloom.model.score.tunes.markov import markov_tunes

TEXTS = ["K:D\nABcd|\n", "K:D\nABcB|\n", "K:G\nGBcd|\n"]


def test_every_context_and_what_follows_it_is_in_a_training_text() -> None:
    joined = [f"\0\0{text.rstrip()}\0" for text in TEXTS]
    seen = {text[i : i + 3] for text in joined for i in range(len(text) - 2)}
    drawn = [f"\0\0{draw.text}\0" for draw in markov_tunes(TEXTS, 50, order=2)]
    assert all(text[i : i + 3] in seen for text in drawn for i in range(len(text) - 2))
    assert len(set(drawn)) > 3


def test_a_long_context_leaves_only_training_texts_and_draws_are_always_the_same() -> None:
    drawn = markov_tunes(TEXTS, 20, order=20)
    assert {draw.text for draw in drawn} == {text.rstrip() for text in TEXTS}
    assert drawn == markov_tunes(TEXTS, 20, order=20)


def test_a_draw_without_an_end_is_unfinished() -> None:
    (draw,) = markov_tunes(["A" * 100_000], 1, order=2)
    assert len(draw.text) == 2000
    assert not draw.finished


def test_without_training_texts_there_is_nothing_to_draw() -> None:
    assert markov_tunes([], 5) == []
