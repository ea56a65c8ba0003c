"""Writes data/javascript.json, what real PyTorch gives for the programs of JavaScript's tests, and
data/javascript.pt, a file for them to load. Run by make.mjs.

The same programs are in tests/bindings/javascript-training.test.mjs.
"""

import json
import pathlib

from reference import torch
from torch import nn

F = nn.functional


def regression(kind, make_optimizer, dtype=torch.float32):
    """Losses of a recurrent layer that learns sums of a sine series."""
    torch.manual_seed(0)
    layer = kind(1, 16, num_layers=2, batch_first=True, dtype=dtype)
    head = nn.Linear(16, 1, dtype=dtype)
    optimizer = make_optimizer([*layer.parameters(), *head.parameters()])
    x = torch.sin(torch.arange(200, dtype=dtype).reshape(20, 10, 1) / 7)
    y = x.sum(1)
    losses = []
    for _ in range(40):
        output, _ = layer(x)
        loss = F.mse_loss(head(output[:, -1]), y)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*layer.parameters(), *head.parameters()], 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses


class Tagger(nn.Module):
    """A small classifier with an embedding, dropout and layer norm."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(12, 8, padding_idx=0)
        self.lstm = nn.LSTM(8, 10, bidirectional=True, batch_first=True)
        self.norm = nn.LayerNorm(20)
        self.dropout = nn.Dropout(0.25)
        self.head = nn.Sequential(nn.Linear(20, 10), nn.ReLU(), nn.Linear(10, 3))

    def forward(self, tokens):
        output, _ = self.lstm(self.embedding(tokens))
        return self.head(self.dropout(self.norm(output.max(1)[0])))


def classification():
    """Losses over shuffled batches, with a schedule; and the weights' sums at the end."""
    torch.manual_seed(1)
    tokens = torch.randint(1, 12, (30, 6))
    labels = tokens.sum(1) % 3
    dataset = torch.utils.data.TensorDataset(tokens, labels)
    loader = torch.utils.data.DataLoader(dataset, batch_size=8, shuffle=True)
    model = Tagger()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5)
    losses = []
    for _ in range(5):
        for x, y in loader:
            loss = F.cross_entropy(model(x), y, label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        scheduler.step()
    state = {name: value.double().sum().item() for name, value in model.state_dict().items()}
    return {"losses": losses, "state": state, "text": str(model)}


def schedules():
    """The rates of schedulers over twelve epochs."""
    makers = {
        "StepLR": lambda o: torch.optim.lr_scheduler.StepLR(o, 3, gamma=0.5),
        "MultiStepLR": lambda o: torch.optim.lr_scheduler.MultiStepLR(o, [2, 5, 5]),
        "ExponentialLR": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
        "LinearLR": lambda o: torch.optim.lr_scheduler.LinearLR(o, total_iters=4),
        "CosineAnnealingLR": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 4, 0.001),
        "OneCycleLR": lambda o: torch.optim.lr_scheduler.OneCycleLR(
            o, 0.5, total_steps=14, cycle_momentum=False
        ),
        "LambdaLR": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda n: 1 / (n + 1)),
    }
    found = {}
    for name, make in makers.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        scheduler = make(optimizer)
        rates = []
        for _ in range(12):
            rates.append(scheduler.get_last_lr()[0])
            optimizer.step()
            scheduler.step()
        found[name] = rates
    return found


OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.1, amsgrad=True, weight_decay=0.01),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.1),
    "RMSprop": lambda p: torch.optim.RMSprop(p, lr=0.1, momentum=0.5, centered=True),
    "Adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.1),
    "NAdam": lambda p: torch.optim.NAdam(p, lr=0.1, weight_decay=0.01),
}


def steps():
    """A parameter after each of six steps of each optimizer."""
    found = {}
    for name, make in OPTIMIZERS.items():
        param = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
        optimizer = make([param])
        values = []
        for i in range(6):
            optimizer.zero_grad()
            ((param - i) ** 2).sum().backward()
            optimizer.step()
            values.append(param.tolist())
        found[name] = values
    return found


VALUES = {
    "softmax": lambda x, y: x.softmax(1),
    "logSoftmax": lambda x, y: F.log_softmax(x, dim=-1),
    "sum": lambda x, y: x.sum(1, keepdim=True),
    "std": lambda x, y: x.std(0),
    "max": lambda x, y: x.max(1)[0],
    "argmax": lambda x, y: x.argmax(1),
    "topk": lambda x, y: x.topk(2, 1)[0],
    "sort": lambda x, y: x.sort(1, descending=True)[0],
    "matmul": lambda x, y: x @ y.T,
    "cat": lambda x, y: torch.cat([x, y], 1),
    "stack": lambda x, y: torch.stack([x, y], 2),
    "where": lambda x, y: torch.where(x > y, x, 0.0),
    "clamp": lambda x, y: x.clamp(min=0.1, max=1),
    "gather": lambda x, y: x.gather(1, torch.tensor([[0], [2], [1]])),
    "div": lambda x, y: torch.div(x, y, rounding_mode="floor"),
    "norm": lambda x, y: x.norm(p=1, dim=1),
    "cumsum": lambda x, y: x.cumsum(0),
    "index": lambda x, y: x[:, [2, 0]],
    "slice": lambda x, y: x[1:, ::2],
    "mask": lambda x, y: x[x > 0],
    "gelu": lambda x, y: F.gelu(x, approximate="tanh"),
    "crossEntropy": lambda x, y: F.cross_entropy(x, torch.tensor([0, 3, 1]), reduction="none"),
    "klDiv": lambda x, y: F.kl_div(x.log_softmax(1), y.softmax(1), reduction="batchmean"),
    "layerNorm": lambda x, y: F.layer_norm(x, (4,)),
    "conv1d": lambda x, y: F.conv1d(x[None], y.reshape(2, 3, 2), padding=1, dilation=2),
    "isclose": lambda x, y: torch.isclose(x, x.round(), atol=0.2),
    "tril": lambda x, y: x.tril(-1),
    "logsumexp": lambda x, y: x.logsumexp(1),
    "rand": lambda x, y: torch.rand(2, 2),
    "randperm": lambda x, y: torch.randperm(7),
    "multinomial": lambda x, y: x.softmax(1).multinomial(2),
    "roll": lambda x, y: x.roll(1, 0),
    "meshgrid": lambda x, y: torch.stack(
        torch.meshgrid(torch.arange(2), torch.arange(3), indexing="xy")
    ),
}


def values():
    """Functions of two random matrices, each after the same seed."""
    found = {}
    for name, make in VALUES.items():
        torch.manual_seed(3)
        made = make(torch.randn(3, 4), torch.randn(3, 4))
        numbers = made.reshape(-1).to(made.dtype if made.dtype.is_floating_point else int).tolist()
        found[name] = {"shape": list(made.shape), "values": numbers}
    return found


def layers():
    """Convolutions as they print and compute after a seed."""
    torch.manual_seed(0)
    layer = nn.Conv1d(2, 4, 3, padding=1, groups=2)
    return {"text": str(layer), "sum": layer(torch.ones(2, 5)).sum().item()}


def saved():
    """What lies in data/javascript.pt: a state with views, a parameter and several dtypes."""
    torch.manual_seed(0)
    state = nn.Linear(2, 2).state_dict()
    state["view"] = torch.arange(12.0).reshape(3, 4)[1:, ::2]
    state["numbers"] = torch.tensor([1, 2**40])
    state["half"] = nn.Parameter(torch.ones(2, dtype=torch.float16))
    torch.save(state, pathlib.Path(__file__).parent / "data/javascript.pt")
    return {name: value.tolist() for name, value in state.items()}


data = {
    "torch": torch.__version__,
    "lstm": regression(nn.LSTM, lambda p: torch.optim.Adam(p, lr=0.01)),
    "gru": regression(nn.GRU, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "rnn": regression(nn.RNN, lambda p: torch.optim.RMSprop(p, lr=0.001), torch.float64),
    "classification": classification(),
    "schedules": schedules(),
    "steps": steps(),
    "values": values(),
    "saved": saved(),
    "layers": layers(),
}
path = pathlib.Path(__file__).parent / "data/javascript.json"
path.write_text(json.dumps(data, indent=1) + "\n")
