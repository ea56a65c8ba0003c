"""torch.optim: optimizers and learning-rate schedulers."""

from .._missing import by_name
from . import lr_scheduler
from .adam import Adam
from .adamw import AdamW
from .optimizer import Optimizer
from .sgd import SGD

__all__ = ["SGD", "Adam", "AdamW", "Optimizer", "lr_scheduler"]

_HINT = "use torch.optim.Adam or torch.optim.SGD"
_OTHERS = [
    "ASGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adamax",
    "LBFGS",
    "NAdam",
    "RAdam",
    "RMSprop",
    "Rprop",
    "SparseAdam",
]

__getattr__ = by_name(
    __name__,
    "swa_utils",
    dict.fromkeys(_OTHERS, _HINT),
)
