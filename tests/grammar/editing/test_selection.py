"""Which tunes conditions hold for."""

import pytest

from tuneloom.grammar.editing.selection import condition, parse_query
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.errors import UsageError

KESH = header_facts("X:7\nT:The Kesh\nT:Ceis, An\nC:Trad.\nR:slip jig\nM:C\nO:Éire\nK:Gmaj\nG|\n")


@pytest.mark.parametrize(
    ("field", "value", "holds"),
    [
        ("number", "3,7-12", True),
        ("number", "8-12", False),
        ("title", "kesh", True),
        ("title", "ceis", True),
        ("title", "jig", False),
        ("rhythm", "jig", False),
        ("rhythm", "reel,Slip Jig", True),
        ("rhythm", "*jig", True),
        ("key", "D,G", True),
        ("key", "G major", True),
        ("key", "Gm", False),
        ("meter", "4/4", True),
        ("meter", "6/8", False),
        ("origin", "eire", True),
        ("notes", "x", False),
    ],
)
def test_a_condition(field: str, value: str, holds: bool) -> None:
    assert condition(field, value, "--query")(KESH) is holds


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ('rhythm:"slip jig" key:G', True),
        ("key:G not origin:eire", False),
        ("not key:D  not number:1-6 title:kesh", True),
        ("not not key:D", False),
    ],
)
def test_all_terms_of_a_query_must_hold(query: str, holds: bool) -> None:
    assert all(term(KESH) for term in parse_query(query)) is holds


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "it is empty"),
        ("kesh", "`kesh` is no term"),
        ("title:kesh and", "`and` is no term"),
        ("not", "`not` is no term"),
        ("colour:red", "`colour` is none of number, title"),
        ("number:12-7", "`12-7` is no number and no range"),
        ("key:H", "`H` is no key"),
        ('title:""', "title needs a value"),
        ('title:"kesh', '`title:"kesh` is no term'),
    ],
)
def test_what_is_no_query_is_refused(query: str, problem: str) -> None:
    with pytest.raises(UsageError, match="--query: "):
        list(parse_query(query))
    with pytest.raises(UsageError) as refusal:
        list(parse_query(query))
    assert problem in str(refusal.value)
