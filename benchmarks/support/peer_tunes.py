"""Tunes that the networks of other projects wrote, from the files that these projects publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.license import license_named
from tuneloom.corpus.sources.kinds.pinned import PinnedSource, corpora_folder

__all__ = ["PEER_TUNES", "PeerTunes"]

_FOLDER = "peer-generated"


@dataclass(frozen=True, slots=True)
class PeerTunes:
    """One published file. `copy` is its name in the folder of corpora, where it need not be downloaded."""

    copy: str
    source: PinnedSource

    def path(self) -> Path:
        """Where the file is now.

        Raises:
            UsageError: it is not here, and cannot be downloaded.
        """
        root = corpora_folder()
        copy = root / _FOLDER / self.copy if root else None
        if copy and copy.is_file():
            return copy
        [file] = self.source.files()
        return Path(file.location)


_FOLK_RNN = "victorwegeborn/folk-rnn", "7f8158e085f7c6787b429abf4c43cf6c0b9d8a20", "MIT"
_FOLK_VAE = (
    "amerotz/aichallenge_folktune-VAE",
    "50e3e35466af85a89380fcd34c31aa7e66eeca28",
    "GPL-3.0-only",
)


def _published(name: str, origin: tuple[str, str, str], path: str, sha256: str) -> PinnedSource:
    """A file of a repository, by the repository, the commit and the license of its origin."""
    repository, commit, license_ = origin
    homepage = f"https://github.com/{repository}"
    return PinnedSource(
        name=name,
        title=f"Tunes written by {name}",
        license=license_named(license_),
        citation=homepage,
        homepage=homepage,
        url=f"https://raw.githubusercontent.com/{repository}/{commit}",
        folder=_FOLDER,
        bytes=None,
        checksums={path: sha256},
    )


PEER_TUNES = {
    "LSTM": PeerTunes(
        "lstm_dropout.txt",
        _published(
            "folk-rnn's LSTM",
            _FOLK_RNN,
            "data/results/lstm_dropout-9_nov_folkwiki-20181112-131031-s42-1.00-20181113-092022.txt",
            "9a6fe3ae6554f14c07c6e0e2eaa9b797f5649be24dd4a22d4c4903d8cfe4afee",
        ),
    ),
    "GRU": PeerTunes(
        "gru_dropout.txt",
        _published(
            "folk-rnn's GRU",
            _FOLK_RNN,
            "data/results/gru_dropout-9_nov_folkwiki-20181114-111244-s42-1.00-20181114-154918.txt",
            "1dc7249a0033159f1046a841cde885b3fd9ebf445b4167551a7aee8d5a483821",
        ),
    ),
    "VAE": PeerTunes(
        "folkvae.abc",
        _published(
            "the folk-tune VAE",
            _FOLK_VAE,
            "tunes.abc",
            "3dda6b6497e0120973519399d3fe92718224df215bef984398e85fbb6412d04f",
        ),
    ),
}
"""By the kind of network."""
