"""A Siamese LSTM compares sequences by their Manhattan distance, cosine loss and triplets beside it."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Siamese(nn.Module):
    def __init__(self, vocab, embed, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocab, embed)
        self.lstm = nn.LSTM(embed, hidden, batch_first=True)

    def encode(self, x):
        _, (h, _) = self.lstm(self.embedding(x))
        return h.squeeze(0)

    def forward(self, a, b):
        ha, hb = self.encode(a), self.encode(b)
        return torch.exp(-torch.sum(torch.abs(ha - hb), dim=1)), ha, hb


torch.manual_seed(6)
pretrained = torch.randn(12, 6)
model = Siamese(12, 6, 10)
model.embedding = nn.Embedding.from_pretrained(pretrained, freeze=False)
print(model.embedding.weight.requires_grad, torch.equal(model.embedding.weight.data, pretrained))
a = torch.randint(0, 12, (40, 6))
b = torch.where(torch.rand(40, 1) < 0.5, a.flip(1), torch.randint(0, 12, (40, 6)))
same = (a.flip(1) == b).all(dim=1).float()
print(same.mean())
optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
for step in range(100):
    score, ha, hb = model(a, b)
    manhattan = F.mse_loss(score, same)
    cosine = F.cosine_embedding_loss(ha, hb, same * 2 - 1, margin=0.1)
    triplet = F.triplet_margin_loss(ha, hb, hb.roll(1, 0), margin=0.5)
    loss = manhattan + 0.5 * cosine + 0.1 * triplet
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.25)
    optimizer.step()
    if step % 20 == 19:
        print(step + 1, *(f"{v.item():.5f}" for v in (manhattan, cosine, triplet)))
with torch.no_grad():
    score, ha, hb = model(a[:4], b[:4])
    print(score)
    print(F.cosine_similarity(ha, hb), F.pairwise_distance(ha, hb, p=1))
    print(F.normalize(ha, dim=1).norm(dim=1))
