"""Playing order and sounding events, compared with abc2midi and abcjs."""
