"""Optimizers and schedulers go where those of PyTorch go."""

import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.randn(64, 3)
y = x @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.1 * torch.randn(64, 1)
settings = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True),
    "dampening": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.3),
    "decay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.5, weight_decay=0.01),
    "maximize": lambda p: torch.optim.SGD(p, lr=0.0001, maximize=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.05),
    "adam decay": lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.01, betas=(0.8, 0.99)),
    "amsgrad": lambda p: torch.optim.Adam(p, lr=0.05, amsgrad=True),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.05),
    "adamw amsgrad": lambda p: torch.optim.AdamW(p, lr=0.05, amsgrad=True, weight_decay=0.1),
}
for name, make in settings.items():
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
    optimizer = make(model.parameters())
    for step in range(30):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 10 == 9:
            print(name, step, f"{loss.item():.6f} {norm.item():.6f}")
    saved = optimizer.state_dict()
    print(sorted(saved["param_groups"][0]), sorted(saved["state"]))
    print({k: tuple(v.shape) for k, v in saved["state"].get(0, {}).items() if v is not None})
    other = make(model.parameters())
    other.load_state_dict(saved)
    optimizer = other
    for step in range(2):
        optimizer.zero_grad(set_to_none=False)
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        nn.utils.clip_grad_value_(model.parameters(), 0.1)
        optimizer.step()
    print(f"{loss.item():.6f}")


def closure():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    return loss


print(f"{optimizer.step(closure).item():.6f}")

model = nn.Linear(1, 1)
groups = [{"params": [model.weight], "lr": 0.5}, {"params": [model.bias]}]
schedulers = {
    "step": lambda o: torch.optim.lr_scheduler.StepLR(o, 2, 0.5),
    "multi": lambda o: torch.optim.lr_scheduler.MultiStepLR(o, [1, 4], 0.1),
    "exp": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
    "lambda": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda e: 1 / (e + 1)),
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 5, 0.01),
}
for name, make in schedulers.items():
    optimizer = torch.optim.SGD([dict(group) for group in groups], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(7):
        optimizer.step()
        scheduler.step()
        rates.append([round(rate, 8) for rate in scheduler.get_last_lr()])
    print(name, rates)
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
for metric in [1.0, 0.9, 0.95, 0.96, 0.97, 0.5, 0.6, 0.7, 0.8]:
    optimizer.step()
    scheduler.step(metric)
    print(optimizer.param_groups[0]["lr"], scheduler.num_bad_epochs, scheduler.get_last_lr())
print(optimizer)
