"""The tunes of thesession.org, as its own archive publishes them: a table, one row for each setting."""

from tuneloom.corpus.sources.kinds.pinned import PinnedSource

__all__ = ["THESESSION"]

THESESSION = PinnedSource(
    name="thesession",
    title="The Session",
    license="ODbL 1.0, not for large language models",
    citation="The Session, https://thesession.org/, collected by its members; "
    "data published by Jeremy Keith, adactio/TheSession-data",
    homepage="https://github.com/adactio/TheSession-data",
    url="https://raw.githubusercontent.com/adactio/TheSession-data/main/csv",
    folder="thesession",
    # Published anew every week, so that no sum lasts; the manifest of a data set has that of its own.
    checksums={"tunes.csv": ""},
    bytes=None,
    format="thesession",
    terms="its license, the Open Database License with a clause of its own, forbids use of the data "
    "with large language models; read it at https://github.com/adactio/TheSession-data",
    note="Renewed every week; to be asked for with --accept-license thesession.",
)
