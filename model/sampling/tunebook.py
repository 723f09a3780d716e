"""The file that generated tunes are written in, with marks that tell a score what the network wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tuneloom.model.sampling.generate import Draw, Generated, Request
from tuneloom.model.sampling.sampler import Sampler

__all__ = ["remarks", "tunebook"]


def tunebook(
    tunes: Mapping[int, Draw], name: str, sampler: Sampler, remarks: Sequence[str] = ()
) -> str:
    """Draws by number as a tunebook; `name` is that of the run that wrote them."""
    nucleus = f", top-p {sampler.top_p}" if sampler.top_p < 1 else ""
    lines = [
        f"draws {len(tunes)}",
        f"model {name}, temperature {sampler.temperature}{nucleus}, seed {sampler.seed}",
        *remarks,
    ]
    header = "".join(f"%%tuneloom {line}\n" for line in lines)
    titled = f"{name}, seed {sampler.seed}"
    return "\n".join([header, *(_tune(n, draw, titled) for n, draw in tunes.items())])


def remarks(request: Request, generated: Generated) -> list[str]:
    """What a reader of the file should know besides: how the tunes were drawn, and if some lack."""
    lines = []
    if request.constraint != "none":
        lines.append(f"constraint {request.constraint}")
    if request.constraint == "reject":
        lines.append(f"rejected {generated.drawn - len(generated.tunes)} of {generated.drawn}")
    if fields := request.conditions.fields():
        lines.append("header " + " ".join(f"{letter}:{value}" for letter, value in fields.items()))
    if generated.partial:
        lines.append(f"partial {len(generated.tunes)} of {generated.asked}, broken off by the user")
    return lines


def _tune(number: int, draw: Draw, titled: str) -> str:
    cut = f", cut {draw.cut:.3f} bits" if draw.cut else ""
    mark = "" if draw.finished else "%%tuneloom unfinished\n"
    end = "" if draw.text.endswith("\n") else "\n"
    heading = f"%%tuneloom draw {number}{cut}\nX:{number}\nT:{titled}, tune {number}\n"
    return f"{heading}{mark}{draw.text}{end}"
