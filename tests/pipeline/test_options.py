from pathlib import Path

import pytest

from tuneloom.corpus.files.limits import Limits
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.splits import FamilySplit
from tuneloom.pipeline.options import parse_options


def test_without_arguments_the_default_collection_goes_to_its_folder() -> None:
    options = parse_options([])
    assert (options.sources, options.inputs) == (("folk",), ())
    assert options.output == Path("data/folk")
    assert (options.workers, options.shards, options.limit) == (1, 4, None)


def test_an_input_alone_replaces_the_default_source() -> None:
    options = parse_options(["--input", "tunes/*.abc"])
    assert (options.sources, options.inputs) == ((), ("tunes/*.abc",))
    assert options.output == Path("data/input")


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        ("--source nottingham", "data/nottingham"),
        ("--source nottingham/xmas", "data/nottingham-xmas"),
        ("--source aird --source ryan", "data/aird+ryan"),
        ("--source aird --input mine.abc", "data/aird+input"),
        ("--source aird --output elsewhere", "elsewhere"),
        ("--source aird -o elsewhere", "elsewhere"),
    ],
)
def test_the_output_is_named_after_what_goes_in(arguments: str, output: str) -> None:
    assert parse_options(arguments.split()).output == Path(output)


def test_a_license_is_known_by_its_spdx_identifier() -> None:
    assert parse_options([]).license == "not stated"
    mine = ["--input", "mine.abc", "--license"]
    assert parse_options([*mine, "cc-by-4.0"]).license == "CC-BY-4.0"
    assert parse_options([*mine, "by  permission\nof the heirs"]).license == (
        "by permission of the heirs"
    )


@pytest.mark.parametrize("option", ["--column", "--license"])
def test_what_is_said_of_tables_needs_an_input(option: str) -> None:
    with pytest.raises(UsageError, match=f"{option} is for your own tunes"):
        parse_options([option, "abc"])


def test_limits_have_defaults_and_can_be_set() -> None:
    assert parse_options([]).limits == Limits()
    given = "--max-file-mb 5 --max-expansion 9 --max-tune-chars 800"
    assert parse_options(given.split()).limits == Limits(5_000_000, 9, 800)


def test_the_split_has_shares_and_a_seed() -> None:
    assert parse_options([]).splitting == FamilySplit()
    given = "--split 80/10/10 --seed 7"
    assert parse_options(given.split()).splitting == FamilySplit((80, 10, 10), 7)


def test_options_of_beam_are_passed_on() -> None:
    options = parse_options(["--source", "aird", "--job_name", "x", "--runner=PrismRunner"])
    assert options.beam == ("--job_name", "x", "--runner=PrismRunner")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--souce folk", "unknown option --souce; did you mean --source?"),
        ("--work 2", "unknown option --work; did you mean --workers?"),
        ("--zzz", "unknown option --zzz; see --help"),
        ("--job_nam=x", "unknown option --job_nam; did you mean --job_name?"),
        ("folk", "unexpected argument 'folk'; name a source with --source NAME"),
        ("--workers 0", "argument --workers: '0' is not a positive number; see --help"),
        ("--limit -3", "argument --limit: '-3' is not a positive number; see --help"),
        ("--shards many", "argument --shards: 'many' is not a positive number; see --help"),
        ("--output", "argument -o/--output: expected one argument; see --help"),
        ("--split 90/10", "argument --split: '90/10': not three whole percentages"),
        ("--seed -1", "argument --seed: '-1' is not a number of up to 18 digits"),
        ("--seed x", "argument --seed: 'x' is not a number of up to 18 digits"),
        ("--direct_num_workers=2", "--direct_num_workers=2: use --workers instead"),
    ],
)
def test_a_mistake_is_reported_in_one_line(arguments: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_options(arguments.split())
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_an_output_without_a_name_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="the name of the --output is empty; leave it out"):
        parse_options(["--output", ""])


def test_an_unknown_profile_is_reported_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"invalid choice: 'loud' .*melody"):
        parse_options(["--profile", "loud"])


def test_only_a_source_that_is_read_can_be_held_out() -> None:
    options = parse_options(["--source", "ryan", "--source", "aird/1", "--hold-out", "aird"])
    assert options.held_out == ("aird",)
    with pytest.raises(UsageError, match="--hold-out irish: no such source is read"):
        parse_options(["--source", "ryan", "--hold-out", "irish"])


@pytest.mark.parametrize("count", ["0", "-1", "x", "100000", "9" * 20, "9" * 5000])
def test_there_are_as_many_shards_as_can_be_files(count: str) -> None:
    with pytest.raises(UsageError, match="--shards"):
        parse_options(["--shards", count])
