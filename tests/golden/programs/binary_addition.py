"""Binary numbers are added bit by bit; peephole LSTM, minimal gated unit and leaky units compared."""

import torch
import torch.nn as nn


class PeepholeLSTM(nn.Module):
    def __init__(self, n_in, n_hidden):
        super().__init__()
        self.x = nn.Linear(n_in, 4 * n_hidden)
        self.h = nn.Linear(n_hidden, 4 * n_hidden, bias=False)
        self.peep = nn.Parameter(torch.zeros(3, n_hidden))
        self.n = n_hidden

    def forward(self, x):
        h = c = torch.zeros(x.shape[1], self.n)
        outputs = []
        for x_t in x:
            i, f, g, o = (self.x(x_t) + self.h(h)).split(self.n, dim=1)
            i = (i + self.peep[0] * c).sigmoid()
            f = (f + self.peep[1] * c + 1).sigmoid()
            c = f.mul(c).add(i.mul(g.tanh()))
            o = (o + self.peep[2] * c).sigmoid()
            h = o * c.tanh()
            outputs.append(h)
        return torch.stack(outputs)


class MGU(nn.Module):
    def __init__(self, n_in, n_hidden):
        super().__init__()
        self.f = nn.Linear(n_in + n_hidden, n_hidden)
        self.c = nn.Linear(n_in + n_hidden, n_hidden)
        self.n = n_hidden

    def forward(self, x):
        h = torch.zeros(x.shape[1], self.n)
        outputs = []
        for t in range(x.size(0)):
            f = torch.sigmoid(self.f(torch.cat((x[t], h), -1)))
            candidate = torch.tanh(self.c(torch.cat((x[t], f * h), -1)))
            h = torch.lerp(h, candidate, f)
            outputs += [h]
        return torch.stack(outputs)


class Leaky(nn.Module):
    def __init__(self, n_in, n_hidden, alpha=0.6):
        super().__init__()
        self.cell = nn.RNNCell(n_in, n_hidden, nonlinearity="relu")
        self.alpha = alpha
        torch.nn.init.eye_(self.cell.weight_hh)
        self.cell.bias_hh.data.zero_()

    def forward(self, x):
        h = None
        outputs = []
        for x_t in x.unbind():
            new = self.cell(x_t, h)
            h = new if h is None else (1 - self.alpha) * h + self.alpha * new
            outputs.append(h)
        return torch.stack(outputs)


BITS = 6


def to_bits(numbers):
    return torch.stack([(numbers >> k) & 1 for k in range(BITS)]).float()


torch.manual_seed(2)
a = torch.randint(0, 2 ** (BITS - 1), (48,))
b = torch.randint(0, 2 ** (BITS - 1), (48,))
x = torch.stack([to_bits(a), to_bits(b)], dim=-1)
y = to_bits(a + b)
print(x.shape, a[0].item(), "+", b[0].item(), "=", y[:, 0].int().tolist())
for kind in (PeepholeLSTM, MGU, Leaky):
    torch.manual_seed(3)
    rnn, readout = kind(2, 12), nn.Linear(12, 1)
    optimizer = torch.optim.Adam([*rnn.parameters(), *readout.parameters()], lr=0.03)
    for step in range(1, 101):
        logits = readout(rnn(x)).squeeze(-1)
        loss = nn.functional.binary_cross_entropy(torch.sigmoid(logits), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 0:
            errors = ((logits > 0) != y.bool()).sum().item()
            print(f"{kind.__name__:12s} {step:3d} {loss.item():.4f}", errors < y.numel() // 2)
