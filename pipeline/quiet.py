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
    """Silence the logs and warnings of Beam, and of what it loads, while the block runs."""
    # Read when gRPC is loaded, so there is nothing to put back.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    os.environ.setdefault("GLOG_minloglevel", "3")
    # Beam logs some of its remarks through the root logger.
    loggers = [logging.getLogger(), logging.getLogger("apache_beam")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
