from tuneloom.corpus.license import License, license_named
from tuneloom.pipeline.description.license_notes import license_notes
from tuneloom.pipeline.planning import credit_source


def notes_on(*names: str) -> list[str]:
    return license_notes({name: credit_source(name).license for name in names})


def test_a_share_alike_license_holds_for_the_whole_data_set() -> None:
    assert notes_on("irish", "nottingham") == [
        "nottingham is under GPL-3.0-only: share the data set, and what is made from it, "
        "only under that license."
    ]


def test_a_non_commercial_source_makes_the_whole_data_set_non_commercial() -> None:
    assert notes_on("essen", "irish") == [
        "Commercial use is forbidden for essen, and so for the whole data set."
    ]


def test_incompatible_licenses_are_reported() -> None:
    assert "These licenses are not compatible: do not share the data set." in notes_on(
        "essen", "nottingham"
    )
    assert "These licenses are not compatible: do not share the data set." in notes_on(
        "nottingham", "thesession"
    )


def test_sources_by_permission_are_listed_together() -> None:
    assert notes_on("aird", "ryan") == ["Commercial use may be restricted for aird, ryan."]


def test_a_forbidden_use_is_forbidden_for_the_data_set() -> None:
    assert (
        "thesession must not be used with large language models, "
        "and so neither may the data set." in notes_on("thesession")
    )


def test_the_license_of_the_users_own_files_is_to_be_found_out() -> None:
    assert notes_on("input") == [
        "The license of input is not stated: find it out before you share the data set."
    ]


def test_nothing_follows_from_the_name_of_a_license() -> None:
    free = License(name="GPL-like, non-commercial")
    assert license_notes({"free": free}) == ["Each tune keeps the license of its source."]


def test_a_license_that_is_only_a_name_is_to_be_read() -> None:
    assert license_notes({"input": license_named("the village's own")}) == [
        "What the license of input, the village's own, allows is not known here: read it before "
        "you share the data set."
    ]


def test_tunes_that_must_not_be_changed_make_no_data_set_to_share() -> None:
    assert license_notes({"input": license_named("CC-BY-ND-4.0")}) == [
        "input may only be shared as it is, which the data set is not: do not share it."
    ]


def test_a_license_that_is_both_non_commercial_and_share_alike_agrees_with_itself() -> None:
    notes = " ".join(license_notes({"input": license_named("CC-BY-NC-SA-4.0")}))
    assert "Commercial use is forbidden for input" in notes
    assert "not compatible" not in notes
