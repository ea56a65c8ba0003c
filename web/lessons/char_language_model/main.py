import torch
import torch.nn as nn

# A language model that reads characters and guesses the next one.
# Drop a text of your own on the panel as input.txt to train on it.
text = open("input.txt", encoding="utf-8").read()
chars = sorted(set(text))
index = {char: i for i, char in enumerate(chars)}
data = torch.tensor([index[char] for char in text])
print(f"{len(text):,} characters, {len(chars)} different ones")


class CharModel(nn.Module):
    def __init__(self, vocab_size, embed_dim=64, hidden_dim=128, cell=nn.LSTM):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = cell(embed_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, vocab_size)

    def forward(self, x, state=None):
        output, state = self.rnn(self.embedding(x), state)
        return self.fc(output), state


torch.manual_seed(0)
model = CharModel(len(chars), cell=nn.LSTM)  # try nn.GRU
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
loss_fn = nn.CrossEntropyLoss()
batch_size, seq_len = 32, 64

for step in range(1, 201):
    starts = torch.randint(0, len(data) - seq_len - 1, (batch_size,)).tolist()
    x = torch.stack([data[s : s + seq_len] for s in starts])
    y = torch.stack([data[s + 1 : s + seq_len + 1] for s in starts])

    logits, _ = model(x)
    loss = loss_fn(logits.reshape(-1, len(chars)), y.reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step % 10 == 0 or step <= 5:
        print(f"step {step:3d}  loss {loss.item():.4f}")


def sample(prompt, length=300, temperature=0.7):
    model.eval()
    state = None
    x = torch.tensor([[index[char] for char in prompt]])
    written = prompt
    with torch.no_grad():
        for _ in range(length):
            logits, state = model(x, state)
            probs = torch.softmax(logits[0, -1] / temperature, dim=0)
            x = torch.multinomial(probs, 1).reshape(1, 1)
            written += chars[x.item()]
    return written


print()
print(sample(text[:8]))
