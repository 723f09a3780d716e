"""`croissant.json`: metadata by MLCommons' Croissant 1.0, from which tools load the records.

The format is described at https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import FEATURES, INT64, LISTS, MEANINGS
from tuneloom.pipeline.description.bibtex import bibtex
from tuneloom.pipeline.description.hub_layout import HubFile, HubLayout

__all__ = ["croissant_json"]

_Json = dict[str, object]

_TFRECORD = "application/x-tfrecord"

_CONTEXT: _Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant_json(manifest: Manifest, layout: HubLayout | None = None) -> bytes:
    """The metadata as JSON-LD: a record set for each split, with a field for each feature.

    Without a layout, it is that of the data set itself. No reader of Croissant knows TFRecord, so that has
    files and no record sets.
    """
    names = ", ".join(source.name for source in manifest.sources)
    document: _Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": f"Folk tunes: {names}",
        "description": f"{manifest.counts.taken:,} folk tunes in ABC notation, made by Tuneloom "
        f"{version('tuneloom')} with the profile {manifest.profile}.",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": bibtex(manifest),
        "creator": [
            {"@type": "sc:Organization", "name": source.title} for source in manifest.sources
        ],
        "license": list(dict.fromkeys(_licenses(manifest))),
        "url": next((source.homepage for source in manifest.sources if source.homepage), ""),
        "version": version("tuneloom"),
        "distribution": _distribution(manifest, layout),
        "recordSet": [_record_set(file, layout) for file in layout.files] if layout else [],
    }
    filled = {name: value for name, value in document.items() if value}
    return json.dumps(filled, ensure_ascii=False, indent=2).encode(errors="replace") + b"\n"


def _licenses(manifest: Manifest) -> Iterator[str]:
    """The page of each license, or its name where it has none."""
    for source in manifest.sources:
        yield source.license.url or source.license.name


def _distribution(manifest: Manifest, layout: HubLayout | None) -> list[_Json]:
    if layout:
        files = ((each.path, each.split, each.bytes, each.sha256) for each in layout.files)
        return [_file_object(*file, layout.media_type) for file in files]
    shards = ((each.file, each.split, each.bytes, each.sha256) for each in manifest.shards)
    return [_file_object(*shard, _TFRECORD) for shard in shards]


def _file_object(path: str, split: str, size: int, sha256: str, media_type: str) -> _Json:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "description": f"Tunes of the split {split}.",
        "contentUrl": path,
        "contentSize": f"{size} B",
        "encodingFormat": media_type,
        "sha256": sha256,
    }


def _record_set(file: HubFile, layout: HubLayout) -> _Json:
    return {
        "@type": "cr:RecordSet",
        "@id": file.split,
        "name": file.split,
        "description": f"The {file.records:,} tunes of the split {file.split}.",
        "field": [_field(name, file, layout) for name in FEATURES],
    }


def _field(name: str, file: HubFile, layout: HubLayout) -> _Json:
    field: _Json = {
        "@type": "cr:Field",
        "@id": f"{file.split}/{name}",
        "name": name,
        "description": MEANINGS[name],
        "dataType": "sc:Integer" if name in INT64 else "sc:Text",
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": name}},
    }
    if name in LISTS and layout.columns == "typed":
        field["repeated"] = True
    return field
