"""The `tuneloom` command."""
