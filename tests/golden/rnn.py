"""Writes data/rnn.safetensors: recurrent layers and cells under real PyTorch.

Run by make.mjs.

Inputs and weights are not stored: `values` computes the same multiples of 1/128 here and in
rnn_golden_test.cpp. The file holds
    cases    int64 (N, 16): FIELDS of each case
    f32, f64 one after the other for each case: results, final states, then the gradients of x,
             given initial states and weights of
             loss = Σ (results · fixed numbers) + Σ (final states · fixed numbers)
"""

import itertools
import json
import pathlib
import struct
import sys

from reference import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence

RNN_TANH, RNN_RELU, LSTM, GRU = range(4)
BATCHED, BATCH_FIRST, UNBATCHED, PACKED, CELL, CELL_UNBATCHED = range(6)
FIELDS = (
    "cell",
    "form",
    "layers",
    "bias",
    "bidirectional",
    "proj",
    "state",
    "dropout_percent",
    "seed",
    "T",
    "B",
    "I",
    "H",
    "size2",
    "size3",
    "size4",
)
PACKED_SIZES = {3: (3, 2, 1), 4: (3, 3, 1, 1), 5: (2, 2, 2, 1, 1)}
MASK = 0xFFFFFFFF


def values(tag, shape, scale, dtype):
    """Multiples of 1/128 from a hash of (tag, position), in [-scale, scale)."""
    n = 1
    for size in shape:
        n *= size
    numbers = []
    for i in range(n):
        x = (i * 2654435761 + tag * 2246822519 + 374761393) & MASK
        x = ((x ^ (x >> 15)) * 2246822519) & MASK
        x = ((x ^ (x >> 13)) * 3266489917) & MASK
        numbers.append((((x ^ (x >> 16)) & 255) - 128) / 128 * scale)
    return torch.tensor(numbers, dtype=dtype).reshape(shape)


def all_cases():
    """Every combination of options at small sizes, then odd sizes, then the cells."""
    kinds = [(RNN_TANH, 0), (RNN_RELU, 0), (LSTM, 0), (LSTM, 2), (GRU, 0)]
    stacks = [(1, 0), (2, 0), (2, 50)]
    for (cell, proj), (layers, dropout), bias, two, state, form in itertools.product(
        kinds, stacks, (0, 1), (0, 1), (0, 1), (BATCHED, BATCH_FIRST, UNBATCHED, PACKED)
    ):
        yield dict(
            cell=cell,
            proj=proj,
            layers=layers,
            dropout_percent=dropout,
            bias=bias,
            bidirectional=two,
            state=state,
            form=form,
            T=3,
            B=1 if form == UNBATCHED else 3 if form == PACKED else 2,
            I=3,
            H=4 if form in (BATCHED, PACKED) else 3,
        )
    odd = [(1, 1, 1, 1, 0), (5, 2, 4, 5, 3), (4, 3, 5, 1, 0), (1, 5, 2, 9, 4), (4, 1, 1, 7, 1)]
    for (cell, proj), (t, b, i, h, p), two, form in itertools.product(
        kinds, odd, (0, 1), (BATCHED, PACKED)
    ):
        if proj and not p or form == PACKED and t not in PACKED_SIZES:
            continue
        yield dict(
            cell=cell,
            proj=p if proj else 0,
            layers=2 if t == 4 else 1,
            dropout_percent=0,
            bias=1,
            bidirectional=two,
            state=1,
            form=form,
            T=t,
            B=PACKED_SIZES[t][0] if form == PACKED else b,
            I=i,
            H=h,
        )
    for cell, bias, state, (b, i, h), form in itertools.product(
        range(4), (0, 1), (0, 1), [(2, 3, 4), (3, 5, 7)], (CELL, CELL_UNBATCHED)
    ):
        yield dict(
            cell=cell,
            proj=0,
            layers=1,
            dropout_percent=0,
            bias=bias,
            bidirectional=0,
            state=state,
            form=form,
            T=1,
            B=1 if form == CELL_UNBATCHED else b,
            I=i,
            H=h,
        )


def build(case):
    bias, cell, hidden = bool(case["bias"]), case["cell"], case["H"]
    if case["form"] in (CELL, CELL_UNBATCHED):
        if cell <= RNN_RELU:
            return nn.RNNCell(case["I"], hidden, bias, nonlinearity=("tanh", "relu")[cell])
        return (nn.LSTMCell if cell == LSTM else nn.GRUCell)(case["I"], hidden, bias)
    options = dict(
        num_layers=case["layers"],
        bias=bias,
        batch_first=case["form"] == BATCH_FIRST,
        dropout=case["dropout_percent"] / 100,
        bidirectional=bool(case["bidirectional"]),
    )
    if cell <= RNN_RELU:
        return nn.RNN(case["I"], hidden, nonlinearity=("tanh", "relu")[cell], **options)
    return (
        nn.LSTM(case["I"], hidden, proj_size=case["proj"], **options)
        if cell == LSTM
        else nn.GRU(case["I"], hidden, **options)
    )


def input_shape(case, features):
    t, b = case["T"], case["B"]
    return {
        BATCHED: (t, b, features),
        BATCH_FIRST: (b, t, features),
        UNBATCHED: (t, features),
        CELL: (b, features),
        CELL_UNBATCHED: (features,),
        PACKED: (sum(PACKED_SIZES.get(t, ())), features),
    }[case["form"]]


def state_shape(case, features):
    if case["form"] in (CELL, CELL_UNBATCHED):
        return input_shape(case, features)
    sets = case["layers"] * (1 + case["bidirectional"])
    return (sets, features) if case["form"] == UNBATCHED else (sets, case["B"], features)


def run(index, case, dtype):
    module = build(case).to(dtype)
    tag = index * 64
    with torch.no_grad():
        for k, p in enumerate(module.parameters()):
            p.copy_(values(tag + 8 + k, p.shape, 0.5, dtype))
    x = values(tag, input_shape(case, case["I"]), 1, dtype).requires_grad_()
    features = [case["proj"] or case["H"], case["H"]][: 2 if case["cell"] == LSTM else 1]
    states = (
        [
            values(tag + 1 + k, state_shape(case, f), 1, dtype).requires_grad_()
            for k, f in enumerate(features)
        ]
        if case["state"]
        else []
    )
    hx = tuple(states) if len(states) == 2 else states[0] if states else None
    source = (
        PackedSequence(x, torch.tensor(PACKED_SIZES[case["T"]])) if case["form"] == PACKED else x
    )
    torch.manual_seed(case["seed"])
    results = module(source, hx)
    if case["form"] in (CELL, CELL_UNBATCHED):
        results = list(results) if case["cell"] == LSTM else [results]
    else:
        y, last = results
        results = [
            y.data if case["form"] == PACKED else y,
            *(last if case["cell"] == LSTM else [last]),
        ]
    loss = sum((r * values(tag + 3 + k, r.shape, 1, dtype)).sum() for k, r in enumerate(results))
    loss.backward()
    # torch.nn names the projection's weight last in each direction: the order of parameters().
    found = results + [t.grad for t in [x, *states, *module.parameters()]]
    return torch.cat([t.detach().contiguous().reshape(-1) for t in found])


def write(path, tensors):
    """tensors: name → (safetensors dtype, shape, bytes)."""
    header, offset = (
        {"__metadata__": {"pytorch": torch.__version__, "script": "tests/golden/rnn.py"}},
        0,
    )
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {
            "dtype": dtype,
            "shape": shape,
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(
        struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values())
    )


def main():
    rows, f32, f64 = [], [], []
    for index, case in enumerate(all_cases()):
        case["seed"] = 1000 + index
        sizes = PACKED_SIZES.get(case["T"], (0,)) if case["form"] == PACKED else (0,)
        case.update(size2=0, size3=0, size4=0)
        for t, size in enumerate(sizes[1:4]):
            case[f"size{t + 2}"] = size
        rows += [case[f] for f in FIELDS]
        f32.append(run(index, case, torch.float32))
        f64.append(run(index, case, torch.float64))
    f32, f64 = torch.cat(f32), torch.cat(f64)
    write(
        pathlib.Path(__file__).parent / "data" / "rnn.safetensors",
        {
            "cases": (
                "I64",
                [len(rows) // len(FIELDS), len(FIELDS)],
                struct.pack(f"<{len(rows)}q", *rows),
            ),
            "f64": ("F64", [f64.numel()], struct.pack(f"<{f64.numel()}d", *f64.tolist())),
            "f32": ("F32", [f32.numel()], struct.pack(f"<{f32.numel()}f", *f32.tolist())),
        },
    )
    print(len(rows) // len(FIELDS), "cases,", f32.numel(), "values", file=sys.stderr)


main()
