"""A tune as a score: MusicXML, SVG and PNG."""
