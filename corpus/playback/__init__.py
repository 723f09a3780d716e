"""How a tune sounds: notes with tempo, stresses and accompaniment, as MIDI and WAV."""
