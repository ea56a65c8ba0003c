"""Programs that script, compile, scale or profile run as they are."""

import os
import warnings

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn, optim
from torch.cuda.amp import GradScaler, autocast
from torch.profiler import ProfilerActivity, profile, record_function
from torch.utils.data import DataLoader, TensorDataset, get_worker_info

warnings.simplefilter("ignore")
torch.manual_seed(0)


def twice(x):
    return x * 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, batch_first=True)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(self.lstm(x)[0][:, -1])


x, y = torch.randn(12, 5, 3), torch.randn(12, 1)
print(twice(torch.ones(2)), torch.jit.is_scripting())
model = torch.compile(Net()) if os.environ.get("COMPILE") else Net()
print(torch.allclose(torch.jit.trace(model, x)(x), model(x)), torch.jit.annotate(int, 5))
print(torch.jit.wait(torch.jit.fork(twice, torch.ones(1))))
optimizer = optim.Adam(model.parameters(), lr=0.01)
scaler = GradScaler()
print(scaler.is_enabled(), scaler.get_scale(), scaler.state_dict())
loader = DataLoader(
    TensorDataset(x, y), 4, shuffle=True, num_workers=0, pin_memory=False, worker_init_fn=None
)
for epoch in range(2):
    for data, target in loader:
        optimizer.zero_grad()
        with autocast():
            loss = nn.functional.mse_loss(model(data), target)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
    print(epoch, f"{loss.item():.6f}", loss.dtype)
with torch.autocast(device_type="cuda", dtype=torch.float16, enabled=False):
    print(model(x).dtype, torch.is_autocast_enabled())
with torch.autocast("cpu", enabled=False), torch.amp.autocast("cuda", enabled=False):
    print(model(x).dtype)
with record_function("forward"):
    print(model(x).shape)
print(dist.is_initialized(), get_worker_info(), mp.get_sharing_strategy() != "")
print(ProfilerActivity.CPU, profile is not None, torch.compiler.is_compiling())
for call in (
    lambda: torch.autocast("xyz"),
    lambda: torch.autocast(5),
    lambda: DataLoader(x, num_workers=-1),
    lambda: DataLoader(x, prefetch_factor=2),
    lambda: DataLoader(x, persistent_workers=True),
    lambda: DataLoader(x, sampler=[0], shuffle=True),
    lambda: DataLoader(x, batch_size=None, drop_last=True),
):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, str(error)[:90])
torch.set_num_threads(torch.get_num_threads())
