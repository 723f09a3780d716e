"""The automaton of texts that keep to their metre; `metre_automaton.MetreAutomaton` is its entrance."""
