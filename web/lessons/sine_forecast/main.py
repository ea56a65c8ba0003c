import matplotlib.pyplot as plt
import torch
import torch.nn as nn
from torch.utils.tensorboard import SummaryWriter

# Two waves on top of each other. The network sees 20 points and tells
# the next one.
time = torch.arange(0, 200) * 0.2
wave = torch.sin(time) + 0.5 * torch.sin(2 * time)
WINDOW, known = 20, 140
x = wave[:known].unfold(0, WINDOW, 1)[:-1].unsqueeze(2)
y = wave[WINDOW:known].unsqueeze(1)
print("windows", tuple(x.shape), "next points", tuple(y.shape))


class Forecaster(nn.Module):
    def __init__(self, hidden=32):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, x):
        output, _ = self.lstm(x)
        return self.fc(output[:, -1])


torch.manual_seed(0)
model = Forecaster()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 200)
# Its points are drawn while the network learns.
writer = SummaryWriter()
for step in range(200):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    writer.add_scalar("loss", loss.item(), step)
    if step % 25 == 0:
        print(f"step {step:3d}  loss {loss.item():.5f}")

# From here on it gets its own answers as input.
points = wave[:known].tolist()
with torch.no_grad():
    for _ in range(len(wave) - known):
        window = torch.tensor(points[-WINDOW:]).reshape(1, WINDOW, 1)
        points.append(model(window).item())
forecast = torch.tensor(points[known:])
error = (forecast - wave[known:]).abs().mean()
print(f"{len(forecast)} points ahead, off by {error:.3f} on average")

plt.figure(figsize=(7, 3))
plt.plot(time[60:], wave[60:], label="the wave")
plt.plot(time[known:], forecast, "--", label="the network, alone")
plt.axvline(time[known].item(), color="gray", linewidth=1)
plt.title("Forecast")
plt.legend(loc="lower left")
plt.show()
