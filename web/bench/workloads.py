"""The workloads of the benchmark; the same file runs under PyTorch and in Unroll.

shape     a recurrent layer of any sizes and Linear, MSE, Adam: one training step
M         Embedding 65×64, cell 64→128, Linear 65, batch 32 × 64 steps, cross-entropy, Adam:
          one training step
L         the lesson's classifier: Embedding 25000×300, 2 bidirectional layers of 256,
          batch 32 × 100 steps, cross-entropy, Adam: one training step
forward   L's forward pass alone
generate  one character of M's model, as a lesson's sampling loop writes it
sum       one a + b on 64 floats, recorded
hand      an LSTM cell from its equations, hidden 64, batch 32 × 50 steps, forward and backward

`answer` makes a workload and times it. As a program the file answers requests on standard input,
each a line of JSON.
"""

import json
import statistics
import sys
import time

import torch
import torch.nn as nn

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class Regressor(nn.Module):
    def __init__(self, cell, inputs, hidden):
        super().__init__()
        self.rnn = CELLS[cell](inputs, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, x):
        output, _ = self.rnn(x)
        return self.fc(output)


class LanguageModel(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.embedding = nn.Embedding(65, 64)
        self.rnn = CELLS[cell](64, 128, batch_first=True)
        self.fc = nn.Linear(128, 65)

    def forward(self, x, state=None):
        output, state = self.rnn(self.embedding(x), state)
        return self.fc(output), state


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


def training(model, loss_of):
    """A function that does one training step with Adam; `loss_of` gives the loss of the model."""
    optimizer = torch.optim.Adam(model.parameters())

    def step():
        optimizer.zero_grad()
        loss = loss_of(model)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def shape(cell, inputs, hidden, batch, steps):
    x, target = torch.randn(batch, steps, inputs), torch.randn(batch, steps, 1)
    criterion = nn.MSELoss()
    return training(Regressor(cell, inputs, hidden), lambda model: criterion(model(x), target))


def language_model(cell):
    x, target = torch.randint(0, 65, (32, 64)), torch.randint(0, 65, (32 * 64,))
    criterion = nn.CrossEntropyLoss()
    return training(
        LanguageModel(cell), lambda model: criterion(model(x)[0].reshape(-1, 65), target)
    )


def classifier(cell):
    x, target = torch.randint(0, 25000, (32, 100)), torch.randint(0, 2, (32,))
    criterion = nn.CrossEntropyLoss()
    return training(Classifier(cell), lambda model: criterion(model(x), target))


def classifier_forward(cell):
    x = torch.randint(0, 25000, (32, 100))
    model = Classifier(cell).eval()

    def forward():
        with torch.no_grad():
            return model(x).sum().item()

    return forward


def generation(cell):
    """A function that writes the next character."""
    model = LanguageModel(cell).eval()
    x, state = torch.tensor([[0]]), None

    def write():
        nonlocal x, state
        with torch.no_grad():
            logits, state = model(x, state)
            probs = torch.softmax(logits[0, -1] / 0.7, dim=0)
            x = torch.multinomial(probs, 1).reshape(1, 1)
            return x.item()

    return write


def one_sum(_cell):
    a, b = torch.randn(64, requires_grad=True), torch.randn(64)
    return lambda: a + b


def lstm_by_hand(_cell, hidden=64, batch=32, steps=50):
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


WORKS = {
    "shape": shape,
    "M": language_model,
    "L": classifier,
    "forward": classifier_forward,
    "generate": generation,
    "sum": one_sum,
    "hand": lstm_by_hand,
}


def answer(request):
    """The median milliseconds of one call of a workload, and the peak of memory in bytes.

    `request` has `work`, `cell` and where the work has them `sizes`; then `repeats`, the calls that
    are timed together, and how many such `blocks`. One block goes before them to warm up.
    """
    torch.manual_seed(0)
    call = WORKS[request["work"]](request["cell"], **request.get("sizes", {}))
    repeats, times = request["repeats"], []
    for _ in range(request["blocks"] + 1):
        start = time.perf_counter()
        for _ in range(repeats):
            call()
        times.append((time.perf_counter() - start) * 1000 / repeats)
    return {"time": statistics.median(times[1:]), "memory": peak_memory()}


if sys.platform == "emscripten":
    from unroll import memory_bytes as peak_memory
else:
    import resource

    def resident():
        """The most that this process has had in memory, in bytes; on Linux counted from exec on."""
        if sys.platform == "darwin":
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    # A step of a small model first: what the libraries load and set up is not the training's need.
    shape("lstm", inputs=2, hidden=4, batch=2, steps=3)()
    at_start = resident()

    def peak_memory():
        return resident() - at_start


if __name__ == "__main__" and sys.platform != "emscripten":
    torch.set_num_threads(1)
    # Not the default, which takes nine times as long for L with GRU: its gradients vanish.
    torch.set_flush_denormal(True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
