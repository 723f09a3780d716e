"""How a tune is played: playing order, parts, and sounding events."""
