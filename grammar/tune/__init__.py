"""A tune as a musician sees it: elements, pitch, key, durations, quoted text."""
