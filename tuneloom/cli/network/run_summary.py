"""What a run consists of, in a few lines before it starts."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.training.schedule import Budget
    from tuneloom.model.training.trainer import Trainer

__all__ = ["run_summary"]

_WIDTH = 80
_INDENT = 10


def run_summary(
    trainer: Trainer, budget: Budget, base: RunDirectory | None, *, resumed: bool
) -> str:
    """Lines within 80 columns: network, device, data, budget, and the settings other than the defaults."""
    config, inputs = trainer.config, trainer.inputs
    parts = {
        "network": f"{config.architecture}, {_plural(config.layers, 'layer')} of {config.units} units; "
        f"{trainer.network.model.count_params():,} parameters",
        "device": _device_text(config),
        "data": f"{_plural(len(inputs.tunes), 'tune')}, {inputs.characters:,} characters",
        "budget": _budget_text(budget),
        "settings": f"those of the run, resumed at step {trainer.progress.step:,}"
        if resumed
        else _settings_text(config, budget, base),
    }
    return "\n".join(_summary_line(name, text) for name, text in parts.items())


def _device_text(config: TrainingConfig) -> str:
    from tuneloom.model.runtime.devices import device_name, has_bfloat16_products

    if config.precision == "float32":
        return device_name()
    slow = "" if has_bfloat16_products() else ", for which it has no instructions: this is slower"
    return f"{device_name()}; products in {config.precision}{slow}"


def _budget_text(budget: Budget) -> str:
    if budget.minutes is not None:
        return _plural(budget.minutes, "minute")
    if budget.epochs is not None:
        return _plural(budget.epochs, "epoch")
    return _plural(budget.steps or 0, "step")


def _settings_text(config: TrainingConfig, budget: Budget, base: RunDirectory | None) -> str:
    from tuneloom.model.network.config import SHORT_RUN_MINUTES

    if base:
        defaults, text = base.config.for_fine_tuning(), f"those of {base.name}, for fine-tuning"
    elif budget.minutes is not None and budget.minutes < SHORT_RUN_MINUTES:
        text = f"the defaults of a short run, of less than {SHORT_RUN_MINUTES:g} minutes"
        defaults = config.for_budget(budget.minutes)
    else:
        defaults, text = config.for_budget(None), "the defaults of a long run"
    changed = config.changed_from(defaults)
    return f"{text}, but {', '.join(changed)}" if changed else text


def _plural(number: float, noun: str) -> str:
    return f"{number:,.12g} {noun}{'s' * (number != 1)}"


def _summary_line(name: str, text: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=name.ljust(_INDENT),
        subsequent_indent=" " * _INDENT,
        break_on_hyphens=False,
    )
