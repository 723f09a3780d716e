"""A language server: what `tuneloom check` and `format` do, in an editor and while one types.

`server` speaks the protocol. `open_book` reads a book again after each change; the other modules make of it
what an editor shows. Positions of the protocol are translated in `document_text` and nowhere else.
"""
