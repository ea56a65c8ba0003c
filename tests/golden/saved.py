"""Writes and reads files of torch.save; run by real PyTorch and by Unroll, in both directions.

As a program: saved.py write FOLDER, saved.py read FOLDER.
"""

import collections
import io
import pickle
import sys
import zipfile

import torch
from torch import nn, optim


def _modules():
    torch.manual_seed(3)
    activations = [
        nn.ReLU6(),
        nn.GELU(),
        nn.LeakyReLU(0.3),
        nn.Softmax(dim=-1),
        nn.Hardtanh(-2, 2),
        nn.ELU(),
        nn.PReLU(),
        nn.Sigmoid(),
    ]
    layers = {
        "seq": nn.Sequential(collections.OrderedDict(emb=nn.Embedding(5, 2), drop=nn.Dropout(0.2))),
        "lstm": nn.LSTM(2, 2, bidirectional=True, batch_first=True),
        "gru": nn.GRU(2, 2),
        "cell": nn.LSTMCell(2, 1),
        "linear": nn.Linear(4, 3),
        "norm": nn.LayerNorm(2),
        "acts": nn.ModuleList(activations),
        "list": nn.ParameterList([torch.ones(2)]),
        "loss": nn.CrossEntropyLoss(label_smoothing=0.1),
        "flat": nn.Flatten(),
    }
    return nn.ModuleDict(layers)


def outputs(modules):
    """What the layers compute, as a list of numbers."""
    modules.eval()
    with torch.no_grad():
        e = modules["seq"](torch.tensor([[1, 2, 3], [4, 0, 1]]))
        a = modules["lstm"](e)[0]
        h, c = modules["cell"](e[:, 0])
        found = [a, modules["gru"](e)[0], h, c, modules["linear"](a), modules["norm"](e).abs()]
        found += [act(e) for act in modules["acts"]]
        found += [modules["loss"](torch.ones(1, 3), torch.tensor([1])), modules["flat"](e)]
    return [round(value.sum().item(), 6) for value in found]


def write(folder):
    """Write all files."""
    modules = _modules()
    torch.save(modules, f"{folder}/module.pt")
    torch.save(
        modules["gru"].state_dict(), f"{folder}/legacy.pt", _use_new_zipfile_serialization=False
    )
    x = torch.arange(12.0).reshape(3, 4)
    mixed = {
        "x": x,
        "view": x[1:, ::2],
        "turned": x.t(),
        "ints": torch.tensor([1, 2**40]),
        "bools": torch.tensor([True, False]),
        "double": torch.tensor(2.5, dtype=torch.float64),
        "empty": torch.zeros(0, 3),
        "parameter": nn.Parameter(torch.ones(2)),
        "leaf": torch.ones(2, requires_grad=True),
        "expanded": torch.ones(1).expand(3),
        "size": x.shape,
        "dtype": torch.float64,
        "device": torch.device("cpu"),
        "ordered": collections.OrderedDict(a=1),
        "plain": [1, 2.5, None, True, "é", (1, 2), {3}, b"xy", 1 + 2j, 10**30],
    }
    torch.save(mixed, f"{folder}/mixed.pt")
    linear = nn.Linear(3, 2)
    optimizer = optim.Adam(linear.parameters(), lr=0.01)
    scheduler = optim.lr_scheduler.StepLR(optimizer, 2)
    for _ in range(3):
        optimizer.zero_grad()
        linear(torch.ones(2, 3)).pow(2).sum().backward()
        optimizer.step()
        scheduler.step()
    states = {"model": linear, "optimizer": optimizer, "scheduler": scheduler}
    states = {name: part.state_dict() for name, part in states.items()}
    torch.save({"epoch": 3, **states}, f"{folder}/checkpoint.pt")
    torch.save(optimizer, f"{folder}/optimizer.pt")
    packed = nn.utils.rnn.pack_sequence([torch.ones(3, 2), torch.zeros(1, 2)])
    torch.save(packed, f"{folder}/packed.pt")
    with open(f"{folder}/pickle.bin", "wb") as file:
        pickle.dump({"x": x, "view": x[1:, ::2]}, file)


def read(folder):
    """Read all files and print what is in them."""
    modules = torch.load(f"{folder}/module.pt", weights_only=False)
    print(modules)
    print(outputs(modules))
    state = modules.state_dict()
    print(list(state), state._metadata)
    legacy = torch.load(f"{folder}/legacy.pt")
    print(legacy, all(torch.equal(legacy[name], state[f"gru.{name}"]) for name in legacy))
    mixed = torch.load(f"{folder}/mixed.pt")
    mixed["view"][0, 0] = 99.0
    for name, value in mixed.items():
        print(name, value, type(value).__name__)
        if torch.is_tensor(value):
            print(" ", value.stride(), value.storage_offset(), value.requires_grad, value.is_leaf)
    checkpoint = torch.load(f"{folder}/checkpoint.pt", map_location=torch.device("cpu"))
    print(checkpoint)
    linear = nn.Linear(3, 2)
    linear.load_state_dict(checkpoint["model"])
    optimizer = optim.Adam(linear.parameters())
    optimizer.load_state_dict(checkpoint["optimizer"])
    scheduler = optim.lr_scheduler.StepLR(optimizer, 5)
    scheduler.load_state_dict(checkpoint["scheduler"])
    linear(torch.ones(2, 3)).pow(2).sum().backward()
    optimizer.step()
    scheduler.step()
    print(linear.bias, optimizer, scheduler.get_last_lr())
    whole = torch.load(f"{folder}/optimizer.pt", weights_only=False)
    print(whole, type(whole).__module__, len(whole.state))
    print(torch.load(f"{folder}/packed.pt", weights_only=False))
    with open(f"{folder}/pickle.bin", "rb") as file:
        values = pickle.load(file)
    values["view"].zero_()
    print(values)


def names(path):
    """The records of a file and the classes and functions that its pickle names."""
    import pickletools

    with zipfile.ZipFile(path) as archive:
        records = [name.split("/", 1)[1] for name in archive.namelist()]
        data = archive.read(archive.namelist()[0])
    found = [argument for op, argument, _ in pickletools.genops(data) if op.name == "GLOBAL"]
    return sorted(records), sorted(set(found))


def printed(folder):
    """What read() prints."""
    import contextlib

    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        read(folder)
    return text.getvalue()


if __name__ == "__main__" and len(sys.argv) == 3:
    {"write": write, "read": read}[sys.argv[1]](sys.argv[2])
