"""The conformance suite, run on other programs."""
