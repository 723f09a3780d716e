from grammar.resolver import resolve


def body(text: str) -> str:
    return resolve("X:1\nK:C\n" + text).text.removeprefix("X:1\nK:C\n")


def test_comments_and_directives_vanish_and_so_do_trailing_blanks() -> None:
    assert body("AB| % two notes\n%%MIDI program 1\n  % alone\nc|  \n") == "AB|\nc|\n"


def test_an_escaped_percent_sign_begins_no_comment() -> None:
    assert resolve("X:1\nT:100\\% wool\nK:C\n").text == "X:1\nT:100\\% wool\nK:C\n"


def test_a_backslash_joins_music_lines_through_what_is_no_music() -> None:
    assert body("A>\\\nB|\n") == "A>B|\n"
    assert body("A|\\\n% words\nB|\n") == "A|B|\n"
    assert body("A|\\\nK:D\nB|\n") == "A|\nK:D\nB|\n"


def test_bar_lines_of_two_joined_lines_stay_two() -> None:
    assert body("A:|\\\n|:B|\n") == "A:| |:B|\n"


def test_plus_colon_continues_a_field() -> None:
    assert body("w:one two\n+:three\n") == "w:one two three\n"


def test_a_lone_exclamation_mark_breaks_the_line() -> None:
    assert body("AB|!\ncd|!\n") == "AB|\ncd|\n"
    assert body("AB|!cd|\n") == "AB|$cd|\n"
    assert body("A!trill!B|!\n") == "A!trill!B|\n"


def test_the_users_own_letters_become_what_they_stand_for() -> None:
    assert resolve('X:1\nU:W = !trill!\nK:C\nWA"W"B|\n').text.endswith('!trill!A"W"B|\n')


def test_every_character_knows_where_it_came_from() -> None:
    source = "X:1\nU:W=!trill!\nK:C\nAB % x\\\n% gone\nWc|!\nd|\n"
    resolved = resolve(source, first_line=11)
    assert resolved.place(resolved.text.index("c|")) == (16, 2)
    assert resolved.place(resolved.text.index("ill!c")) == (16, 1)
    assert resolved.place(resolved.text.index("d|")) == (17, 1)


def test_empty_lines_inside_a_tune_are_noted() -> None:
    assert resolve("X:1\nK:C\n\nA|\n").empty_lines == (3,)
    assert resolve("X:1\nK:C\nA|\n\n\n").empty_lines == ()
