"""The commands that edit books of tunes: sort, renumber, extract, merge and the like."""
