"""The commands on sources and data sets."""
