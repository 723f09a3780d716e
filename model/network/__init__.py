"""The character LSTM, its loss and its configuration."""
