"""From a trained network to new tunes."""
