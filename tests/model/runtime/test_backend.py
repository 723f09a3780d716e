import os

from tuneloom.model.runtime import backend


def test_memory_of_a_gpu_is_taken_as_it_is_needed() -> None:
    assert backend.tf
    assert os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] == "true"
