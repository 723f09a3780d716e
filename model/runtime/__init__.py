"""TensorFlow's door, files and signals."""
