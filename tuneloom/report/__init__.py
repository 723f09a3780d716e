"""A report on runs in one file: settings, data, curves, scores, tunes, and how to do it again."""
