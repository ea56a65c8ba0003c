"""A hundred steps of every optimizer go where those of PyTorch go."""

import copy

import torch
from torch import nn, optim

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(64, 3)
y = x @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.1 * torch.randn(64, 1)
settings = {
    "adadelta": lambda p: optim.Adadelta(p),
    "adadelta decay": lambda p: optim.Adadelta(p, lr=0.5, rho=0.8, weight_decay=0.01),
    "adafactor": lambda p: optim.Adafactor(p, lr=0.01),
    "adafactor decay": lambda p: optim.Adafactor(p, lr=0.05, weight_decay=0.1, d=2.0),
    "adagrad": lambda p: optim.Adagrad(p, lr=0.1),
    "adagrad decay": lambda p: optim.Adagrad(
        p, lr=0.1, lr_decay=0.01, weight_decay=0.01, initial_accumulator_value=0.1
    ),
    "adam": lambda p: optim.Adam(p, lr=0.01),
    "adam tensor rate": lambda p: optim.Adam(p, lr=torch.tensor(0.01)),
    "adamw": lambda p: optim.AdamW(p, lr=0.01, amsgrad=True),
    "adamax": lambda p: optim.Adamax(p, lr=0.01),
    "adamax decay": lambda p: optim.Adamax(p, lr=0.01, weight_decay=0.1, betas=(0.8, 0.9)),
    "asgd": lambda p: optim.ASGD(p, lr=0.05),
    "asgd averaging": lambda p: optim.ASGD(p, lr=0.05, t0=20, lambd=0.01, weight_decay=0.01),
    "lbfgs": lambda p: optim.LBFGS(p, lr=0.1, max_iter=4),
    "nadam": lambda p: optim.NAdam(p, lr=0.01),
    "nadam decay": lambda p: optim.NAdam(p, lr=0.01, weight_decay=0.1, decoupled_weight_decay=True),
    "radam": lambda p: optim.RAdam(p, lr=0.01),
    "radam decay": lambda p: optim.RAdam(p, lr=0.01, weight_decay=0.1, betas=(0.9, 0.99)),
    "rmsprop": lambda p: optim.RMSprop(p, lr=0.01),
    "rmsprop all": lambda p: optim.RMSprop(
        p, lr=0.01, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.01
    ),
    "rprop": lambda p: optim.Rprop(p, lr=0.001),
    "sgd": lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "maximize": lambda p: optim.RMSprop(p, lr=1e-5, maximize=True),
}


def run(model, optimizer, steps):
    losses = []
    for _ in range(steps):

        def closure():
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(x), y)
            loss.backward()
            return loss

        losses.append(optimizer.step(closure).item())
    return losses


for name, make in settings.items():
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
    optimizer = make(model.parameters())
    losses = run(model, optimizer, 30 if name == "lbfgs" else 100)
    print(name, " ".join(f"{loss:.5f}" for loss in losses[::12]))
    print({k: v for k, v in optimizer.defaults.items() if k != "lr"})
    saved = copy.deepcopy(optimizer.state_dict())
    for key, value in sorted(saved["state"][0].items()):
        if torch.is_tensor(value) and name not in ("lbfgs", "rprop"):
            print(" ", key, value.dtype, tuple(value.shape), f"{value.float().abs().sum():.4f}")
        else:
            print(" ", key, type(value).__name__)
    twin = copy.deepcopy(model)
    other = make(twin.parameters())
    other.load_state_dict(saved)
    print(run(model, optimizer, 3) == run(twin, other, 3))

model = nn.Linear(2, 1)
seen = []
optimizer = optim.Adam(model.parameters())
handles = [
    optimizer.register_step_pre_hook(lambda o, args, kwargs: seen.append("pre")),
    optimizer.register_step_post_hook(lambda o, args, kwargs: seen.append("post")),
    optimizer.register_state_dict_pre_hook(lambda o: seen.append("before")),
    optimizer.register_state_dict_post_hook(lambda o, d: {**d, "more": 1}),
    optimizer.register_load_state_dict_pre_hook(lambda o, d: seen.append(sorted(d))),
    optimizer.register_load_state_dict_post_hook(lambda o: seen.append("loaded")),
]
model(torch.ones(1, 2)).sum().backward()
optimizer.step()
optimizer.load_state_dict(optimizer.state_dict())
for handle in handles:
    handle.remove()
optimizer.step()
print(seen)
print(optimizer.state[model.bias])


class Sign(optim.Optimizer):
    """An optimizer of a program's own."""

    def __init__(self, params, lr=0.1):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                state["calls"] = state.get("calls", 0) + 1
                p.add_(p.grad.sign(), alpha=-group["lr"])


optimizer = Sign([{"params": [model.weight], "lr": 0.5}, {"params": [model.bias]}])
optimizer.step()
optimizer.add_param_group({"params": nn.Parameter(torch.zeros(3))})
print(optimizer, optimizer.state_dict()["state"], model.weight.grad)

average = optim.swa_utils.AveragedModel(model)
ema = optim.swa_utils.AveragedModel(model, multi_avg_fn=optim.swa_utils.get_ema_multi_avg_fn(0.9))
for step in range(3):
    with torch.no_grad():
        model.weight.fill_(float(step))
    average.update_parameters(model)
    ema.update_parameters(model)
print(average.module.weight, ema.module.weight, average.n_averaged, list(ema.state_dict()))
torch.set_default_dtype(torch.float32)
