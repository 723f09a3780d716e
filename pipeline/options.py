"""The command line of an ingestion. Options of Beam are passed on to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.license import license_named
from tuneloom.corpus.training_text.profiles import PROFILES
from tuneloom.grammar.editing.selection import parse_query
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.beam_options import refuse_unknown
from tuneloom.pipeline.contract.expectations import Expectations, read_expectations
from tuneloom.pipeline.dataset.splits import FamilySplit
from tuneloom.pipeline.storage.paths import AnyPath, any_path

__all__ = ["Options", "parse_options"]

_DEFAULT_SOURCE = "folk"
_SEED_DIGITS = 18
_MAX_SHARDS = 99_999  # the digits that a shard's name has room for
_EXAMPLE = """\
example:
  {program} --source nottingham --input 'my-tunes/*.abc' -o data/mine

Options of Apache Beam, such as --runner, are passed on to it.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run. `beam` holds the arguments that are Beam's, unchanged."""

    sources: tuple[str, ...]
    inputs: tuple[str, ...]
    output: AnyPath
    profile: str
    workers: int
    shards: int  # of the train split
    splitting: FamilySplit
    limit: int | None
    overwrite: bool
    accepted: tuple[str, ...]  # names of sources whose terms are accepted
    limits: Limits
    beam: tuple[str, ...]
    plugins: tuple[str, ...] = ()  # modules that workers import
    expected: Expectations | None = None
    results: AnyPath | None = None  # where the results of the expectations are written
    column: str = ""  # of tunes in the user's own tables; by default, its name tells
    license: str = ""  # of the user's own files
    query: str = ""  # that holds for the tunes to read
    held_out: tuple[str, ...] = ()  # sources whose tunes, and their families, are test tunes


def parse_options(
    arguments: Sequence[str], plugins: tuple[str, ...] = (), program: str = "tuneloom ingest"
) -> Options:
    """Read the command line of a program.

    Raises:
        UsageError: an option is wrong, or known neither to us nor to Beam.
    """
    parser = _make_parser(program)
    found, rest = parser.parse_known_args(list(arguments))
    refuse_unknown(rest, [text for action in parser._actions for text in action.option_strings])
    sources = tuple(found.source or ([] if found.input else [_DEFAULT_SOURCE]))
    inputs = tuple(found.input or ())
    for name in ("column", "license"):
        if getattr(found, name) and not inputs:
            raise UsageError(f"--{name} is for your own tunes; name them with --input")
    if found.output == "":
        raise UsageError("the name of the --output is empty; leave it out, or name a directory")
    output = any_path(found.output or _default_output(sources, inputs))
    if found.expect_results and not found.expect:
        raise UsageError("--expect-results needs --expect FILE")
    results = any_path(found.expect_results) if found.expect_results else _results_path(output)
    return Options(
        sources=sources,
        inputs=inputs,
        output=output,
        profile=found.profile,
        workers=found.workers,
        shards=found.shards,
        splitting=FamilySplit(found.split.percentages, found.seed),
        limit=found.limit,
        overwrite=found.overwrite,
        accepted=tuple(found.accept_license or ()),
        limits=Limits(found.max_file_mb * 1_000_000, found.max_expansion, found.max_tune_chars),
        beam=tuple(rest),
        plugins=plugins,
        expected=read_expectations(found.expect) if found.expect else None,
        results=results if found.expect else None,
        column=found.column or "",
        query=_checked_query(found.query),
        held_out=_held_out(found.hold_out or (), sources),
        license=license_named(" ".join((found.license or "").split())).name,
    )


class _Parser(argparse.ArgumentParser):
    """A parser that raises its errors as `UsageError`."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see --help")


def _make_parser(program: str) -> _Parser:
    parser = _Parser(
        prog=program,
        description="Make a data set of TFRecord shards from tunes in ABC notation.",
        epilog=_EXAMPLE.format(program=program),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(parser.add_argument_group("input and output"))
    _add_processing(parser.add_argument_group("processing"))
    _add_limits(parser.add_argument_group("limits"))
    _add_contract(parser.add_argument_group("data contract"))
    return parser


def _add_inputs(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--source",
        action="append",
        metavar="NAME",
        help=f"named source, or part of one, such as nottingham/xmas; repeatable "
        f"(default: {_DEFAULT_SOURCE}, unless there is an --input)",
    )
    group.add_argument(
        "--input",
        action="append",
        metavar="PATH",
        help="your own tunes: a file, directory or glob; .abc, .txt, .csv, .tsv, .json, .jsonl and .parquet, "
        "in .gz, .bz2 and .xz, in .zip and .tar; repeatable",
    )
    group.add_argument(
        "--column",
        metavar="NAME",
        help="column of tunes in your tables (default: the one named abc, abc notation, text, output …)",
    )
    group.add_argument(
        "--license",
        metavar="TEXT",
        help="license of your own tunes, best an SPDX identifier such as CC-BY-4.0; recorded with each tune",
    )
    group.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help="directory of the data set (default: data/NAME, after the sources)",
    )
    group.add_argument(
        "--overwrite", action="store_true", help="replace an existing data set at the output"
    )
    group.add_argument(
        "--accept-license",
        action="append",
        metavar="NAME",
        help="accept the terms of a source that requires it; repeatable",
    )


def _add_processing(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--profile",
        choices=PROFILES.names,
        default="melody",
        help="what the training text keeps of a tune (default: %(default)s)",
    )
    group.add_argument(
        "--query",
        default="",
        metavar="TERMS",
        help="read only the tunes for which all field:value terms hold, as for tuneloom extract; "
        "such as 'rhythm:jig not key:D'",
    )
    group.add_argument(
        "--limit", type=_count, metavar="N", help="read only the first N tunes (default: all)"
    )
    group.add_argument(
        "--shards",
        type=_shard_count,
        default=4,
        metavar="N",
        help="number of shards of the train split (default: %(default)s)",
    )
    group.add_argument(
        "--split",
        type=_split,
        default="90/5/5",
        metavar="T/V/E",
        help="percentages of the tune families for train, validation and test (default: %(default)s)",
    )
    group.add_argument(
        "--hold-out",
        action="append",
        metavar="NAME",
        help="put all tunes of this source, and the families they belong to, into the test split; repeatable",
    )
    group.add_argument(
        "--seed",
        type=_seed,
        default=0,
        metavar="N",
        help="another seed puts other families into each split (default: %(default)s)",
    )
    group.add_argument(
        "--workers",
        type=_count,
        default=1,
        metavar="N",
        help="number of worker processes; 1 works in the main process (default: %(default)s)",
    )


def _add_limits(group: argparse._ArgumentGroup) -> None:
    limits = Limits()
    group.add_argument(
        "--max-file-mb",
        type=_count,
        default=limits.file_bytes // 1_000_000,
        metavar="N",
        help="reject files, or rows of tables, of more than N megabytes, unpacked (default: %(default)s)",
    )
    group.add_argument(
        "--max-expansion",
        type=_count,
        default=limits.expansion,
        metavar="N",
        help="reject archives that unpack to more than N times their size (default: %(default)s)",
    )
    group.add_argument(
        "--max-tune-chars",
        type=_count,
        default=limits.tune_characters,
        metavar="N",
        help="reject tunes of more than N characters (default: %(default)s)",
    )


def _add_contract(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--expect",
        metavar="FILE",
        help="replace the output only if the new data set meets the expectations in a TOML file; "
        "otherwise exit with status 3",
    )
    group.add_argument(
        "--expect-results",
        metavar="FILE",
        help="where the results go, as JSON (default: beside the output, DIR.expectations.json)",
    )


def _checked_query(query: str) -> str:
    """The query, if it is one; raises UsageError if not."""
    query = " ".join(query.split())
    if query:
        list(parse_query(query))
    return query


def _held_out(names: Sequence[str], sources: Sequence[str]) -> tuple[str, ...]:
    """The sources to hold out; raises UsageError for one that is not read."""
    read = dict.fromkeys(source.partition("/")[0] for source in sources)
    for name in names:
        if name not in read:
            raise UsageError(
                f"--hold-out {name}: no such source is read; name it with --source, too"
            )
    return tuple(dict.fromkeys(names))


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return int(text)


def _shard_count(text: str) -> int:
    count = _count(text)
    if count > _MAX_SHARDS:
        raise argparse.ArgumentTypeError(f"more than {_MAX_SHARDS:,} files")
    return count


def _split(text: str) -> FamilySplit:
    try:
        return FamilySplit.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _SEED_DIGITS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of up to {_SEED_DIGITS} digits")
    return int(text)


def _default_output(sources: Sequence[str], inputs: Sequence[str]) -> str:
    names = [name.replace("/", "-") for name in sources] + ["input"] * bool(inputs)
    return "data/" + "+".join(dict.fromkeys(names))


def _results_path(output: AnyPath) -> AnyPath:
    return output.with_name(f"{output.name}.expectations.json")
