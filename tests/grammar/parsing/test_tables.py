from pathlib import Path

import pytest

from tuneloom.grammar.parsing.tables import OTHER, load_tables, tables_from_json, tables_of


def test_a_terminal_is_tried_only_where_its_first_character_is() -> None:
    first = load_tables().first_characters
    assert first["SPACE"] == "\t "
    assert first["NOTE"] == "=ABCDEFG^_abcdefg"
    assert first["KEY_FIELD"] == "K"


def test_characters_outside_ascii_count_as_one() -> None:
    tables = tables_of('start: WORD END\nWORD: /[^a-z]/\nEND: "."\n')
    assert OTHER in tables.first_characters["WORD"]
    assert tables.first_characters["END"] == "."


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{}", b"[[], 0, 0, {}, {}]", b"[[{}], 0, 0, {}, []]", b'[[{"A": 1}], 0, 0, {}, {}]'],
)
def test_damaged_tables_are_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"damaged|truncated|malformed|Expected"):
        tables_from_json(damaged)


def test_a_damaged_cache_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = load_tables().patterns
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_tables()
    [path] = tmp_path.glob("tuneloom/tables-*.json")
    path.write_bytes(b"[]")
    assert load_tables().patterns == patterns
    _, _, written = path.read_bytes().partition(b"\n")
    assert tables_from_json(written).patterns == patterns
