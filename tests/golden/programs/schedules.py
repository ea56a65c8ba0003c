"""Every learning-rate scheduler gives the rates of PyTorch."""

import copy
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler as s

settings = {
    "lambda": lambda o: s.LambdaLR(o, [lambda e: 0.9**e, lambda e: 1 / (1 + e)]),
    "multiplicative": lambda o: s.MultiplicativeLR(o, lambda e: 0.95),
    "step": lambda o: s.StepLR(o, 3, 0.5),
    "multistep": lambda o: s.MultiStepLR(o, [2, 2, 7], 0.5),
    "constant": lambda o: s.ConstantLR(o, 0.5, 4),
    "linear": lambda o: s.LinearLR(o, 0.25, 0.75, 6),
    "exponential": lambda o: s.ExponentialLR(o, 0.9),
    "polynomial": lambda o: s.PolynomialLR(o, 8, 2.0),
    "cosine": lambda o: s.CosineAnnealingLR(o, 5, 0.001),
    "restarts": lambda o: s.CosineAnnealingWarmRestarts(o, 3, 2, 0.001),
    "cyclic": lambda o: s.CyclicLR(o, 0.01, 0.1, 3, 4),
    "cyclic2": lambda o: s.CyclicLR(o, 0.01, 0.1, 2, mode="triangular2"),
    "cyclic exp": lambda o: s.CyclicLR(o, 0.01, 0.1, 2, mode="exp_range", gamma=0.9),
    "cyclic own": lambda o: s.CyclicLR(
        o, 0.01, 0.1, 2, scale_fn=lambda x: 0.5**x, cycle_momentum=False
    ),
    "onecycle": lambda o: s.OneCycleLR(o, 0.1, total_steps=14),
    "onecycle three": lambda o: s.OneCycleLR(
        o, [0.1, 0.2], epochs=2, steps_per_epoch=8, three_phase=True, anneal_strategy="linear"
    ),
    "sequential": lambda o: s.SequentialLR(
        o, [s.ConstantLR(o, 0.1, 2), s.ExponentialLR(o, 0.9), s.StepLR(o, 2)], [3, 7]
    ),
    "chained": lambda o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 2), s.ExponentialLR(o, 0.9)]),
    "swa": lambda o: optim.swa_utils.SWALR(o, 0.05, anneal_epochs=5),
}


def groups():
    a, b = torch.zeros(2, requires_grad=True), torch.zeros(3, requires_grad=True)
    return [{"params": [a], "lr": 0.2}, {"params": [b]}]


makers = {
    "sgd": lambda: optim.SGD(groups(), lr=0.1, momentum=0.9),
    "adam": lambda: optim.Adam(groups(), lr=0.1),
}
for name, make in settings.items():
    for kind, maker in makers.items():
        optimizer = maker()
        scheduler = make(optimizer)
        rates = [scheduler.get_last_lr()]
        momenta = []
        for _ in range(12):
            optimizer.step()
            scheduler.step()
            rates.append(scheduler.get_last_lr())
            momenta.append(optimizer.param_groups[0].get("momentum", 0))
            if kind == "adam":
                momenta[-1] = optimizer.param_groups[0]["betas"][0]
        print(name, kind)
        print(" ".join(f"{a:.7f}" for a, b in rates))
        print(" ".join(f"{b:.7f}" for a, b in rates))
        print(" ".join(f"{m:.5f}" for m in momenta))
    state = scheduler.state_dict()
    print(sorted(k for k in state if k not in ("anneal_func", "_anneal_func_type")))
    again = make(optimizer)
    again.load_state_dict(copy.deepcopy(state))
    print([f"{rate:.7f}" for rate in again.get_last_lr()])
    print(sorted(optimizer.param_groups[0]))

for mode, threshold_mode in (("min", "rel"), ("max", "abs")):
    optimizer = makers["sgd"]()
    scheduler = s.ReduceLROnPlateau(
        optimizer, mode, 0.5, 1, threshold_mode=threshold_mode, cooldown=1, min_lr=[0.05, 0.01]
    )
    for metric in [1.0, 0.9, 0.95, 0.96, 0.97, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2]:
        optimizer.step()
        scheduler.step(torch.tensor(metric))
        print(scheduler.get_last_lr(), scheduler.num_bad_epochs, scheduler.best)
    print(sorted(scheduler.state_dict()))


def told(function):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        try:
            function()
        except Exception as error:
            print(type(error).__name__, error)
    print([str(w.message) for w in found])


def wrong_order():
    optimizer = makers["sgd"]()
    scheduler = s.StepLR(optimizer, 2)
    scheduler.step()
    optimizer.step()
    scheduler.step()


def overridden():
    optimizer = makers["sgd"]()
    scheduler = s.StepLR(optimizer, 2)
    optimizer.step = lambda: None
    scheduler.step()


told(wrong_order)
told(overridden)
told(lambda: s.StepLR(makers["sgd"](), 2, verbose=True))
told(lambda: s.StepLR(makers["sgd"](), 2).get_lr())
told(lambda: s.StepLR(makers["sgd"](), 2).step(5))
told(lambda: s.StepLR(5, 2))
told(lambda: s.StepLR(makers["sgd"](), 2, last_epoch=3))
told(lambda: s.LambdaLR(makers["sgd"](), [len]))
told(lambda: s.ConstantLR(makers["sgd"](), 2.0))
told(lambda: s.LinearLR(makers["sgd"](), 0.0))
told(lambda: s.LinearLR(makers["sgd"](), 0.5, 2.0))
told(lambda: s.CyclicLR(optim.Adagrad(groups()), 0.1, 0.2))
told(lambda: s.CyclicLR(makers["sgd"](), 0.1, [0.2]))
told(lambda: s.CyclicLR(makers["sgd"](), 0.1, 0.2, mode="round"))
told(lambda: s.OneCycleLR(makers["sgd"](), 0.1))
told(lambda: s.OneCycleLR(makers["sgd"](), 0.1, -5))
told(lambda: s.OneCycleLR(makers["sgd"](), 0.1, 5, pct_start=2))
told(lambda: s.OneCycleLR(makers["sgd"](), 0.1, 5, anneal_strategy="exp"))
told(lambda: s.SequentialLR(makers["sgd"](), [], []))
told(lambda: s.ChainedScheduler([]))
told(lambda: s.ReduceLROnPlateau(makers["sgd"](), factor=1.5))
told(lambda: s.ReduceLROnPlateau(makers["sgd"](), "low"))
told(lambda: s.ReduceLROnPlateau(makers["sgd"](), min_lr=[1]))
told(lambda: s.CosineAnnealingWarmRestarts(makers["sgd"](), 0))
told(lambda: optim.swa_utils.SWALR(makers["sgd"](), 0.1, anneal_strategy="exp"))
optimizer = makers["sgd"]()
scheduler = s.OneCycleLR(optimizer, 0.1, 3)


def too_many():
    for _ in range(5):
        optimizer.step()
        scheduler.step()


told(too_many)
