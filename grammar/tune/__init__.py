"""A tune as a musician sees it: elements, key, durations, quoted text."""
