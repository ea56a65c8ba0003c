"""An encoder-decoder with attention trains on packed sequences as in PyTorch."""

import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim
from torch.utils.data import DataLoader, Dataset

SOS, EOS, MAX = 0, 1, 8
torch.manual_seed(1)
random.seed(1)


class Reverse(Dataset):
    def __init__(self, n):
        g = torch.Generator().manual_seed(3)
        self.items = [torch.randint(2, 12, (int(torch.randint(3, MAX, (1,), generator=g)),), generator=g) for _ in range(n)]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i], torch.flip(self.items[i], dims=(0,))


def collate(batch):
    xs, ys = zip(*batch)
    lengths = torch.tensor([len(x) for x in xs])
    x = nn.utils.rnn.pad_sequence(xs, batch_first=True, padding_value=EOS)
    y = nn.utils.rnn.pad_sequence([torch.cat([y, torch.tensor([EOS])]) for y in ys], batch_first=True, padding_value=EOS)
    return x, lengths, y


class Encoder(nn.Module):
    def __init__(self, vocab, hidden, dropout=0.1):
        super().__init__()
        self.embedding = nn.Embedding(vocab, hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.bridge = nn.Linear(2 * hidden, hidden)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(
            self.dropout(self.embedding(x)), lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        out, h = self.gru(packed)
        out, _ = nn.utils.rnn.pad_packed_sequence(out, batch_first=True)
        return out, torch.tanh(self.bridge(torch.cat([h[0], h[1]], dim=-1))).unsqueeze(0)


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.W = nn.Linear(hidden, hidden)
        self.U = nn.Linear(2 * hidden, hidden)
        self.v = nn.Linear(hidden, 1, bias=False)

    def forward(self, query, keys, mask):
        scores = self.v(torch.tanh(self.W(query) + self.U(keys))).squeeze(2).unsqueeze(1)
        scores = scores.masked_fill(~mask.unsqueeze(1), float("-inf"))
        weights = F.softmax(scores, dim=-1)
        return torch.bmm(weights, keys), weights


class Decoder(nn.Module):
    def __init__(self, vocab, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocab, hidden)
        self.attention = Attention(hidden)
        self.cell = nn.LSTMCell(3 * hidden, hidden)
        self.out = nn.Linear(hidden, vocab)

    def forward(self, keys, h, mask, steps, target=None, force=0.5):
        token = torch.full((keys.size(0), 1), SOS, dtype=torch.long)
        h, c = h[0], torch.zeros_like(h[0])
        outputs, maps = [], []
        teacher = target is not None and random.random() < force
        for t in range(steps):
            context, weights = self.attention(h.unsqueeze(1), keys, mask)
            x = torch.cat((self.embedding(token), context), dim=2).squeeze(1)
            h, c = self.cell(x, (h, c))
            logits = self.out(h)
            outputs.append(logits.unsqueeze(1))
            maps.append(weights)
            if teacher:
                token = target[:, t].unsqueeze(1)
            else:
                _, top = logits.topk(1)
                token = top.detach()
        return F.log_softmax(torch.cat(outputs, dim=1), dim=-1), torch.cat(maps, dim=1)


encoder, decoder = Encoder(12, 24), Decoder(12, 24)
print(encoder)
print(decoder)
optimizers = [optim.Adam(m.parameters(), lr=0.01) for m in (encoder, decoder)]
criterion = nn.NLLLoss(ignore_index=-1)
loader = DataLoader(Reverse(48), batch_size=16, shuffle=True, collate_fn=collate)
for epoch in range(6):
    total = 0.0
    encoder.train(), decoder.train()
    for x, lengths, y in loader:
        for optimizer in optimizers:
            optimizer.zero_grad()
        mask = torch.arange(x.size(1))[None, :] < lengths[:, None]
        keys, h = encoder(x, lengths)
        log_probs, maps = decoder(keys, h, mask, y.size(1), y)
        loss = criterion(log_probs.view(-1, log_probs.size(-1)), y.view(-1))
        loss.backward()
        norms = [float(nn.utils.clip_grad_norm_(m.parameters(), 1.0)) for m in (encoder, decoder)]
        for optimizer in optimizers:
            optimizer.step()
        total += loss.item() * x.size(0)
    print(f"epoch {epoch}: {total / 48:.4f} {norms[0]:.3f} {norms[1]:.3f}")
encoder.eval(), decoder.eval()
with torch.no_grad():
    x, y = Reverse(1)[0]
    keys, h = encoder(x[None], torch.tensor([len(x)]))
    log_probs, maps = decoder(keys, h, torch.ones(1, len(x), dtype=torch.bool), len(x))
    print(x.tolist(), maps.shape, maps.sum(-1), log_probs.exp().sum(-1).mean())
