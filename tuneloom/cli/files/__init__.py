"""The commands that write tunes as files for other programs: midi, wav, musicxml, svg, png."""
