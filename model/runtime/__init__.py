"""TensorFlow, threads, files and signals."""
