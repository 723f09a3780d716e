"""The figures of a score, each a function from analysed tunes to a value; `catalogue` has them all."""
