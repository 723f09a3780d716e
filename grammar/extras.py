"""The extras of the package, and what to say where one is not installed.

`pip install tuneloom` brings what reading, checking and formatting tunes need. Data sets need the extra
`data`, and networks the extra `train`, which includes it. The language server needs the extra `lsp` alone.
"""

from __future__ import annotations

__all__ = ["EXTRAS", "missing_extra"]

EXTRAS = ("", "lsp", "data", "train")  # `train` includes `data`, and nothing else another

# What is imported, its name for people, and the extra that brings it.
_PACKAGES = {
    "apache_beam": ("Apache Beam", "data"),
    "google": ("Protocol Buffers", "data"),
    "google.protobuf": ("Protocol Buffers", "data"),
    "google_crc32c": ("google-crc32c", "data"),
    "grpc": ("gRPC", "data"),
    "h5py": ("h5py", "train"),
    "keras": ("Keras", "train"),
    "lsprotocol": ("lsprotocol", "lsp"),
    "matplotlib": ("Matplotlib", "data"),
    "music21": ("music21", "data"),
    "numpy": ("NumPy", "data"),
    "onnx": ("ONNX", "train"),
    "pandas": ("pandas", "data"),
    "pooch": ("pooch", "data"),
    "pyarrow": ("PyArrow", "data"),
    "pygls": ("pygls", "lsp"),
    "rensa": ("rensa", "data"),
    "resvg_py": ("resvg-py", "data"),
    "safetensors": ("safetensors", "train"),
    "symusic": ("symusic", "data"),
    "tensorflow": ("TensorFlow", "train"),
    "tensorflow_metadata": ("TensorFlow Metadata", "data"),
    "verovio": ("Verovio", "data"),
    "yaml": ("PyYAML", "data"),
}


def missing_extra(error: ModuleNotFoundError, needed_by: str, extra: str = "") -> str | None:
    """The line that says what to install, or None if the missing module is not one that an extra brings.

    `extra` is what `needed_by` needs altogether, where that is known.
    """
    if error.name not in _PACKAGES:
        return None
    package, brought_by = _PACKAGES[error.name]
    wanted = max(extra, brought_by, key=EXTRAS.index)
    return f"{needed_by} needs {package}, which is not installed: pip install 'tuneloom[{wanted}]'"
