"""Texts with a key and music below it, most of which are no tunes."""

from hypothesis import strategies as st

__all__ = ["one_tonic_texts"]

_TONICS = [letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b")]
_MODES = ["", "m", "dor", "mix", "phr", "lyd", "loc", " exp", "m =g", "dor ^c"]
_PIECES = [*"ABCDEFGabcdefg,'^_=\"!|:[]{}()/\\ \n23zTHuw", "[K:", "K:", "\nN:", '"A', "[K:Em ^d]"]


def one_tonic_texts() -> st.SearchStrategy[str]:
    """Texts of characters that are spelled differently in another key, and of some that are not."""
    return st.builds(
        "{}K:{}{}\n{}".format,
        st.sampled_from(["", "R:reel\nM:4/4\n", "T:A\n", "A|\n"]),
        st.sampled_from([*_TONICS, "none", "?"]),
        st.sampled_from(_MODES),
        st.lists(st.sampled_from(_PIECES)).map("".join),
    )
