"""From a data set to new tunes: a character-level network, its training, sampling and scoring.

`training.trainer.Trainer` trains a run, `sampling.generate.generate` draws tunes from it and
`training.evaluation.evaluate` measures it; these import TensorFlow. `score` does not.
"""
