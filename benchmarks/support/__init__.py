"""What the benchmarks share: real and synthetic tunes, edits to them, data sets, MIDI."""
