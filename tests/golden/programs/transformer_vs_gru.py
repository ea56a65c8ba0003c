"""A Transformer encoder with positional encoding beside a GRU on the same task."""

import math

import torch
import torch.nn as nn


class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout=0.1, max_len=50):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        position = torch.arange(max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))
        pe = torch.zeros(max_len, 1, d_model)
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe)

    def forward(self, x):
        return self.dropout(x + self.pe[: x.size(0)])


class TransformerModel(nn.Module):
    def __init__(self, ntoken, d_model, nhead, d_hid, nlayers, dropout=0.1):
        super().__init__()
        self.pos_encoder = PositionalEncoding(d_model, dropout)
        encoder_layers = nn.TransformerEncoderLayer(d_model, nhead, d_hid, dropout)
        self.transformer_encoder = nn.TransformerEncoder(encoder_layers, nlayers)
        self.embedding = nn.Embedding(ntoken, d_model)
        self.d_model = d_model
        self.linear = nn.Linear(d_model, ntoken)

    def forward(self, src, src_mask=None):
        src = self.pos_encoder(self.embedding(src) * math.sqrt(self.d_model))
        if src_mask is None:
            src_mask = nn.Transformer.generate_square_subsequent_mask(len(src))
        return self.linear(self.transformer_encoder(src, src_mask))


class GRUModel(nn.Module):
    def __init__(self, ntoken, d_model):
        super().__init__()
        self.embedding = nn.Embedding(ntoken, d_model)
        self.gru = nn.GRU(d_model, d_model)
        self.linear = nn.Linear(d_model, ntoken)

    def forward(self, src):
        return self.linear(self.gru(self.embedding(src))[0])


torch.manual_seed(0)
data = torch.randint(0, 8, (12, 16))
data[6:] = data[:6]
for make in (lambda: TransformerModel(8, 16, 2, 24, 2), lambda: GRUModel(8, 16)):
    torch.manual_seed(1)
    model = make()
    print(sum(p.numel() for p in model.parameters()))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10, gamma=0.9)
    for step in range(100):
        loss = nn.functional.cross_entropy(model(data[:-1]).view(-1, 8), data[1:].view(-1))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.step()
        scheduler.step()
        if step % 25 == 24:
            print(type(model).__name__, step + 1, f"{loss.item():.4f}", scheduler.get_last_lr())
print(nn.Transformer.generate_square_subsequent_mask(3))
attention = nn.MultiheadAttention(8, 2, batch_first=True)
q = torch.randn(2, 3, 8)
out, weights = attention(q, q, q)
print(out.shape, weights.shape, weights.sum(-1))
