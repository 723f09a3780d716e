"""Scoring tunes without TensorFlow: how many are parseable, and what is wrong with the others."""

from model.score.report import Rate, Reference, Score, Tally
from model.score.scoring import score_file

__all__ = ["Rate", "Reference", "Score", "Tally", "score_file"]
