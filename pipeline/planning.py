"""Make the plan of a run from its options, before Beam is loaded."""

from __future__ import annotations

from functools import partial

from tuneloom.corpus.license import UNKNOWN_LICENSE
from tuneloom.corpus.reading.tunebooks import read_raw_tunes
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.corpus.sources.resolve import resolve_sources
from tuneloom.grammar import GRAMMAR_HASH
from tuneloom.pipeline.dataset.files import SPLITS
from tuneloom.pipeline.options import Options
from tuneloom.pipeline.steps.plan import Plan, SourceCredit, limit_jobs
from tuneloom.pipeline.storage.paths import is_remote
from tuneloom.pipeline.storage.remote_inputs import open_anywhere, remote_files

__all__ = ["credit_source", "make_plan"]

_OWN_FILES = "Files of whoever made the data set"


def make_plan(options: Options) -> Plan:
    """Find the files to read, and the licenses and citations of their sources.

    Raises:
        UsageError: a source or an input cannot be found or read.
    """
    local = [text for text in options.inputs if not is_remote(text)]
    remote = remote_files([text for text in options.inputs if is_remote(text)])
    files = sorted(
        [*resolve_sources(options.sources, local, options.accepted), *remote],
        key=lambda file: (file.source, file.path),
    )
    read = partial(read_raw_tunes, limits=options.limits, open_=open_anywhere)
    jobs = tuple(limit_jobs(files, options.limit, read))
    return Plan(
        profile=options.profile,
        grammar=GRAMMAR_HASH,
        limit=options.limit,
        shards={split: options.shards if split == "train" else 1 for split in SPLITS},
        sources=tuple(map(credit_source, dict.fromkeys(job.file.source for job in jobs))),
        jobs=jobs,
        limits=options.limits,
        plugins=options.plugins,
    )


def credit_source(name: str) -> SourceCredit:
    """The title, license and citation of a source, named or the user's own files."""
    if name not in SOURCES:
        return SourceCredit(name, _OWN_FILES, UNKNOWN_LICENSE)
    source = SOURCES[name]
    return SourceCredit(
        name, source.title, source.license, source.citation, source.homepage, source.languages
    )
