from tuneloom.corpus.source import License
from tuneloom.pipeline.description.license_notes import license_notes
from tuneloom.pipeline.planning import credit_source
from tuneloom.pipeline.steps.plan import SourceCredit


def notes_on(*names: str) -> list[str]:
    return license_notes([credit_source(name) for name in names])


def test_a_copyleft_license_holds_for_the_whole_data_set() -> None:
    assert notes_on("irish", "nottingham") == [
        "nottingham is under GPL-3.0: share the data set, and what is made from it, "
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
    free = SourceCredit("free", License(name="GPL-like, non-commercial"), "")
    assert license_notes([free]) == ["Each tune keeps the license of its source."]
