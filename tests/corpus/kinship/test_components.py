import numpy as np

from tuneloom.corpus.kinship.components import Components


def test_pairs_join_what_they_connect() -> None:
    sets = Components(5)
    sets.join(np.array([[0, 1], [3, 1]]))
    assert [group.tolist() for group in sets.groups()] == [[0, 1, 3]]
    assert sets.together(np.array([0, 3]))
    assert not sets.together(np.array([0, 4]))


def test_only_pairs_of_different_sets_are_apart() -> None:
    sets = Components(4)
    sets.join_all(np.array([2, 0, 1]))
    assert sets.apart(np.array([[0, 1], [1, 3], [0, 2]])).tolist() == [[1, 3]]
