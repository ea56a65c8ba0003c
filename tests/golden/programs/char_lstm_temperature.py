"""A character LSTM samples with a temperature, with top-k and with multinomial draws."""

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(42)
text = open("input.txt", "r").read()[:3000]
vocab = sorted(list(set(text)))
stoi = {s: i for i, s in enumerate(vocab)}
itos = {i: s for s, i in stoi.items()}
encode = lambda s: [stoi[c] for c in s]
decode = lambda ids: "".join(itos[int(i)] for i in ids)

device = "cuda" if torch.cuda.is_available() else "cpu"
data = torch.tensor(encode(text), dtype=torch.long)
n = int(0.9 * len(data))
train_data, val_data = data[:n], data[n:]
block_size, batch_size = 24, 8


def get_batch(split):
    source = train_data if split == "train" else val_data
    ix = torch.randint(len(source) - block_size, (batch_size,))
    x = torch.stack([source[i : i + block_size] for i in ix])
    y = torch.stack([source[i + 1 : i + block_size + 1] for i in ix])
    return x.to(device), y.to(device)


class CharLSTM(nn.Module):
    def __init__(self, vocab_size, n_embd=16, n_hidden=48, n_layers=2, dropout=0.2):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, n_embd)
        self.lstm = nn.LSTM(n_embd, n_hidden, n_layers, dropout=dropout, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(n_hidden, vocab_size)
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, mean=0.0, std=0.05)
            if module.bias is not None:
                nn.init.zeros_(module.bias)

    def forward(self, idx, targets=None, state=None):
        x = self.embedding(idx)
        x, state = self.lstm(x, state)
        logits = self.head(self.dropout(x))
        if targets is None:
            return logits, None, state
        B, T, C = logits.shape
        loss = F.cross_entropy(logits.view(B * T, C), targets.view(B * T))
        return logits, loss, state

    @torch.no_grad()
    def generate(self, idx, max_new_tokens, temperature=1.0, top_k=None):
        state = None
        token = idx
        for _ in range(max_new_tokens):
            logits, _, state = self(token, state=state)
            logits = logits[:, -1, :] / temperature
            if top_k is not None:
                v, _ = torch.topk(logits, min(top_k, logits.size(-1)))
                logits[logits < v[:, [-1]]] = -float("Inf")
            probs = F.softmax(logits, dim=-1)
            token = torch.multinomial(probs, num_samples=1)
            idx = torch.cat((idx, token), dim=1)
        return idx


@torch.no_grad()
def estimate_loss(model, eval_iters=4):
    out = {}
    model.eval()
    for split in ["train", "val"]:
        losses = torch.zeros(eval_iters)
        for k in range(eval_iters):
            X, Y = get_batch(split)
            _, loss, _ = model(X, Y)
            losses[k] = loss.item()
        out[split] = losses.mean()
    model.train()
    return out


model = CharLSTM(len(vocab)).to(device)
print(model)
print(sum(p.numel() for p in model.parameters()) / 1e3, "K parameters")
optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
for step in range(120):
    if step % 40 == 0:
        losses = estimate_loss(model)
        print(f"step {step}: train loss {losses['train']:.4f}, val loss {losses['val']:.4f}")
    xb, yb = get_batch("train")
    logits, loss, _ = model(xb, yb)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step % 20 == 19:
        print(step + 1, f"{loss.item():.4f}")
model.eval()
context = torch.zeros((1, 1), dtype=torch.long, device=device)
for temperature, top_k in [(1.0, None), (0.5, None), (0.8, 5)]:
    out = model.generate(context, 40, temperature, top_k)
    print(out.shape, out.dtype)
