"""Comments, continuations, macros and the like are resolved, and every character keeps its place."""

from tuneloom.grammar.source.resolver import resolve_tune


def body(text: str) -> str:
    return resolve_tune("X:1\nK:C\n" + text).text.removeprefix("X:1\nK:C\n")


def test_comments_and_directives_vanish_and_so_do_trailing_blanks() -> None:
    assert body("AB| % two notes\n%%MIDI program 1\n  % alone\nc|  \n") == "AB|\nc|\n"


def test_an_escaped_percent_sign_begins_no_comment() -> None:
    assert resolve_tune("X:1\nT:100\\% wool\nK:C\n").text == "X:1\nT:100\\% wool\nK:C\n"


def test_a_backslash_joins_music_lines_through_what_is_no_music() -> None:
    assert body("A>\\\nB|\n") == "A>B|\n"
    assert body("A|\\\n% words\nB|\n") == "A|B|\n"
    assert body("A|\\\nK:D\nB|\n") == "A|\nK:D\nB|\n"


def test_bar_lines_of_two_joined_lines_stay_two() -> None:
    assert body("A:|\\\n|:B|\n") == "A:| |:B|\n"


def test_plus_colon_continues_a_field() -> None:
    assert body("w:one two\n+:three\n") == "w:one two three\n"


def test_a_backslash_continues_words_with_words() -> None:
    assert body("w:one \\\ntwo|\nAB|\n") == "w:one  two|\nAB|\n"
    assert body("s:!f!\\\n* !p!\n") == "s:!f! * !p!\n"
    assert body("w:one\\\nw:two\n") == "w:one two\n"
    assert body("s:!f!\\\ns:* !p!\n") == "s:!f! * !p!\n"
    assert body("w:one\\\nW:two\nw:three\n") == "w:one\nW:two\nw:three\n"
    resolved = resolve_tune("X:1\nK:C\nA|\nw:one\\\n  two \\\n+: three\n")
    assert resolved.text.endswith("\nw:one two  three\n")
    assert resolved.place(resolved.text.index("two")) == (5, 3)
    assert resolved.place(resolved.text.index("three")) == (6, 4)


def test_a_lone_exclamation_mark_breaks_the_line() -> None:
    assert body("AB|!\ncd|!\n") == "AB|\ncd|\n"
    assert body("AB|!cd|\n") == "AB|$cd|\n"
    assert body("A!trill!B|!\n") == "A!trill!B|\n"


def test_the_users_own_letters_become_what_they_stand_for() -> None:
    assert resolve_tune('X:1\nU:W = !trill!\nK:C\nWA"W"B|\n').text.endswith('!trill!A"W"B|\n')


def test_every_character_knows_where_it_came_from() -> None:
    source = "X:1\nU:W=!trill!\nK:C\nAB % x\\\n% gone\nWc|!\nd|\n"
    resolved = resolve_tune(source, first_line=11)
    assert resolved.place(resolved.text.index("c|")) == (16, 2)
    assert resolved.place(resolved.text.index("ill!c")) == (16, 1)
    assert resolved.place(resolved.text.index("d|")) == (17, 1)


def test_empty_lines_inside_a_tune_are_noted() -> None:
    assert resolve_tune("X:1\nK:C\n\nA|\n").empty_lines == (3,)
    assert resolve_tune("X:1\nK:C\nA|\n\n\n").empty_lines == ()


def test_a_line_that_is_only_a_line_break_leaves_no_empty_line() -> None:
    assert body("AB|\n!\ncd| !\n") == "AB|\ncd|\n"


def test_static_macros_write_what_they_stand_for() -> None:
    assert body('m: ~g3 = {a}g{f}g\n~g3A "~g3"g3|\n').endswith('\n{a}g{f}gA "~g3"g3|\n')


def test_transposing_macros_follow_their_note() -> None:
    text = "m: ~n2 = n{o}n{m}n\n~c2~b2~C2|\n"
    assert body(text).endswith("\nc{d}c{B}cb{c'}b{a}bC{D}C{B,}C|\n")


def test_a_macro_without_a_target_changes_nothing() -> None:
    assert resolve_tune("X:1\nm: = c\nK:C\nAB|\n").text.endswith("\nAB|\n")


def test_macros_come_before_the_users_letters() -> None:
    text = "X:1\nm: Wg = Vg2\nU:V = !trill!\nK:C\nWg|\n"
    assert resolve_tune(text).text.endswith("\n!trill!g2|\n")


def test_plus_signs_write_decorations_where_the_tune_says_so() -> None:
    assert body("I:decoration +\n+trill+A +fermata+B|\n").endswith("\n!trill!A !fermata!B|\n")
    assert body("I:linebreak !\n+trill+A!B|\n").endswith("\n!trill!A$B|\n")
    assert body("%%decoration +\n+trill+A|\n") == "!trill!A|\n"


def test_text_that_replaces_something_has_one_place() -> None:
    resolved = resolve_tune("X:1\nm: ~g3 = {a}g{f}g\nK:C\nA~g3k|\n")
    assert resolved.place(resolved.text.rindex("{f}")) == (4, 2)
    assert resolved.place(resolved.text.index("k|")) == (4, 5)


def test_a_continuation_alone_on_a_line_of_the_header_is_nothing() -> None:
    assert resolve_tune("X:1\nT:x\n\\\nK:D\nA|\n").text.startswith("X:1\nT:x\n")


def test_the_last_definition_of_a_macro_holds() -> None:
    text = resolve_tune("X:1\nm:~G2=AB\nm:~G2=CD\nK:C\n~G2|\nm:~G2 = EF\n~G2|\n").text
    assert "CD|\n" in text
    assert text.endswith("EF|\n")


def test_decorations_texts_and_fields_in_a_macro_stay_whole() -> None:
    text = 'X:1\nU:t=!trill!\nU:w=!nil!\nm:~C=!turn!"^text"twC\nm:~n=!turn!n[r:note]o\nK:C\n~C~D|\n'
    assert resolve_tune(text).text.endswith('K:C\n!turn!"^text"!trill!C!turn!D[r:note]E|\n')
    plus = "X:1\nI:decoration +\nm:~C=+turn+C\nK:C\n~C|\n"
    assert resolve_tune(plus).text.endswith("K:C\n!turn!C|\n")
