"""A GRU classifier with additive attention over its outputs, masked, and pooled features beside it."""

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(7)


class Attention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.attn = nn.Linear(hidden_size * 2, hidden_size)
        self.v = nn.Parameter(torch.rand(hidden_size))
        stdv = 1.0 / self.v.size(0) ** 0.5
        self.v.data.normal_(mean=0, std=stdv)

    def forward(self, hidden, outputs, mask):
        T = outputs.size(1)
        H = hidden.repeat(T, 1, 1).transpose(0, 1)
        energy = torch.tanh(self.attn(torch.cat([H, outputs], 2)))
        energy = energy.transpose(2, 1)
        v = self.v.repeat(outputs.size(0), 1).unsqueeze(1)
        scores = torch.bmm(v, energy).squeeze(1)
        scores = scores.masked_fill(mask == 0, -1e10)
        return F.softmax(scores, dim=1)


class Classifier(nn.Module):
    def __init__(self, vocab, embed, hidden, classes):
        super().__init__()
        self.embed = nn.Embedding(vocab, embed, padding_idx=0)
        self.gru = nn.GRU(embed, hidden // 2, bidirectional=True, batch_first=True)
        self.attention = Attention(hidden)
        self.out = nn.Sequential(nn.Linear(hidden * 3, hidden), nn.ReLU(), nn.Dropout(0.1), nn.Linear(hidden, classes))

    def forward(self, x):
        mask = x != 0
        outputs, h = self.gru(self.embed(x))
        last = torch.cat([h[0], h[1]], dim=-1)
        weights = self.attention(last, outputs, mask)
        context = weights.unsqueeze(1).bmm(outputs).squeeze(1)
        pooled = outputs.masked_fill(~mask.unsqueeze(-1), float("-inf")).max(dim=1).values
        mean = (outputs * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return self.out(torch.cat([context, pooled, mean], dim=-1)), weights


x = torch.randint(1, 20, (64, 11))
lengths = torch.randint(3, 12, (64,))
x[torch.arange(11).expand(64, 11) >= lengths[:, None]] = 0
y = (x == 7).any(dim=1).long() + (x == 3).any(1).long()
print(x[0], y[:10], torch.bincount(y, minlength=3))
model = Classifier(20, 8, 16, 3)
optimizer = torch.optim.RMSprop(model.parameters(), lr=3e-3)
for epoch in range(100):
    logits, weights = model(x)
    loss = F.cross_entropy(logits, y, label_smoothing=0.05)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 10 == 9:
        print(epoch + 1, round(loss.item(), 4), weights.shape)
model.eval()
logits, weights = model(x)
print(weights[0].detach())
print(weights.sum(1)[:4], (weights[lengths == lengths.min()][0] == 0).sum())
print((logits.argmax(1) == y).float().mean() > 0.5)
