import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.training.schedule import Budget, learning_rate

CONFIG = TrainingConfig(learning_rate=0.01, warmup=10)


@pytest.mark.parametrize(
    ("budget", "progress"),
    [
        (Budget(minutes=3), TrainingProgress(seconds=90)),
        (Budget(epochs=2), TrainingProgress(epoch=1, batch=0)),
        (Budget(epochs=1), TrainingProgress(epoch=0, batch=5, epoch_batches=10)),
        (Budget(steps=100), TrainingProgress(step=50)),
    ],
)
def test_half_of_each_kind_of_budget(budget: Budget, progress: TrainingProgress) -> None:
    assert budget.spent(progress) == 0.5


@pytest.mark.parametrize(
    "given",
    [{}, {"minutes": 1, "steps": 5}, {"minutes": 0}, {"steps": -1}, {"minutes": float("nan")}],
)
def test_a_budget_is_one_number_above_zero(given: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="one of --minutes, --epochs and --steps"):
        Budget(**given)  # type: ignore[arg-type]


def test_the_rate_warms_up_and_comes_down_to_zero() -> None:
    budget = Budget(steps=1000)
    rates = [learning_rate(CONFIG, budget, TrainingProgress(step=step)) for step in range(1001)]
    assert rates[0] == pytest.approx(0.001)
    assert max(rates) == pytest.approx(0.01, rel=1e-3)
    assert rates.index(max(rates)) == 9
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[-1] == 0


def test_the_rate_stays_at_zero_after_the_budget() -> None:
    assert learning_rate(CONFIG, Budget(steps=100), TrainingProgress(step=150)) == 0
