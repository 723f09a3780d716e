"""The command line of an ingestion: our options, and Beam's own, which are passed through."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.training_text.profiles import PROFILES
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.paths import AnyPath, any_path
from tuneloom.pipeline.storage.silence_beam import quiet_beam

__all__ = ["Options", "parse_options"]

_DEFAULT_SOURCE = "folk"
_OURS_INSTEAD = {
    "--direct_num_workers": "--workers",
    "--direct_running_mode": "--workers",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. `beam` holds the arguments that are Beam's own, as they were given."""

    sources: tuple[str, ...]
    inputs: tuple[str, ...]
    output: AnyPath
    profile: str
    workers: int
    shards: int  # of the train split
    limit: int | None
    overwrite: bool
    accepted: tuple[str, ...]
    limits: Limits
    beam: tuple[str, ...]


def parse_options(arguments: Sequence[str]) -> Options:
    """Read the command line; `UsageError` for what neither we nor Beam know."""
    parser = _parser()
    found, rest = parser.parse_known_args(list(arguments))
    _refuse_unknown(rest, [text for action in parser._actions for text in action.option_strings])
    sources = tuple(found.source or ([] if found.input else [_DEFAULT_SOURCE]))
    inputs = tuple(found.input or ())
    return Options(
        sources=sources,
        inputs=inputs,
        output=any_path(found.output or _default_output(sources, inputs)),
        profile=found.profile,
        workers=found.workers,
        shards=found.shards,
        limit=found.limit,
        overwrite=found.overwrite,
        accepted=tuple(found.accept_license or ()),
        limits=Limits(found.max_file_mb * 1_000_000, found.max_expansion, found.max_tune_chars),
        beam=tuple(rest),
    )


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, raised like every other error of ours."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see --help")


def _parser() -> _Parser:
    parser = _Parser(
        prog="beam run pipeline/ingest.py",
        description="Turn tunes in ABC notation into a data set of TFRecord shards.",
        epilog="Options of Apache Beam, such as --runner, are passed on to it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--source",
        action="append",
        metavar="NAME",
        help="a named source, or a part of one as in nottingham/xmas; repeatable (default: folk)",
    )
    parser.add_argument(
        "--input",
        action="append",
        metavar="GLOB",
        help="files of your own: a file, a directory or a glob, .gz and .zip too; repeatable",
    )
    parser.add_argument(
        "--output",
        metavar="DIR",
        help="where the data set goes (default: data/ and the names of the sources)",
    )
    parser.add_argument(
        "--profile",
        choices=PROFILES,
        default="melody",
        help="what the training text keeps of a tune (default: %(default)s)",
    )
    parser.add_argument(
        "--workers",
        type=_count,
        default=1,
        metavar="N",
        help="worker processes (default: work in this one)",
    )
    parser.add_argument(
        "--shards",
        type=_count,
        default=4,
        metavar="N",
        help="shards of the train split (default: %(default)s)",
    )
    parser.add_argument("--limit", type=_count, metavar="N", help="read only the first N tunes")
    parser.add_argument(
        "--accept-license",
        action="append",
        metavar="NAME",
        help="say that you keep to the terms of a source that has some; repeatable",
    )
    limits = Limits()
    parser.add_argument(
        "--max-file-mb",
        type=_count,
        default=limits.file_bytes // 1_000_000,
        metavar="N",
        help="reject a file of more megabytes, unpacked (default: %(default)s)",
    )
    parser.add_argument(
        "--max-expansion",
        type=_count,
        default=limits.expansion,
        metavar="N",
        help="reject an archive that unpacks to more than N times its size (default: %(default)s)",
    )
    parser.add_argument(
        "--max-tune-chars",
        type=_count,
        default=limits.tune_characters,
        metavar="N",
        help="reject a longer tune (default: %(default)s)",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace the data set that stands at the output",
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return int(text)


def _default_output(sources: Sequence[str], inputs: Sequence[str]) -> str:
    names = [name.replace("/", "-") for name in sources] + ["input"] * bool(inputs)
    return "data/" + "+".join(dict.fromkeys(names))


def _refuse_unknown(rest: Sequence[str], ours: Sequence[str]) -> None:
    """Beam itself only warns of options that it does not know, and runs without them."""
    if not rest:
        return
    for argument in rest:
        if better := _OURS_INSTEAD.get(argument.partition("=")[0]):
            raise UsageError(f"{argument}: give {better} instead, which also watches the workers")
    beams = _beam_parser()
    _, unknown = beams.parse_known_args(list(rest))
    if not unknown:
        return
    name = unknown[0].partition("=")[0]
    if not name.startswith("-"):
        raise UsageError(f"unexpected argument {name!r}; sources are given as --source NAME")
    known = [*ours, *(text for action in beams._actions for text in action.option_strings)]
    close = get_close_matches(name, known, n=1)
    raise UsageError(
        f"unknown option {name}; " + (f"did you mean {close[0]}?" if close else "see --help")
    )


def _beam_parser() -> argparse.ArgumentParser:
    """Everything that Beam knows as an option."""
    with quiet_beam():
        from apache_beam.options.pipeline_options import PipelineOptions, _BeamArgumentParser

    class Parser(_Parser, _BeamArgumentParser):
        pass

    parser = Parser(add_help=False, allow_abbrev=False)
    for group in PipelineOptions.__subclasses__():
        group._add_argparse_args(parser)
    return parser
