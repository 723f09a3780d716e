"""The kinds of sources: installed, pinned, gathered."""
