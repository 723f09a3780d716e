"""Check options that are not ours against those of Beam, which only warns of unknown ones."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.silence_beam import silence_beam

__all__ = ["refuse_unknown"]

_REPLACED_BY_OURS = {
    "--direct_num_workers": "--workers",
    "--direct_running_mode": "--workers",
}


def refuse_unknown(arguments: Sequence[str], ours: Sequence[str]) -> None:
    """Check that Beam knows all of the arguments that are left over.

    `ours` are the names of our own options, which are suggested for an unknown one. Beam is loaded only if
    there are arguments.

    Raises:
        UsageError: an argument is unknown to Beam, or would do harm.
    """
    if not arguments:
        return
    for argument in arguments:
        if better := _REPLACED_BY_OURS.get(argument.partition("=")[0]):
            raise UsageError(f"{argument}: use {better} instead, which also watches the workers")
    parser = _make_beam_parser()
    _, unknown = parser.parse_known_args(list(arguments))
    if not unknown:
        return
    name = unknown[0].partition("=")[0]
    if not name.startswith("-"):
        raise UsageError(f"unexpected argument {name!r}; name a source with --source NAME")
    known = [*ours, *(text for action in parser._actions for text in action.option_strings)]
    close = get_close_matches(name, known, n=1)
    raise UsageError(
        f"unknown option {name}; " + (f"did you mean {close[0]}?" if close else "see --help")
    )


def _make_beam_parser() -> argparse.ArgumentParser:
    """A parser of all of Beam's options."""
    with silence_beam():
        from apache_beam.options.pipeline_options import PipelineOptions, _BeamArgumentParser

    class BeamParser(_BeamArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise UsageError(f"{message}; see --help")

    parser = BeamParser(add_help=False, allow_abbrev=False)
    for group in PipelineOptions.__subclasses__():
        group._add_argparse_args(parser)
    return parser
