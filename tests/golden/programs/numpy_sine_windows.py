"""NumPy prepares a sine wave for an RNN: windows, scaling, a split, tensors that share its memory."""

import numpy as np
import torch
from torch import nn

np.random.seed(2)
torch.manual_seed(2)

T, L, N = 20, 200, 20
x = np.empty((N, L), "int64")
x[:] = np.array(range(L)) + np.random.randint(-4 * T, 4 * T, N).reshape(N, 1)
data = np.sin(x / 1.0 / T).astype("float64")
print(data.shape, data.dtype, data[:2, :4])
inputs = torch.from_numpy(data[3:, :-1])
targets = torch.from_numpy(data[3:, 1:])
print(inputs.shape, inputs.dtype, torch.from_numpy(data[:3, :-1]).shape)

series = np.sin(np.linspace(0, 8 * np.pi, 120)) + np.random.normal(0, 0.1, 120)
low, high = series.min(), series.max()
scaled = (series - low) / (high - low) * 2 - 1
print(round(float(scaled.min()), 6), round(float(scaled.max()), 6), scaled.mean().round(6))


def windows(values, size):
    xs, ys = [], []
    for i in range(len(values) - size):
        xs.append(values[i : i + size])
        ys.append(values[i + size])
    return np.array(xs), np.array(ys)


xs, ys = windows(scaled, 8)
xs = xs.reshape(xs.shape[0], xs.shape[1], 1)
cut = int(len(xs) * 0.8)
train_x, test_x = torch.from_numpy(xs[:cut]).float(), torch.from_numpy(xs[cut:]).float()
train_y, test_y = torch.Tensor(ys[:cut]), torch.Tensor(ys[cut:])
print(train_x.shape, test_x.shape, train_y.dtype, np.expand_dims(ys, 1).shape)

shared = torch.from_numpy(scaled)
scaled[0] = 42.0
print(shared[0].item(), shared.dtype)
shared[1] = 7.0
print(scaled[1], shared.numpy()[:2])


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(1, 12, batch_first=True)
        self.out = nn.Linear(12, 1)

    def forward(self, x):
        y, _ = self.rnn(x)
        return self.out(y[:, -1]).squeeze(1)


net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
losses = []
for epoch in range(40):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(net(train_x), train_y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if epoch % 10 == 9:
        print(f"epoch {epoch + 1}: {np.mean(losses[-10:]):.5f}")
with torch.no_grad():
    predicted = net(test_x).numpy()
actual = test_y.numpy()
predicted = (predicted + 1) / 2 * (high - low) + low
actual = (actual + 1) / 2 * (high - low) + low
print(f"rmse {np.sqrt(np.mean((predicted - actual) ** 2)):.5f}", predicted.dtype, predicted.shape)
print(np.concatenate([predicted[:2], actual[:2]]).round(3))
try:
    net(test_x).numpy()
except RuntimeError as error:
    print(error)
