"""What a tune sounds like, and how it looks: notes to be heard, MIDI, MusicXML, WAV, SVG and PNG."""
