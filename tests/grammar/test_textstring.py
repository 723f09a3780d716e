import pytest

from grammar.textstring import decode_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Mui\~neira", "Muiñeira"),
        (r"Caf\'e", "Café"),
        ("Caf&eacute;", "Café"),
        (r"Caf\u00e9", "Café"),
        (r"\AAse's D\/od", "Åse's Død"),
        (r"100\% \& more \\ less", "100% & more \\ less"),
        (r"\&eacute;", "&eacute;"),
        ("$1big$0 letters", "big letters"),
        ("The Rose & Crown", "The Rose & Crown"),
        ("Plain", "Plain"),
        ("<b>The Kesh</b><br/>", "The Kesh"),
        ("Kesh <jig@folk.example>", "Kesh <jig@folk.example>"),
        ("Caf=E9 and caf=C3=A9=20", "Café and café "),
        ("Founded=1920, beat=80", "Founded=1920, beat=80"),
    ],
)
def test_escapes_are_read_as_a_person_would(text: str, read: str) -> None:
    assert decode_text(text) == read
