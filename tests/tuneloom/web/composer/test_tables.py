import numpy as np

from tests.support.composing import run_composer
from tuneloom.model.constraints.syntax.automaton_table import automaton_table
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.web.composer.tables import constraint_tables

CHARACTERS = "\n \"'(,-/123456789:<=>ABCDEFGKLM[]^_abcdefgz|"


def test_a_page_reads_the_automaton_of_the_grammar() -> None:
    vocabulary = Vocabulary("".join(sorted(CHARACTERS)))
    grammar = automaton_table(vocabulary.characters)
    tables = constraint_tables(vocabulary)
    body = """
    const table = new TuneloomComposer.TokenTable(input);
    const tokens = Array.from(table.columns, (_, index) => index + 1);
    const states = Array.from({ length: table.states }, (_, state) => state);
    return {
      following: states.map((state) => tokens.map((token) => table.after(state, token))),
      accepting: [...table.accepting],
      start: table.start,
    };
    """
    read = run_composer(body, tables["grammar"])
    assert read["following"] == grammar.following.tolist()
    assert read["accepting"] == np.flatnonzero(grammar.accepting).tolist()
    assert read["start"] == grammar.start
