"""From a data set to new tunes: the character LSTM, its training and sampling, and the score.

`model.training.Training` trains a run, `model.generation.generate` draws tunes from it and
`model.evaluation.evaluate` measures it; these load TensorFlow. `model.score` does without.
"""
