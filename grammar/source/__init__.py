"""From the bytes of a file to resolved text: book, charset, lines, substitutions."""
