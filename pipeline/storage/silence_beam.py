"""Keep Beam's logs and warnings off the user's screen; problems are reported by the errors it raises."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["silence_beam"]


@contextmanager
def silence_beam() -> Iterator[None]:
    """Silence the logs and warnings of Beam, and of what it loads, for the block.

    Beam's own logger stays silent afterwards, because a run that was given up leaves threads that log
    later.
    """
    # gRPC reads these when it is loaded, so there is nothing to restore.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    os.environ.setdefault("GLOG_minloglevel", "3")
    logging.getLogger("apache_beam").setLevel(logging.CRITICAL)
    # Beam sends some of its messages through the root logger.
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        root.setLevel(level)
