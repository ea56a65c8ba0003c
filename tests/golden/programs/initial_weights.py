"""A seed gives the initial weights of PyTorch to the last bit."""

import hashlib
import struct

import torch
import torch.nn as nn


def bits(name, tensors):
    digest = hashlib.sha256()
    for tensor in tensors:
        values = tensor.detach().reshape(-1).tolist()
        kind = "d" if tensor.dtype == torch.float64 else "f"
        digest.update(struct.pack(f"<{len(values)}{kind}", *values))
    print(name, digest.hexdigest(), values[0].hex())


makers = {
    "linear": lambda: nn.Linear(300, 17),
    "linear without bias": lambda: nn.Linear(5, 7, bias=False),
    "linear in float64": lambda: nn.Linear(33, 9, dtype=torch.float64),
    "lstm": lambda: nn.LSTM(65, 128),
    "lstm of the lesson, smaller": lambda: nn.LSTM(30, 25, 2, bidirectional=True, batch_first=True),
    "lstm with projection": lambda: nn.LSTM(7, 9, 2, proj_size=4),
    "gru": lambda: nn.GRU(12, 13, 3),
    "rnn": lambda: nn.RNN(3, 50, nonlinearity="relu", bias=False),
    "lstm cell": lambda: nn.LSTMCell(10, 20),
    "gru cell": lambda: nn.GRUCell(10, 20, bias=False),
    "rnn cell": lambda: nn.RNNCell(1, 1),
    "bilinear": lambda: nn.Bilinear(3, 4, 5),
    "sequential": lambda: nn.Sequential(nn.Linear(2, 3), nn.LayerNorm(3), nn.Linear(3, 1)),
}
for seed, (name, make) in enumerate(makers.items()):
    torch.manual_seed(seed)
    bits(name, make().parameters())

torch.manual_seed(123)
bits("xavier uniform", [nn.init.xavier_uniform_(torch.empty(31, 17), gain=1.5)])
bits("kaiming uniform", [nn.init.kaiming_uniform_(torch.empty(31, 17), nonlinearity="relu")])
bits("uniform", [torch.empty(1001).uniform_(-0.3, 0.7)])
bits("rand", [torch.rand(1000), torch.rand(1000, dtype=torch.float64)])
bits("randint", [torch.randint(0, 1000, (1000,)).float()])
bits("randperm", [torch.randperm(1000).float()])
bits("dropout", [nn.Dropout(0.3)(torch.ones(1000))])
bits("bernoulli", [torch.empty(1000).bernoulli_(0.2)])
torch.manual_seed(2**40 + 17)
bits("a long seed", [torch.rand(10)])
torch.manual_seed(-1)
bits("a negative seed", [torch.rand(10)])
