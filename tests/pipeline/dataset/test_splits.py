from collections import Counter

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.splits import FamilySplit

FAMILIES = [f"family {number}" for number in range(20_000)]


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_families_fall_into_the_splits_by_their_shares(seed: int) -> None:
    found = Counter(map(FamilySplit((80, 15, 5), seed).of, FAMILIES))
    shares = {split: round(found[split] / 200) for split in found}
    assert shares == {"train": 80, "validation": 15, "test": 5}


def test_without_options_a_family_is_in_the_split_of_data_sets_made_before_there_were_any() -> None:
    found = [FamilySplit().of(family) for family in FAMILIES[:30]]
    assert [index for index, split in enumerate(found) if split == "test"] == [5, 15]
    assert [i for i, split in enumerate(found) if split == "validation"] == [6, 13, 18, 21, 28]


def test_another_seed_draws_other_families() -> None:
    one, other = FamilySplit(seed=1), FamilySplit(seed=2)
    moved = sum(one.of(family) != other.of(family) for family in FAMILIES)
    assert 0.15 < moved / len(FAMILIES) < 0.22


def test_percentages_are_read() -> None:
    assert FamilySplit.parse("80/10/10", seed=3) == FamilySplit((80, 10, 10), 3)


@pytest.mark.parametrize(
    "text", ["", "90/10", "90/5/6", "100/0/0", "a/b/c", "90/5/5/0", "9" * 5000]
)
def test_what_are_no_percentages_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="three whole percentages of train, validation, test"):
        FamilySplit.parse(text)


def test_the_options_of_a_manifest_are_read() -> None:
    splitting = FamilySplit((70, 20, 10), 5)
    options = {"splits": splitting.by_name, "seed": splitting.seed}
    assert FamilySplit.of_options(options) == splitting
    assert FamilySplit.of_options({"splits": FamilySplit().by_name}) == FamilySplit()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"splits": [90, 5, 5]},
        {"splits": {"train": 90}},
        {"splits": FamilySplit().by_name, "seed": "x"},
    ],
)
def test_options_that_record_no_split_are_damage(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="the manifest is damaged"):
        FamilySplit.of_options(options)
