"""The head of a data card in YAML: what the Hugging Face hub shows, and how `datasets` reads the files."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from tuneloom.corpus.license import License
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import FEATURES, INT64, LISTS
from tuneloom.pipeline.description.hub_layout import HubLayout

__all__ = ["hub_head"]

# The hub's identifiers of licenses are those of SPDX in small letters, but for these.
_HUB_LICENSES = {
    "GFDL-1.3-only": "gfdl", "GFDL-1.3-or-later": "gfdl",
    "GPL-2.0-only": "gpl-2.0", "GPL-2.0-or-later": "gpl-2.0",
    "GPL-3.0-only": "gpl-3.0", "GPL-3.0-or-later": "gpl-3.0",
    "ODC-By-1.0": "odc-by", "ODbL-1.0": "odbl", "PDDL-1.0": "pddl",
}  # fmt: skip
# Versions of Creative Commons that the hub knows.
_HUB_VERSIONS = {
    "cc-by": ("2.0", "2.5", "3.0", "4.0"), "cc-by-sa": ("3.0", "4.0"), "cc-by-nd": ("4.0",),
    "cc-by-nc": ("2.0", "3.0", "4.0"), "cc-by-nc-nd": ("3.0", "4.0"),
    "cc-by-nc-sa": ("2.0", "3.0", "4.0"),
}  # fmt: skip
_SIZES = {1_000: "1K", 10_000: "10K", 100_000: "100K", 1_000_000: "1M", 10_000_000: "10M"}


def hub_head(manifest: Manifest, layout: HubLayout | None) -> str:
    """The head between its two lines of dashes. Without a layout, `datasets` does not read the files."""
    fields = dict(_about(manifest))
    if layout:
        fields |= {"configs": [_config(layout)]}
        if layout.columns != "none":
            fields |= {"dataset_info": _dataset_info(layout)}
    text = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def _about(manifest: Manifest) -> Iterator[tuple[str, object]]:
    yield "pretty_name", f"Folk tunes: {', '.join(source.name for source in manifest.sources)}"
    licenses = [source.license for source in manifest.sources]
    names = list(dict.fromkeys(map(_hub_license, licenses))) or ["unknown"]
    if "other" in names:
        yield "license", "other"
        yield "license_name", _joined_name(licenses)
        yield "license_link", "README.md#sources-and-licenses"
    else:
        yield "license", names[0] if len(names) == 1 else names
    if languages := {name for source in manifest.sources for name in source.languages}:
        yield "language", sorted(languages)
    yield "size_categories", [_size_category(manifest.counts.taken)]
    yield "task_categories", ["text-generation"]
    yield "task_ids", ["language-modeling"]
    yield "tags", ["music", "symbolic-music", "folk-music", "abc-notation"]


def _hub_license(license: License) -> str:
    name = license.name.lower()
    family, _, version = name.rpartition("-")
    if license.name in _HUB_LICENSES:
        return _HUB_LICENSES[license.name]
    if license.spdx and version in _HUB_VERSIONS.get(family, (version,)):
        return name
    return "unknown" if license.commercial_use == "unknown" else "other"


def _joined_name(licenses: list[License]) -> str:
    """The names of all licenses, as the hub wants a name: small letters, digits and hyphens."""
    words = "-and-".join(dict.fromkeys(each.name.lower() for each in licenses))
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in words)
    return "-".join(filter(None, plain.split("-")))


def _size_category(count: int) -> str:
    below = "n<1K"
    for limit, following in zip(_SIZES, [*list(_SIZES)[1:], None], strict=True):
        if count >= limit:
            below = f"{_SIZES[limit]}<n<{_SIZES[following]}" if following else "10M<n<100M"
    return below


def _config(layout: HubLayout) -> dict[str, object]:
    data_files = [{"split": file.split, "path": file.path} for file in layout.files]
    return {"config_name": "default", "data_files": data_files, **layout.builder_options}


def _dataset_info(layout: HubLayout) -> dict[str, object]:
    size = sum(file.bytes for file in layout.files)
    splits = [
        {"name": file.split, "num_bytes": file.bytes, "num_examples": file.records}
        for file in layout.files
    ]
    return {
        "features": [_hub_feature(name, layout) for name in FEATURES],
        "splits": splits,
        "download_size": size,
        "dataset_size": size,
    }


def _hub_feature(name: str, layout: HubLayout) -> dict[str, str]:
    if name in INT64:
        return {"name": name, "dtype": "int64"}
    if name in LISTS and layout.columns == "typed":
        return {"name": name, "list": "string"}
    return {"name": name, "dtype": "string"}
