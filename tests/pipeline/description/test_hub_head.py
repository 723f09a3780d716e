from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tuneloom.corpus.license import License, license_named
from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSource
from tuneloom.pipeline.description.hub_head import hub_head
from tuneloom.pipeline.description.hub_layout import HubFile, HubLayout

LAYOUT = HubLayout(
    what="Parquet files",
    media_type="application/x-parquet",
    columns="typed",
    builder_options={},
    files=(HubFile("train.parquet", "train", 3, 1000, "00"),),
)


def fields_of(manifest: Manifest, layout: HubLayout | None = None) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(hub_head(manifest, layout).strip("-\n"))
    return found


def under(manifest: Manifest, *licenses: License) -> dict[str, object]:
    """The head of a data set whose sources have these licenses."""
    sources = tuple(
        ManifestSource(f"source-{number}", "Tunes", license, "", "", ("en",), ())
        for number, license in enumerate(licenses)
    )
    return fields_of(replace(manifest, sources=sources))


@pytest.fixture
def manifest(data_set: Path) -> Manifest:
    return Manifest.load(data_set)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["CC-BY-SA-4.0"], "cc-by-sa-4.0"),
        (["GPL-3.0-only"], "gpl-3.0"),
        (["ODbL-1.0"], "odbl"),
        (["CC0-1.0", "MIT"], ["cc0-1.0", "mit"]),
        ([""], "unknown"),
        (["CC-BY-SA-1.0"], "other"),
    ],
)
def test_licenses_are_named_as_the_hub_names_them(
    names: list[str], shown: object, manifest: Manifest
) -> None:
    assert under(manifest, *map(license_named, names))["license"] == shown


def test_a_license_that_the_hub_does_not_know_gets_a_name_and_a_link(manifest: Manifest) -> None:
    head = under(manifest, License(name="For friends, only!"), license_named("MIT"))
    assert (head["license"], head["license_name"]) == ("other", "for-friends-only-and-mit")
    assert head["license_link"] == "README.md#sources-and-licenses"


@pytest.mark.parametrize(
    ("count", "size"),
    [
        (0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (12_658, "10K<n<100K"), (5_000_000, "1M<n<10M"),
        (10_000_000, "10M<n<100M"),
    ],
)  # fmt: skip
def test_the_size_is_a_category(count: int, size: str, manifest: Manifest) -> None:
    counts = replace(manifest.counts, taken=count)
    assert fields_of(replace(manifest, counts=counts))["size_categories"] == [size]


def test_files_and_columns_are_listed_for_datasets(manifest: Manifest) -> None:
    head = fields_of(manifest, LAYOUT)
    assert head["configs"] == [
        {"config_name": "default", "data_files": [{"split": "train", "path": "train.parquet"}]}
    ]
    info = head["dataset_info"]
    assert isinstance(info, dict)
    assert {"name": "levels", "list": "string"} in info["features"]
    assert {"name": "bars", "dtype": "int64"} in info["features"]
    assert info["splits"] == [{"name": "train", "num_bytes": 1000, "num_examples": 3}]


def test_lists_that_are_joined_are_texts(manifest: Manifest) -> None:
    info = fields_of(manifest, replace(LAYOUT, columns="joined"))["dataset_info"]
    assert isinstance(info, dict)
    assert {"name": "levels", "dtype": "string"} in info["features"]


def test_texts_have_no_columns(manifest: Manifest) -> None:
    layout = replace(LAYOUT, columns="none", builder_options={"sample_by": "paragraph"})
    head = fields_of(manifest, layout)
    assert "dataset_info" not in head
    assert "sample_by: paragraph" in hub_head(manifest, layout)
