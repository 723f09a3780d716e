"""Make the plan of a run from its options, before Beam is loaded."""

from __future__ import annotations

from functools import partial

from tuneloom.corpus.license import license_named
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.corpus.sources.inputs import input_files
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
    remote = [text for text in options.inputs if is_remote(text)]
    inputs = [
        *input_files(local, options.column, options.license, options.limits),
        *remote_files(remote, options.column, options.license, options.limits),
    ]
    files = resolve_sources(options.sources, inputs, options.accepted)
    open_files = partial(open_tune_files, limits=options.limits, open_=open_anywhere)
    jobs = tuple(limit_jobs(files, options.limit, open_files, options.query))
    sources = dict.fromkeys(job.file.source for job in jobs)
    return Plan(
        profile=options.profile,
        grammar=GRAMMAR_HASH,
        limit=options.limit,
        shards={split: options.shards if split == "train" else 1 for split in SPLITS},
        sources=tuple(credit_source(name, options.license) for name in sources),
        jobs=jobs,
        limits=options.limits,
        plugins=options.plugins,
        column=options.column,
        splitting=options.splitting,
        query=options.query,
        held_out=options.held_out,
    )


def credit_source(name: str, license: str = "") -> SourceCredit:
    """The title, license and citation of a source, named or the user's own files under a license."""
    if name not in SOURCES:
        return SourceCredit(name, _OWN_FILES, license_named(license))
    source = SOURCES[name]
    return SourceCredit(
        name, source.title, source.license, source.citation, source.homepage, source.languages
    )
