"""What `generate` writes is what `score` reads: each draw once, as the network ended it."""

from pathlib import Path

from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune
from tuneloom.model.sampling.tunebook import generated_tunebook
from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.tune_set import DrawnText, read_tunes

JIG = "M:6/8\nL:1/8\nK:D\nA|dff cee|dfe dBA:|\n"


def test_draws_come_back_as_they_were_drawn(tmp_path: Path) -> None:
    texts = [JIG, "", "K:D\nA|\n\nX:2\nK:G\nG|\n", "T:Mine\nK:D\nA|\n", "\nA"]
    drawn = [GeneratedTune(text, finished=text != "") for text in texts]
    path = tmp_path / "tunes.abc"
    path.write_text(generated_tunebook(dict(enumerate(drawn, start=1)), "first", SamplingConfig()))

    file = read_tunes(path)

    assert file.tunes == tuple(DrawnText(draw.text.rstrip("\n"), draw.finished) for draw in drawn)
    assert score_tunes(file).tally.parseable == Rate(2, 5)
