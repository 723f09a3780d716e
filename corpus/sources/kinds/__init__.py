"""The kinds of sources: installed, pinned, combined."""
