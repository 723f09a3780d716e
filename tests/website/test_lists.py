"""Lists are lists for Python-Markdown too."""

from website.lists import with_lists_set_off


def test_a_list_after_a_paragraph_is_set_off() -> None:
    assert with_lists_set_off("One\n1. two\n2. three\n   four\n3. five\n") == (
        "One\n\n1. two\n2. three\n   four\n3. five\n"
    )


def test_code_is_left_alone() -> None:
    text = "```yaml\nrepos:\n- repo: one\n```\n"
    assert with_lists_set_off(text) == text
