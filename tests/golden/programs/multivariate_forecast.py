"""Several series are forecast together: windows by a Dataset, early stopping, gradient accumulation, schedules."""

import torch
from torch import nn, optim
from torch.utils.data import DataLoader, Dataset, Subset


class WindowDataset(Dataset):
    def __init__(self, series, window, horizon):
        self.series, self.window, self.horizon = series, window, horizon

    def __len__(self):
        return self.series.shape[0] - self.window - self.horizon + 1

    def __getitem__(self, i):
        past = self.series[i : i + self.window]
        future = self.series[i + self.window : i + self.window + self.horizon, 0]
        return {"past": past, "future": future}


class Forecaster(nn.Module):
    def __init__(self, features, hidden, horizon):
        super().__init__()
        self.norm = nn.LayerNorm(features)
        self.gru = nn.GRU(features, hidden, num_layers=2, dropout=0.1, batch_first=True)
        self.head = nn.Sequential(nn.Linear(hidden, hidden), nn.ELU(), nn.Linear(hidden, horizon))

    def forward(self, x):
        _, h = self.gru(self.norm(x))
        return self.head(h[-1])


class EarlyStopping:
    def __init__(self, patience=3, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.counter, self.best, self.early_stop = 0, None, False

    def __call__(self, val_loss):
        if self.best is None or val_loss < self.best - self.min_delta:
            self.best, self.counter = val_loss, 0
        else:
            self.counter += 1
            if self.counter >= self.patience:
                self.early_stop = True


torch.manual_seed(21)
t = torch.arange(160, dtype=torch.float32)
series = torch.stack([torch.sin(t / 5), torch.cos(t / 9) * 0.5, (t % 7) / 7], dim=1)
series += 0.05 * torch.randn_like(series)
mean, std = series.mean(dim=0, keepdim=True), series.std(0, keepdim=True)
series = (series - mean) / std
print(mean, std)
dataset = WindowDataset(series, 12, 3)
split = int(len(dataset) * 0.8)
train = DataLoader(Subset(dataset, range(split)), batch_size=16, shuffle=True, drop_last=True, num_workers=0)
val = DataLoader(Subset(dataset, range(split, len(dataset))), batch_size=64)
print(len(dataset), len(train), len(val), {k: v.shape for k, v in next(iter(val)).items()})
model = Forecaster(3, 16, 3)
optimizer = optim.AdamW(model.parameters(), lr=5e-3, weight_decay=1e-2)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=4, gamma=0.5)
stopper = EarlyStopping(patience=2, min_delta=1e-3)
accumulate = 2
for epoch in range(14):
    model.train()
    running = 0.0
    optimizer.zero_grad()
    for i, batch in enumerate(train):
        loss = nn.functional.mse_loss(model(batch["past"]), batch["future"]) / accumulate
        loss.backward()
        running += loss.item() * accumulate
        if (i + 1) % accumulate == 0 or i + 1 == len(train):
            nn.utils.clip_grad_value_(model.parameters(), 0.5)
            optimizer.step()
            optimizer.zero_grad()
    scheduler.step()
    model.eval()
    with torch.no_grad():
        val_loss = sum(nn.functional.mse_loss(model(b["past"]), b["future"]).item() for b in val) / len(val)
    print(f"epoch {epoch:2d} train {running / len(train):.4f} val {val_loss:.4f} lr {scheduler.get_last_lr()[0]:.6f}")
    stopper(val_loss)
    if stopper.early_stop:
        print("Early stopping")
        break
