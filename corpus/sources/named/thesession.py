"""The tunes of thesession.org, as its archive publishes them: a table with a row for each setting."""

from tuneloom.corpus.license import License
from tuneloom.corpus.sources.kinds.pinned import PinnedSource

__all__ = ["THESESSION"]

THESESSION = PinnedSource(
    name="thesession",
    title="The Session",
    license=License(
        name="ODbL 1.0, not for large language models",
        share_alike=True,
        attribution=True,
        forbidden_use="with large language models",
        must_accept="its license, the Open Database License with a clause of its own, forbids use of the "
        "data with large language models; read it at https://github.com/adactio/TheSession-data",
        url="https://github.com/adactio/TheSession-data",
    ),
    citation="The Session, https://thesession.org/, collected by its members; "
    "data published by Jeremy Keith, adactio/TheSession-data",
    homepage="https://github.com/adactio/TheSession-data",
    languages=("en", "ga"),
    url="https://raw.githubusercontent.com/adactio/TheSession-data/main/csv",
    folder="thesession",
    # Published every week, so no checksum lasts; the manifest of a data set records the one it was made of.
    checksums={"tunes.csv": ""},
    bytes=None,
    format="thesession",
    note="Renewed every week; requires --accept-license thesession.",
)
