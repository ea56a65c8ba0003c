"""The workloads of the benchmark; the same file runs under PyTorch and in Unroll.

S  LSTM 1→32 and Linear, batch 32 × 50 steps, MSE, Adam
M  Embedding 65×64, LSTM 64→128, Linear 65, batch 32 × 64 steps, cross-entropy, Adam
L  the lesson's classifier: Embedding 25000×300, 2 bidirectional layers of 256, batch 32 × 100,
   cross-entropy, Adam
small  a thousand times a + b on 64 floats, recorded: its milliseconds are microseconds of one
hand   an LSTM cell written from the equations, hidden 64, batch 32 × 50 steps, forward and backward

As a program it answers lines "name cell kind repeats" on standard input with the milliseconds of
each repeat.
"""

import sys
import time

import torch
import torch.nn as nn

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class Regressor(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = CELLS[cell](1, 32, batch_first=True)
        self.fc = nn.Linear(32, 1)

    def forward(self, x):
        output, _ = self.rnn(x)
        return self.fc(output)


class LanguageModel(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.embedding = nn.Embedding(65, 64)
        self.rnn = CELLS[cell](64, 128, batch_first=True)
        self.fc = nn.Linear(128, 65)

    def forward(self, x):
        output, _ = self.rnn(self.embedding(x))
        return self.fc(output).reshape(-1, 65)


class Classifier(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.embedding = nn.Embedding(25000, 300)
        self.rnn = CELLS[cell](
            300, 256, num_layers=2, batch_first=True, dropout=0.5, bidirectional=True
        )
        self.fc = nn.Linear(512, 2)
        self.dropout = nn.Dropout(0.5)

    def forward(self, text):
        _, state = self.rnn(self.dropout(self.embedding(text)))
        hidden = state[0] if isinstance(state, tuple) else state
        return self.fc(self.dropout(torch.cat((hidden[-2], hidden[-1]), dim=1)))


def data(name):
    """Input, target and loss of a workload."""
    if name == "S":
        return torch.randn(32, 50, 1), torch.randn(32, 50, 1), nn.MSELoss()
    if name == "M":
        return (
            torch.randint(0, 65, (32, 64)),
            torch.randint(0, 65, (32 * 64,)),
            nn.CrossEntropyLoss(),
        )
    return torch.randint(0, 25000, (32, 100)), torch.randint(0, 2, (32,)), nn.CrossEntropyLoss()


def thousand_sums():
    """A function that adds two small tensors a thousand times."""
    a, b = torch.randn(64, requires_grad=True), torch.randn(64)

    def sums():
        for _ in range(1000):
            a + b

    return sums


def lstm_by_hand(hidden=64, batch=32, steps=50):
    """A function that runs an LSTM's equations forward and backward."""
    x = torch.randn(steps, batch, hidden)
    w_x, w_h, b = (
        torch.randn(*size).mul(0.1).requires_grad_()
        for size in ((hidden, 4 * hidden), (hidden, 4 * hidden), (4 * hidden,))
    )

    def step():
        h, c = torch.zeros(batch, hidden), torch.zeros(batch, hidden)
        for t in range(steps):
            i, f, g, o = (x[t] @ w_x + h @ w_h + b).chunk(4, dim=1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
        h.sum().backward()
        w_x.grad = w_h.grad = b.grad = None

    return step


def make(name, cell, kind):
    """A function that does one training step, or one forward pass."""
    torch.manual_seed(0)
    if name in ("small", "hand"):
        return thousand_sums() if name == "small" else lstm_by_hand()
    model = {"S": Regressor, "M": LanguageModel, "L": Classifier}[name](cell)
    x, target, criterion = data(name)
    if kind == "forward":
        model.eval()

        def forward():
            with torch.no_grad():
                return model(x).sum().item()

        return forward
    optimizer = torch.optim.Adam(model.parameters())

    def train():
        optimizer.zero_grad()
        loss = criterion(model(x), target)
        loss.backward()
        optimizer.step()
        return loss.item()

    return train


_made = {}


def measure(name, cell, kind, repeats):
    """Milliseconds of each of so many repeats, after the first call's warm-up."""
    key = (name, cell, kind)
    if key not in _made:
        _made.clear()
        _made[key] = make(*key)
        for _ in range(2 if name == "L" else 30):
            _made[key]()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        _made[key]()
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__" and not sys.platform.startswith("emscripten"):
    torch.set_num_threads(1)
    for line in sys.stdin:
        name, cell, kind, repeats = line.split()
        print(*measure(name, cell, kind, int(repeats)), flush=True)
