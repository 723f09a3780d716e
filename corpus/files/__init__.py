"""The bytes of files: their forms, how they are packed, and how large they may be."""
