"""Scoring tunes without TensorFlow: how many are parseable, and what is wrong with the others."""

from tuneloom.model.score.reports.report import Rate, Reference, Score, Tally
from tuneloom.model.score.reports.scoring import score_file

__all__ = ["Rate", "Reference", "Score", "Tally", "score_file"]
