"""Modules register, print, save, load, copy and refuse as in PyTorch."""

import copy
from collections import OrderedDict

import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.norm = nn.LayerNorm(size)
        self.fc = nn.Linear(size, size)
        self.scale = nn.Parameter(torch.ones(size))
        self.register_buffer("count", torch.zeros(1, dtype=torch.int64))
        self.register_buffer("hidden", torch.zeros(2), persistent=False)
        self.register_parameter("nothing", None)

    def forward(self, x):
        self.count += 1
        return x + self.scale * torch.tanh(self.fc(self.norm(x)))

    def extra_repr(self):
        return f"size={self.size}"


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(4) for _ in range(2)])
        self.heads = nn.ModuleDict({"a": nn.Linear(4, 1), "b": nn.Linear(4, 2)})
        self.drop = nn.Dropout(0.5)
        self.tied = self.heads["a"]

    def forward(self, x, head="a"):
        for block in self.blocks:
            x = block(x)
        return self.heads[head](self.drop(x))


torch.manual_seed(0)
model = Model()
print(model)
print([name for name, _ in model.named_parameters()])
print([name for name, _ in model.named_buffers()])
print([name for name, _ in model.named_modules()])
print([name for name, _ in model.named_children()])
print(list(model.state_dict()))
print(sum(p.numel() for p in model.parameters()), len(list(model.parameters())))
x = torch.randn(3, 4)
print(model(x))
model.eval()
print(model.training, model.drop.training)
print(model(x, head="b"))
print(model.blocks[0].count)
model.train()
print(model.drop.training)
model.zero_grad()
model(x).sum().backward()
print(model.blocks[0].fc.weight.grad.shape, model.heads["b"].weight.grad)
model.zero_grad()
print(model.blocks[0].fc.weight.grad)

other = Model()
print(other.load_state_dict(model.state_dict()))
print(torch.equal(other.blocks[1].fc.weight, model.blocks[1].fc.weight))
twin = copy.deepcopy(model)
print(torch.equal(twin.heads["a"].weight, model.heads["a"].weight), twin.tied is twin.heads["a"])
twin.heads["a"].weight.data.fill_(0)
print(model.heads["a"].weight.abs().sum().item() > 0)
try:
    state = OrderedDict(model.state_dict())
    state["more.weight"] = torch.zeros(1)
    del state["blocks.0.scale"]
    state["heads.a.weight"] = torch.zeros(2, 4)
    other.load_state_dict(state)
except RuntimeError as error:
    print(error)
print(other.load_state_dict(state | {"heads.a.weight": torch.zeros(1, 4)}, strict=False))


class Forgetful(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(1, 1)


try:
    Forgetful()
except AttributeError as error:
    print(error)
try:
    model.blocks[0].scale = torch.zeros(4)
except TypeError as error:
    print(error)
try:
    model.heads.a = 5
except TypeError as error:
    print(error)
try:
    model.missing
except AttributeError as error:
    print(error)

calls = []
handle = model.blocks[0].register_forward_hook(lambda m, i, o: calls.append(("after", o.shape)))
pre = model.blocks[0].register_forward_pre_hook(lambda m, i: calls.append(("before", len(i))))
model(x)
handle.remove()
pre.remove()
model(x)
print(calls)
model.apply(lambda m: nn.init.constant_(m.weight, 0.5) if isinstance(m, nn.Linear) else None)
print(model.heads["b"].weight)
for parameter in model.blocks.parameters():
    parameter.requires_grad = False
print([p.requires_grad for p in model.parameters()])
print(model.double().heads["a"].weight.dtype, model.float().blocks[0].count.dtype)
print(model.to("cpu") is model, model.get_submodule("blocks.1.fc"))
print(model.get_parameter("blocks.0.scale").shape, model.get_buffer("blocks.0.count").shape)
seq = nn.Sequential(OrderedDict(a=nn.Linear(2, 3), b=nn.ReLU()))
seq.append(nn.Linear(3, 1))
print(seq, len(seq), seq.a, seq[-1], [type(m).__name__ for m in seq])
del seq[1]
print(seq)
print(nn.Sequential(nn.Tanh()) + nn.Sequential(nn.ReLU()))
layers = nn.ModuleList([nn.Tanh()])
layers.append(nn.ReLU())
layers.extend([nn.Sigmoid()])
layers.insert(0, nn.Identity())
print(layers, layers[1:3], len(layers))
del layers[0]
print([name for name, _ in layers.named_children()])
