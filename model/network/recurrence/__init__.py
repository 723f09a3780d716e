"""The recurrences of Keras layers, weight for weight, arranged for speed on a CPU."""
