"""The echo task: truncated backpropagation with a state that is carried over and detached."""

import torch
import torch.nn as nn

torch.manual_seed(13)
total_series_length, batch_size, truncated, echo_step, state_size = 600, 5, 15, 3, 4
num_batches = total_series_length // batch_size // truncated


def generate_data():
    x = torch.bernoulli(torch.full((total_series_length,), 0.5))
    y = x.roll(echo_step)
    y[:echo_step] = 0
    return x.reshape(batch_size, -1), y.reshape(batch_size, -1).long()


class Echo(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Parameter(torch.rand(state_size + 1, state_size))
        self.b = nn.Parameter(torch.zeros(1, state_size))
        self.W2 = nn.Parameter(torch.rand(state_size, 2))
        self.b2 = nn.Parameter(torch.zeros(1, 2))

    def forward(self, inputs, state):
        logits = []
        for current in torch.unbind(inputs, dim=1):
            joined = torch.cat([current.view(-1, 1), state], dim=1)
            state = torch.tanh(torch.mm(joined, self.W) + self.b)
            logits.append(state.mm(self.W2) + self.b2)
        return torch.stack(logits), state


model = Echo()
optimizer = torch.optim.Adagrad(model.parameters(), lr=0.3)
for epoch in range(12):
    x, y = generate_data()
    state = torch.zeros(batch_size, state_size)
    losses = []
    for k in range(num_batches):
        span = slice(k * truncated, (k + 1) * truncated)
        logits, state = model(x[:, span], state)
        loss = nn.functional.cross_entropy(logits.reshape(-1, 2), y[:, span].t().reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        state = state.detach_()
        losses.append(loss.item())
    if epoch % 3 == 2:
        print("epoch", epoch + 1, "loss %.4f" % (sum(losses) / len(losses)), state.requires_grad, state.is_leaf)

gru = nn.GRU(1, 8)
head = nn.Linear(8, 1)
optimizer = torch.optim.SGD([{"params": gru.parameters()}, {"params": head.parameters(), "lr": 0.02}], lr=0.05, momentum=0.9)
series = torch.sin(torch.arange(241) * 0.2).view(-1, 1, 1)
hidden = None
for epoch in range(3):
    hidden = None
    for i in range(0, 240, 20):
        chunk, target = series[i : i + 20], series[i + 1 : i + 21]
        if hidden is not None:
            hidden = hidden.data
        out, hidden = gru(chunk, hidden)
        loss = ((head(out) - target) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(epoch, loss.item(), hidden.shape)
print(optimizer)
