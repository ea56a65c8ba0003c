"""Convolution, batch norm and pooling in front of an LSTM: a mixed model for signals."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvLSTM(nn.Module):
    def __init__(self, channels, hidden, classes):
        super().__init__()
        self.conv1 = nn.Conv1d(channels, 8, kernel_size=3, padding=1)
        self.bn1 = nn.BatchNorm1d(8)
        self.conv2 = nn.Conv1d(8, 12, 3, stride=2, padding=1, bias=False)
        self.bn2 = nn.BatchNorm1d(12)
        self.pool = nn.MaxPool1d(2)
        self.lstm = nn.LSTM(12, hidden, bidirectional=True, batch_first=True)
        self.dropout = nn.Dropout(0.25)
        self.fc = nn.Linear(hidden * 2, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = F.leaky_relu(self.bn2(self.conv2(x)), 0.1)
        x = x.permute(0, 2, 1)
        out, (h, c) = self.lstm(x)
        x = torch.cat([F.adaptive_avg_pool1d(out.transpose(1, 2), 1).squeeze(2)], dim=1)
        return self.fc(self.dropout(x))


torch.manual_seed(31)
t = torch.linspace(0, 1, 32)
freq = torch.tensor([2.0, 5.0, 9.0])
y = torch.arange(45) % 3
x = torch.sin(2 * torch.pi * freq[y].view(-1, 1, 1) * (t + torch.rand(45, 2, 1))) + 0.1 * torch.randn(45, 2, 32)
model = ConvLSTM(2, 10, 3)
print(model)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.02, total_steps=60)
criterion = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 1.0]))
for step in range(60):
    model.train()
    loss = criterion(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
    if step % 12 == 11:
        print(step + 1, f"{loss.item():.4f}", f"{scheduler.get_last_lr()[0]:.5f}")
model.eval()
with torch.no_grad():
    print((model(x).argmax(1) == y).float().mean() > 0.6)
print(model.bn1.running_var, model.bn1.num_batches_tracked)
print({k: tuple(v.shape) for k, v in model.state_dict().items() if "lstm" not in k})
