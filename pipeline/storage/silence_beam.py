"""Beam's own talk kept off the user's screen; what goes wrong is told by the errors it raises."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_beam"]


@contextmanager
def quiet_beam() -> Iterator[None]:
    """Silence the logs and warnings of Beam, and of what it loads, while the block runs.

    Beam's own logger stays silent, since a run that was given up leaves threads that talk later.
    """
    # Read when gRPC is loaded, so there is nothing to put back.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    os.environ.setdefault("GLOG_minloglevel", "3")
    logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
    # Beam logs some of its remarks through the root logger.
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        root.setLevel(level)
