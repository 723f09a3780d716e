"""Damages a file, by field, by member and by byte, as chance and ill will do."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.support.random_texts import mutant
from tuneloom.pipeline.dataset.tfrecord import frame

__all__ = ["damage_file"]

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 5, 10**12, 1 << 63, 1e308, float("nan"), "", "x", "/dev/zero", "../../etc/passwd",
    "\x00", "\ud800", "a" * 10_000, [], {}, [[]], {"a": 1}, [None], [[["x"]]],
)  # fmt: skip
_SECRET = "/etc/passwd"

Damage = Callable[[Path, random.Random], str]
ByteDamage = Callable[[bytes, random.Random], tuple[bytes, str]]


def damage_file(path: Path, randomly: random.Random) -> str:
    """Damage a file in one of the ways that suit its kind, and say how."""
    ways: list[Damage] = [_with_other_bytes, _replaced]
    if path.suffix == ".json":
        ways += [_with_another_field] * 6
    if path.suffix in (".jsonl", ".csv", ".json", ".pbtxt"):
        ways.append(_with_other_text)
    if path.suffix == ".tfrecord":
        ways += [_with_another_record] * 3
    if path.suffix in (".keras", ".npz"):
        ways += [_with_another_member] * 6
    return randomly.choice(ways)(path, randomly)


def _with_other_bytes(path: Path, randomly: random.Random) -> str:
    way = randomly.choice([_flipped, _shortened, _nested])
    data, what = way(path.read_bytes(), randomly)
    path.write_bytes(data)
    return what


def _flipped(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    changed = bytearray(data)
    places = [randomly.randrange(len(data)) for _ in range(3 if data else 0)]
    for place in places:
        changed[place] = randomly.randrange(256)
    return bytes(changed), f"bytes at {places}"


def _shortened(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    end = randomly.randrange(len(data) + 1)
    return data[:end], f"cut at {end}"


def _nested(_: bytes, randomly: random.Random) -> tuple[bytes, str]:
    return randomly.choice([b"[", b'{"a":']) * 200_000, "nested"


def _replaced(path: Path, randomly: random.Random) -> str:
    kind = randomly.choice(["directory", "missing", "binary", "link", "pipe"])
    path.unlink()
    if kind == "directory":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(randomly.randbytes(300))
    elif kind == "link":
        path.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    return kind


def _with_other_text(path: Path, randomly: random.Random) -> str:
    text = path.read_text(errors="surrogateescape")
    for _ in range(3):
        text = mutant(text, randomly) if len(text) > 2 else text
    path.write_text(text, errors="surrogateescape")
    return "text"


def _with_another_record(path: Path, randomly: random.Random) -> str:
    """Garbage that has the right checksum, or a length that has."""
    if randomly.random() < 0.3:
        length = randomly.choice([1 << 63, 10**12, (1 << 64) - 1]).to_bytes(8, "little")
        path.write_bytes(length + frame(length)[12:][8:12] + b"x" * 100)
        return "a length"
    data = bytearray(path.read_bytes()[12:-4] or b"x")
    for _ in range(randomly.randrange(1, 5)):
        data[randomly.randrange(len(data))] = randomly.randrange(256)
    path.write_bytes(frame(bytes(data)))
    return "a record"


def _with_another_field(path: Path, randomly: random.Random) -> str:
    data, what = _other_field(path.read_bytes(), randomly)
    path.write_bytes(data)
    return what


def _other_field(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    """Another value, none, or another name for a field at any depth."""
    try:
        content = json.loads(data)
    except ValueError:  # a cache begins with a checksum
        return _flipped(data, randomly)
    places = list(_json_places(content))
    if not places:
        return _flipped(data, randomly)
    holder, key = randomly.choice(places)
    value = copy.deepcopy(randomly.choice(_VALUES))
    if isinstance(holder, dict) and randomly.random() < 0.2:
        holder.pop(key)
        value = "(taken out)"
    else:
        holder[key] = value
    return json.dumps(content).encode(), f"{key} is {value!r:.60}"


def _json_places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every field and item of a JSON value, with what holds it."""
    inside: Sequence[tuple[Any, Any]] = ()
    if isinstance(content, dict):
        inside = list(content.items())
    elif isinstance(content, list):
        inside = list(enumerate(content[:5]))
    for key, value in inside:
        yield content, key
        yield from _json_places(value)


def _with_another_member(path: Path, randomly: random.Random) -> str:
    """One member of an archive is another; its checksum is renewed."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    name = randomly.choice(sorted(contents))
    ways: list[ByteDamage] = [_flipped, _shortened, _nested, _bomb]
    if name.endswith(".npy"):
        ways += [_other_array] * 6
    if name.endswith(".h5"):
        ways += [_other_weights] * 6
    if name.endswith(".json"):
        ways += [_other_field] * 4
    if name in ("progress.npy", "best_validation.npy"):
        ways += [_other_facts] * 20
    contents[name], what = randomly.choice(ways)(contents[name], randomly)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in contents.items():
            archive.writestr(each, content)
    return f"{name}: {what}"


def _bomb(data: bytes, _: random.Random) -> tuple[bytes, str]:
    return data + bytes(300_000_000), "a bomb"


class _Harm:
    """Runs a program where it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("true",)


def _other_array(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    """Another array, one that is none, or one that says that it is huge."""
    array = np.load(io.BytesIO(data))
    others: list[Any] = [
        np.array([_Harm()], object), np.array("x" * 100), np.array(["x"]), np.zeros((3, 3)), array[..., None],
        np.array(5), array.astype("c16") if array.dtype.kind == "f" else array, np.zeros(0),
    ]  # fmt: skip
    if randomly.random() < 0.3:
        shape = randomly.choice([b"(1000000000000,), }", b"(-1,), }", b"('x',), }"])
        return data[:60] + shape + data[60 + len(shape) :], "a header"
    other = randomly.choice(others)
    with io.BytesIO() as buffer:
        np.save(buffer, other, allow_pickle=True)
        return buffer.getvalue(), f"an array of {other.dtype} {other.shape}"


def _other_facts(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    """Another value in the JSON that an array holds."""
    text, what = _other_field(str(np.load(io.BytesIO(data))).encode(), randomly)
    with io.BytesIO() as buffer:
        np.save(buffer, np.array(text.decode()))
        return buffer.getvalue(), what


def _other_weights(data: bytes, randomly: random.Random) -> tuple[bytes, str]:
    """Weights of another shape or kind, somewhere else, or nowhere."""
    names: list[str] = []
    with io.BytesIO(data) as buffer:
        with h5py.File(buffer, "r+") as file:
            file.visititems(
                lambda name, item: names.append(name) if hasattr(item, "size") else None
            )
            name = randomly.choice(names)
            shape = file[name].shape
            del file[name]
            what = randomly.choice(
                ["external", "huge", "words", "shape", "none", "link", "loop", "nan"]
            )
            if what == "external":
                file.create_dataset(name, shape, "f4", external=[(_SECRET, 0, 4 * 10**6)])
            elif what == "huge":
                file.create_dataset(name, (10**6, 10**6), "f4", chunks=(10, 10))
            elif what == "words":
                file.create_dataset(name, shape, h5py.string_dtype())
            elif what == "shape":
                file.create_dataset(name, (*shape, 2), "f4")
            elif what == "link":
                file[name] = h5py.ExternalLink(_SECRET, "/x")
            elif what == "loop":
                file[name] = h5py.SoftLink(f"/{name}")
            elif what == "nan":
                file[name] = np.full(shape, np.nan, np.float32)
        return buffer.getvalue(), f"{name}: {what}"
