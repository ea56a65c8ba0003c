import torch
import torch.nn as nn
from torch.utils.tensorboard import SummaryWriter

# The adding problem (Hochreiter and Schmidhuber, 1997): 30 random
# numbers pass by, two of them are marked, and at the end the network
# has to say their sum. A plain RNN forgets the first one; the cell
# of an LSTM keeps it.
STEPS, HIDDEN = 30, 24


def batch(size):
    values, marks, row = torch.rand(size, STEPS), torch.zeros(size, STEPS), torch.arange(size)
    marks[row, torch.randint(0, STEPS // 2, (size,))] = 1
    marks[row, torch.randint(STEPS // 2, STEPS, (size,))] = 1
    return torch.stack((values, marks), dim=2), (values * marks).sum(dim=1)


class Adder(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = cell(2, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        output, _ = self.rnn(x)
        return self.fc(output[:, -1]).squeeze(1)


# The curves are drawn while the networks learn.
writer = SummaryWriter()
for cell in (nn.RNN, nn.LSTM):  # try nn.GRU
    torch.manual_seed(1)
    model = Adder(cell)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(1, 501):
        x, total = batch(64)
        loss = nn.functional.mse_loss(model(x), total)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 5 == 0:
            writer.add_scalar(f"loss/{cell.__name__}", loss.item(), step)

    with torch.no_grad():
        x, total = batch(500)
        error = (model(x) - total).abs().mean()
    print(f"{cell.__name__:4}  is off by {error:.2f} on average after {step} steps")

with torch.no_grad():
    print(f"Always saying 1 would be off by {(1 - total).abs().mean():.2f}")
    x, total = batch(3)
    for told, right in zip(model(x), total):
        print(f"  the {cell.__name__} says {told:.2f}, the sum is {right:.2f}")
