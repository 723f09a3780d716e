"""The automaton of the grammar as a constraint."""
