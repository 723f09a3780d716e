"""Texts that keep to their metre, as a machine that says after each character what may come next."""

from tuneloom.model.constraints.metre.machine import Machine

__all__ = ["Machine"]
