"""Writes data/native: what the C++ layers, optimizers and safetensors files are held against.

Run by make.mjs; needs the safetensors library beside PyTorch. nn_test.cpp has the same programs.
"""

import pathlib

from reference import torch
from safetensors.torch import save_file
from torch import nn

folder = pathlib.Path(__file__).parent / "data/native"
folder.mkdir(exist_ok=True)


def dtypes():
    """Every dtype of the format, and shapes and names that a reader may stumble over."""
    values = torch.tensor([[0, 1, 2], [3, 100, 5]])
    tensors = {str(dtype).split(".")[1]: values.to(dtype) for dtype in DTYPES}
    tensors |= {
        "number": torch.tensor(-1.5),
        "empty": torch.zeros(0, 3),
        'ä "quoted"\n\\ name': torch.tensor([1.0, float("nan"), float("-inf")]),
    }
    save_file(tensors, folder / "dtypes.safetensors", {"format": "pt"})


DTYPES = (
    torch.bool,
    torch.uint8,
    torch.int8,
    torch.int16,
    torch.float16,
    torch.bfloat16,
    torch.int32,
    torch.float32,
    torch.float64,
    torch.int64,
)


def initial():
    """Layers as they are made, one after the other from one stream."""
    torch.manual_seed(7)
    layers = {
        "rnn": nn.RNN(3, 4, nonlinearity="relu", bias=False),
        "gru": nn.GRU(3, 4, num_layers=2, bidirectional=True),
        "lstm": nn.LSTM(3, 4, num_layers=2, proj_size=2),
        "linear": nn.Linear(4, 2),
        "unbiased": nn.Linear(4, 2, bias=False),
        "embedding": nn.Embedding(5, 3, padding_idx=1),
    }
    save_file(nn.ModuleDict(layers).state_dict(), folder / "initial.safetensors")


class Tagger(nn.Module):
    """Says the next token."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(5, 3)
        self.lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True)
        self.head = nn.Linear(4, 5)

    def forward(self, tokens):
        """Logits of the next token at each place."""
        return self.head(self.lstm(self.embedding(tokens))[0])


def trained():
    """The parameters after five steps, by the name of the optimizer."""
    makers = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, amsgrad=True),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    }
    results = {}
    tokens = torch.tensor([[0, 1, 2, 3], [4, 3, 2, 1]])
    for name, make in makers.items():
        torch.manual_seed(0)
        model = Tagger()
        optimizer = make(model.parameters())
        for _ in range(5):
            logits = model(tokens[:, :-1])
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        results |= {f"{name}.{key}": value for key, value in model.state_dict().items()}
        results[f"{name}.loss"] = loss.detach()
    save_file(results, folder / "trained.safetensors")


dtypes()
initial()
trained()
