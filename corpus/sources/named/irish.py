"""The Irish tunes that MIT's introduction to deep learning generates music from."""

from tuneloom.corpus.license import license_named
from tuneloom.corpus.sources.kinds.pinned import PinnedSource

__all__ = ["IRISH"]

IRISH = PinnedSource(
    name="irish",
    title="Irish tunes of MIT 6.S191",
    license=license_named("MIT"),
    citation="MIT Introduction to Deep Learning (6.S191), mitdeeplearning/data/irish.abc, "
    "http://introtodeeplearning.com/",
    homepage="https://github.com/aamini/introtodeeplearning",
    languages=("en",),
    url="https://raw.githubusercontent.com/aamini/introtodeeplearning/"
    "fd8023c7804bd352fc7212ac3aa587bd90912653/mitdeeplearning/data",
    folder="irish",
    bytes=197_618,
    checksums={
        "irish.abc": "df3782d5f7b5a2f4c66aa7c13f13008d5f48757b3f5f51620cd6c1ceb2c53023",
    },
)
