"""`tuneloom.generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.api.inputs import PathInput, needs_extra

if TYPE_CHECKING:
    from tuneloom.model.sampling.config import AskedLevel, ExactMethod
    from tuneloom.model.sampling.tunebook import GeneratedBook

__all__ = ["generate"]


@needs_extra("train")
def generate(
    run: PathInput = "pretrained",
    count: int = 10,
    *,
    constraint: str = "none",
    exact: ExactMethod | None = None,
    level: AskedLevel | None = None,
    temperature: float = 1.0,
    top_p: float = 1.0,
    seed: int = 0,
    prompt: str = "",
    meter: str = "",
    key: str = "",
    rhythm: str = "",
    max_chars: int = 2048,
    progress: bool = True,
) -> GeneratedBook:
    """Generate tunes with a trained network, as `tuneloom generate` does.

    Args:
        run: The directory of a run of `tuneloom.train`; by default, the one that comes with the package.
        count: The number of tunes.
        constraint: "syntax": only characters that can become a tune; "metre": also only full bars;
            "reject": draw again what is not a tune.
        exact: "restart" or "resample": follow the network's own distribution under the constraint.
        level: "metrical": tunes whose every bar is right; "parseable": like all that it learned from.
        temperature: Below 1 for safer tunes, above 1 for bolder ones.
        top_p: Nucleus sampling: keep the most likely tokens up to this total probability.
        seed: The same seed gives the same tunes.
        prompt: How each tune starts, in any spelling.
        meter: The meter of each tune, such as "6/8".
        key: The key of each tune, such as "Edor".
        rhythm: The rhythm of each tune, such as "jig".
        max_chars: Cut a tune off after this many characters.
        progress: Whether to show a bar, in a terminal and in a notebook.

    Returns:
        The tunes: `text` is the tunebook that the command writes, `tunes` a list of training texts, and
        `result.left_out` what of the prompt the network does not read.

    Raises:
        UsageError: the run has no network, or cannot write what is asked for.
        RunFailed: nothing that is drawn can be kept.
        KeyboardInterrupt: on Ctrl-C before a tune was finished; afterwards, the tunes so far are returned.

    Example:
        >>> import tuneloom
        >>> book = tuneloom.generate("runs/mine", 5, constraint="syntax", max_chars=80, progress=False)
        >>> book
        <GeneratedBook: 5 tunes>
    """
    from tuneloom.cli.console import count_bar
    from tuneloom.grammar.errors import UsageError
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runs.headers import RequestedHeader
    from tuneloom.model.sampling.config import SamplingConfig
    from tuneloom.model.sampling.generate import generate_tunes
    from tuneloom.model.sampling.request import GenerationRequest
    from tuneloom.model.sampling.tunebook import generated_book

    if count < 1 or max_chars < 1:
        raise UsageError("count and max_chars must be 1 or more")
    opened = RunDirectory.open(Path(run))
    config = SamplingConfig(temperature, seed, max_chars, top_p)
    header = RequestedHeader.of(rhythm, meter, key)
    request = GenerationRequest(
        count, prompt, header, constraint, prompt_name="prompt", exact=exact, level=level
    )
    with count_bar("generating", count, quiet=not progress) as report:
        result = generate_tunes(opened, config, request, report)
    if not result.tunes:
        raise KeyboardInterrupt
    return generated_book(opened.name, config, request, result)
