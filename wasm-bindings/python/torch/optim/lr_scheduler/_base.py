"""What all schedulers share: the count of epochs, and setting the rates of the groups."""

import types
from functools import wraps
from weakref import ref

from ..._tensor import Tensor
from ..._warn import warn
from ..optimizer import Optimizer

EPOCH_WARNING = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
    "possible. Please use `scheduler.step()` to step the scheduler. During the deprecation, if "
    "epoch is different from None, the closed form is used instead of the new chainable form, "
    "where available. Please open an issue if you are unable to replicate your use case: "
    "https://github.com/pytorch/pytorch/issues/new/choose."
)
_SEE = "See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate"
_ORDER_WARNING = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and "
    "later, you should call them in the opposite order: `optimizer.step()` before "
    "`lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first value "
    "of the learning rate schedule. " + _SEE
)
_OVERRIDDEN_WARNING = (
    "Seems like `optimizer.step()` has been overridden after learning rate scheduler "
    "initialization. Please, make sure to call `optimizer.step()` before `lr_scheduler.step()`. "
    + _SEE
)


def check_verbose(verbose):
    """Whether to be verbose, with PyTorch's warning where it was asked for."""
    if verbose == "deprecated":
        return False
    warn(
        "The verbose parameter is deprecated. Please use get_last_lr() to access the learning rate."
    )
    return verbose


def check_optimizer(optimizer):
    """Raise TypeError for what is no optimizer."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")


def one_per_group(name, optimizer, value):
    """A list of one value a group; raises ValueError for a list of another length."""
    count = len(optimizer.param_groups)
    if not isinstance(value, (list, tuple)):
        value = [value] * count
    elif len(value) != count:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups. {name} has "
            f"{len(value)} values, param_groups has {count}."
        )
    return [item.clone() if isinstance(item, Tensor) else item for item in value]


def _note_steps(optimizer):
    """Let the optimizer remember that step() was called."""
    if hasattr(optimizer.step, "_wrapped_by_lr_sched"):
        return
    reference, plain = ref(optimizer), optimizer.step.__func__

    @wraps(plain)
    def step(*args, **kwargs):
        owner = reference()
        owner._opt_called = True
        return plain.__get__(owner, type(owner))(*args, **kwargs)

    step._wrapped_by_lr_sched = True
    optimizer.step = step


class LRScheduler:
    """Base class: a subclass defines `get_lr()`, one rate a group, from `last_epoch`."""

    _get_lr_called_within_step = False

    def __init__(self, optimizer, last_epoch=-1, verbose="deprecated"):
        check_optimizer(optimizer)
        self.optimizer = optimizer
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                rate = group["lr"]
                group.setdefault("initial_lr", rate.clone() if isinstance(rate, Tensor) else rate)
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}] when resuming an "
                    "optimizer"
                )
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        _note_steps(optimizer)
        self.verbose = check_verbose(verbose)
        self._initial_step()

    def _initial_step(self):
        self._step_count = 0
        self.step()

    def state_dict(self):
        """Everything but the optimizer."""
        return {key: value for key, value in self.__dict__.items() if key != "optimizer"}

    def load_state_dict(self, state_dict):
        """Take over a state_dict."""
        self.__dict__.update(state_dict)

    def get_last_lr(self):
        """The rates in force, one a group."""
        return self._last_lr

    def get_lr(self):
        """The rates for `last_epoch`, one a group."""
        raise NotImplementedError

    def print_lr(self, is_verbose, group, lr, epoch=None):
        """Print a rate, as old programs do. Deprecated."""
        warn(
            "`LRScheduler.print_lr()` is being deprecated. To fetch the learning rate, please use "
            "`get_last_lr()` instead. For more details, see "
            "https://github.com/pytorch/pytorch/issues/99270."
        )
        if is_verbose and epoch is None:
            print(f"Adjusting learning rate of group {group} to {lr:.4e}.")
        elif is_verbose:
            number = ("%.2f" if isinstance(epoch, float) else "%.5d") % epoch
            print(f"Epoch {number}: adjusting learning rate of group {group} to {lr:.4e}.")

    def step(self, epoch=None):
        """Go to the next epoch and set its rates."""
        if self._step_count == 1:
            if not hasattr(self.optimizer.step, "_wrapped_by_lr_sched"):
                warn(_OVERRIDDEN_WARNING)
            elif not getattr(self.optimizer, "_opt_called", False):
                warn(_ORDER_WARNING)
        self._step_count += 1
        if epoch is None:
            self.last_epoch += 1
            closed = None
        else:
            warn(EPOCH_WARNING)
            self.last_epoch = epoch
            closed = getattr(self, "_get_closed_form_lr", None)
        self._set_rates(closed or self.get_lr)

    def _set_rates(self, function):
        self._get_lr_called_within_step = True
        try:
            rates = function()
        finally:
            self._get_lr_called_within_step = False
        for group, rate in zip(self.optimizer.param_groups, rates, strict=False):
            if isinstance(group["lr"], Tensor):
                group["lr"].fill_(float(rate))
            else:
                group["lr"] = rate
        self._last_lr = self._rates()

    def _rates(self):
        return [group["lr"] for group in self.optimizer.param_groups]

    def _check_within_step(self):
        if not self._get_lr_called_within_step:
            warn(
                "To get the last learning rate computed by the scheduler, please use "
                "`get_last_lr()`."
            )


class _LRScheduler(LRScheduler):
    """The old name of LRScheduler."""


def function_state(function):
    """What a state_dict keeps of a callable: nothing of a function, the attributes of an object."""
    plain = function is None or isinstance(function, types.FunctionType)
    return None if plain else function.__dict__.copy()
