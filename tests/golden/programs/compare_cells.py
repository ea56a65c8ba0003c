"""RNN, LSTM and GRU on one task, by factory: parameter counts, losses, validation and a printed table."""

import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split


class SequenceModel(nn.Module):
    CELLS = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}

    def __init__(self, cell, input_size=2, hidden_size=16, num_layers=1, bidirectional=False):
        super().__init__()
        self.rnn = self.CELLS[cell](input_size, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional)
        self.directions = 2 if bidirectional else 1
        self.fc = nn.Linear(hidden_size * self.directions, 1)

    def forward(self, x):
        out, hidden = self.rnn(x)
        last = hidden[0] if isinstance(hidden, tuple) else hidden
        last = last.view(self.rnn.num_layers, self.directions, x.size(0), -1)[-1]
        return self.fc(last.transpose(0, 1).flatten(1))


def adding_problem(n, T):
    values = torch.rand(n, T)
    markers = torch.zeros(n, T)
    for row in markers:
        first, second = torch.randperm(T)[:2]
        row[first] = row[second] = 1
    return torch.stack([values, markers], dim=2), (values * markers).sum(1, keepdim=True)


torch.manual_seed(0)
X, y = adding_problem(160, 8)
dataset = TensorDataset(X, y)
train_set, val_set = random_split(dataset, [128, 32], generator=torch.Generator().manual_seed(42))
print(len(train_set), len(val_set), val_set.indices[:5])
results = {}
for cell in ["RNN", "LSTM", "GRU"]:
    for bidirectional in (False, True):
        torch.manual_seed(1)
        model = SequenceModel(cell, bidirectional=bidirectional)
        loader = DataLoader(train_set, batch_size=32, shuffle=True)
        val_loader = DataLoader(val_set, batch_size=len(val_set))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        loss_fn = nn.SmoothL1Loss()
        for epoch in range(26):
            model.train()
            for xb, yb in loader:
                optimizer.zero_grad()
                loss = loss_fn(model(xb), yb)
                loss.backward()
                optimizer.step()
        model.eval()
        with torch.inference_mode():
            xb, yb = next(iter(val_loader))
            val = loss_fn(model(xb), yb).item()
        name = cell + ("-bi" if bidirectional else "")
        results[name] = (sum(p.numel() for p in model.parameters()), loss.item(), val)
print(f"{'model':<8} {'params':>7} {'train':>9} {'val':>9}")
for name, (params, train, val) in results.items():
    print(f"{name:<8} {params:>7,} {train:>9.5f} {val:>9.5f}")
for name, parameter in SequenceModel("GRU", num_layers=2, bidirectional=True).named_parameters():
    print(name, tuple(parameter.shape))
