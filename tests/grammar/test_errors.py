"""An error is one line that is safe to print, whatever it quotes."""

import pickle

import pytest

from tuneloom.grammar.errors import GateMissed, RunFailed, UsageError


@pytest.mark.parametrize("kind", [UsageError, GateMissed, RunFailed])
def test_an_error_is_one_line_that_no_terminal_obeys(kind: type[Exception]) -> None:
    error = kind("a\nb\r\n  c.abc: \x1b]0;title\x07 \u202etxt\udc80: damaged")
    assert str(error) == "a b c.abc: \ufffd]0;title\ufffd \ufffdtxt\ufffd: damaged"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_letters_of_all_kinds_and_blanks_in_names_stay() -> None:
    assert (
        str(UsageError("Tôi  ä\u00a0ſ\u3000楽譜.abc: none")) == "Tôi  ä\u00a0ſ\u3000楽譜.abc: none"
    )
