import numpy as np
import pytest

from tuneloom.model.runtime.backend import tf
from tuneloom.model.sampling.counter_rng import gumbel_noise, threefry, uniform_per_draw


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [
        ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
        ((2**32 - 1, 2**32 - 1), (2**32 - 1, 2**32 - 1), (0x1CB996FC, 0xBB002BE7)),
        ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
    ],
)
def test_the_generator_gives_its_authors_test_vectors(
    key: tuple[int, int], counter: tuple[int, int], expected: tuple[int, int]
) -> None:
    words = [tf.constant(word, tf.uint32) for word in (*key, *counter)]
    x, y = threefry((words[0], words[1]), (words[2], words[3]))
    assert (int(x), int(y)) == expected


def test_a_row_depends_on_its_draw_and_step_and_not_on_its_position() -> None:
    rows = gumbel_noise(5, tf.constant([3, 8, 3, 3]), tf.constant([7, 7, 7, 6]), 61).numpy()
    alone = gumbel_noise(5, tf.constant([8]), tf.constant([7]), 61).numpy()
    np.testing.assert_array_equal(rows[1], alone[0])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert len({row.tobytes() for row in rows}) == 3


def test_the_largest_sum_of_logit_and_noise_is_a_sample_from_the_softmax() -> None:
    probabilities = np.array([0.5, 0.3, 0.15, 0.05], np.float32)
    noise = gumbel_noise(0, tf.range(20_000), tf.zeros(20_000, tf.int32), 4)
    drawn = (
        np.bincount((np.log(probabilities) + noise.numpy()).argmax(axis=1), minlength=4) / 20_000
    )
    np.testing.assert_allclose(drawn, probabilities, atol=0.01)


def test_the_number_drawn_once_for_each_tune_is_uniform() -> None:
    drawn = uniform_per_draw(1, tf.range(20_000)).numpy()
    assert 0 < drawn.min() < drawn.max() < 1
    np.testing.assert_allclose(np.histogram(drawn, 4, (0, 1))[0] / 20_000, 0.25, atol=0.01)
