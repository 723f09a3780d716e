"""The language of `abc.lark` as a finite automaton over characters."""
