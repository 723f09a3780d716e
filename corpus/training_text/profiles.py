"""The profiles by name, which `--profile` chooses from.

Where a line of the training text ends and which notes are beamed follows from bars and metre alone, in
every profile, so that a model does not have to learn chance.

A profile of your own is one object and one call: `PROFILES.register("name", Profile(...))`.
"""

from __future__ import annotations

from tuneloom.corpus.training_text.full_profile import FULL
from tuneloom.corpus.training_text.header import TrainingHeader
from tuneloom.corpus.training_text.melody_profile import MELODY
from tuneloom.corpus.training_text.profile import Profile
from tuneloom.grammar.registry import Registry
from tuneloom.grammar.tune.elements import Tune

__all__ = ["PROFILES", "training_text"]

PROFILES: Registry[Profile] = Registry("profile")
PROFILES.register("melody", MELODY)
PROFILES.register("full", FULL)


def training_text(tune: Tune, header: TrainingHeader, profile: str) -> str:
    """The training text of a tune in the profile of that name.

    Raises:
        UsageError: there is no such profile.
    """
    return PROFILES.find(profile).training_text(tune, header)
