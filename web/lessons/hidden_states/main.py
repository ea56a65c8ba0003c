import matplotlib.pyplot as plt
import torch
import torch.nn as nn

# The network reads brackets and says after each how many are open.
# Then we look at its cells.
HIDDEN, STEPS = 12, 24


def brackets(size):
    """Random brackets as +1 and -1, and how many are open: 0 to 6."""
    x, depth = torch.zeros(size, STEPS), torch.zeros(size)
    for t in range(STEPS):
        step = torch.where(torch.rand(size) < 0.5, 1.0, -1.0)
        step = torch.where(depth == 0, 1.0, torch.where(depth == 6, -1.0, step))
        x[:, t] = step
        depth = depth + step
    return x.unsqueeze(2), x.cumsum(dim=1)


class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(1, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)

    def forward(self, x):
        states, _ = self.lstm(x)
        return self.fc(states).squeeze(2), states


torch.manual_seed(0)
model = Counter()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(1, 201):
    x, count = brackets(32)
    loss = nn.functional.mse_loss(model(x)[0], count)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 40 == 0:
        print(f"step {step:3d}  loss {loss.item():.3f}")

x, count = brackets(1)
with torch.no_grad():
    told, states = model(x)
text = "".join("(" if value > 0 else ")" for value in x.flatten())
print(text)
print("".join(str(int(value)) for value in count[0]), " open brackets")
print("".join(str(int(value.round())) for value in told[0]), " what the network says")

figure, (top, bottom) = plt.subplots(2, 1, figsize=(7, 5), gridspec_kw={"height_ratios": [1, 2]})
top.plot(range(STEPS), count[0], label="open brackets")
top.plot(range(STEPS), told[0], "--", label="the network")
top.legend(loc="upper right")
bottom.imshow(states[0].T, cmap="RdBu", vmin=-1, vmax=1, aspect="auto")
bottom.set_xticks(range(STEPS), list(text))
bottom.set_ylabel("cell")
bottom.set_title("Hidden state, red is -1, blue is +1")
plt.tight_layout()
plt.show()
