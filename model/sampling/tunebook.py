"""Generated tunes as a tunebook, with `%%tuneloom` comments that a score reads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tuneloom.grammar.counts import count_of
from tuneloom.grammar.parsing.notebook import diagnostics_html, tune_facts
from tuneloom.grammar.parsing.parser import parse
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune, GenerationResult
from tuneloom.model.sampling.request import GenerationRequest

__all__ = ["GeneratedBook", "generated_book", "generated_tunebook", "generation_remarks"]

_SHOWN = 10  # tunes in a notebook


@dataclass(frozen=True, slots=True, repr=False)
class GeneratedBook:
    """Generated tunes, and the text of the tunebook that `tuneloom generate` writes."""

    text: str
    result: GenerationResult

    @property
    def tunes(self) -> list[str]:
        """The tunes as the network wrote them: training texts, without X: and T:."""
        return [tune.text for tune in self.result.tunes.values()]

    def __repr__(self) -> str:
        return f"<GeneratedBook: {len(self.result.tunes)} tunes>"

    def _repr_html_(self) -> str:
        """What a notebook shows: each of the first tunes in a line, with its text folded below it."""
        count = len(self.result.tunes)
        shown = [_folded_tune(n, self.result.tunes[n]) for n in list(self.result.tunes)[:_SHOWN]]
        rest = f"<p>… and {count - _SHOWN:,} more</p>" if count > _SHOWN else ""
        return f"<p><b>{count_of(count, 'tune')}</b></p>{''.join(shown)}{rest}"


def _folded_tune(number: int, tune: GeneratedTune) -> str:
    parsed = parse(tune.text)
    if parsed.parseable:
        facts, wrong = ", ".join(filter(None, tune_facts(parsed.tune).values())), ""
    else:
        facts, wrong = "not parseable", diagnostics_html(parsed.diagnostics)
    cut = "" if tune.finished else ", unfinished"
    return (
        f"<details><summary>{number}: {escape(facts)}{cut}</summary>"
        f"<pre>{escape(tune.text)}</pre>{wrong}</details>"
    )


def generated_book(
    run: str, config: SamplingConfig, request: GenerationRequest, result: GenerationResult
) -> GeneratedBook:
    """What the run of that name generated on request, with remarks on how."""
    remarks = generation_remarks(request, result)
    return GeneratedBook(generated_tunebook(result.tunes, run, config, remarks), result)


def generated_tunebook(
    tunes: Mapping[int, GeneratedTune],
    run: str,
    config: SamplingConfig,
    remarks: Sequence[str] = (),
) -> str:
    """A tunebook of tunes by number; `run` is the name of the run that wrote them."""
    nucleus = f", top-p {config.top_p}" if config.top_p < 1 else ""
    lines = [
        f"draws {len(tunes)}",
        f"model {run}, temperature {config.temperature}{nucleus}, seed {config.seed}",
        *remarks,
    ]
    header = "".join(f"%%tuneloom {line}\n" for line in lines)
    title = f"{run}, seed {config.seed}"
    return "\n".join([header, *(_tunebook_entry(n, tune, title) for n, tune in tunes.items())])


def generation_remarks(request: GenerationRequest, result: GenerationResult) -> list[str]:
    """Comments for the tunebook: how the tunes were drawn, and whether some are missing."""
    lines = []
    if request.level:
        lines.append(f"level {request.level}")
    if request.constraint != "none":
        lines.append(f"constraint {request.constraint}")
    if request.exact:
        lines.append(f"exact {request.exact}")
    if request.constraint == "reject" or request.exact == "restart":
        lines.append(f"rejected {result.drawn - len(result.tunes)} of {result.drawn}")
    if result.effective_size is not None:
        lines.append(
            f"resampled {result.different} different tunes, "
            f"effective sample size {result.effective_size:.1f}"
        )
    if fields := request.header.fields():
        lines.append("header " + " ".join(f"{letter}:{value}" for letter, value in fields.items()))
    if result.partial:
        lines.append(f"partial {len(result.tunes)} of {result.requested}, broken off by the user")
    return lines


def _tunebook_entry(number: int, tune: GeneratedTune, title: str) -> str:
    cut = f", cut {tune.mask_bits:.3f} bits" if tune.mask_bits else ""
    mark = "" if tune.finished else "%%tuneloom unfinished\n"
    end = "" if tune.text.endswith("\n") else "\n"
    header = f"%%tuneloom draw {number}{cut}\nX:{number}\nT:{title}, tune {number}\n"
    return f"{header}{mark}{tune.text}{end}"
