"""Writes lessons/wave_javascript.txt: what real PyTorch gives for the lesson's program, which is
JavaScript, as a program of Python. Run by make.mjs.

The program is in web/lessons/wave_javascript/main.js.
"""

import math
import pathlib

from reference import torch
from torch import nn


class Forecast(nn.Module):
    """The lesson's model."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 24, batch_first=True)
        self.head = nn.Linear(24, 1)

    def forward(self, input):
        output, _ = self.gru(input)
        return self.head(output[:, -1])


def program():
    """The lines that the lesson prints."""
    torch.manual_seed(0)
    windows = torch.arange(400).mul(0.1).sin().unfold(0, 25, 1)
    x, y = windows[:, :-1, None], windows[:, -1:]
    model = Forecast()
    loss_fn = nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    yield str(model)
    for epoch in range(1, 151):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 50 == 0:
            yield f"epoch {epoch}  loss {loss:.5f}"
    off = sum(abs(math.sin((399 + step) * 0.1) - value) for step, value in forecast(model, x[-1:]))
    yield f"60 steps ahead, off by {off / 60:.2f} on average"


@torch.no_grad()
def forecast(model, window):
    """60 steps and their values, each of which is part of the next input."""
    for step in range(60):
        value = model(window)
        yield step, value.item()
        window = torch.cat([window[:, 1:], value[None]], 1)


path = pathlib.Path(__file__).parent / "lessons" / "wave_javascript.txt"
path.write_text("\n".join([*program(), ""]))
