"""Attention and Transformer layers start, compute, mask, drop, print and refuse as in PyTorch."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def numbers(t):
    flat = t.detach().double().flatten()
    weights = torch.arange(1, flat.numel() + 1, dtype=torch.float64).remainder(7)
    sums = [flat.sum(), flat.abs().sum(), (flat * weights).sum()]
    return f"{tuple(t.shape)} " + " ".join(f"{round(s.item(), 3) + 0.0:.3f}" for s in sums)


def show(name, make, run):
    torch.manual_seed(3)
    try:
        layer = make()
        y = run(layer)
        weights = None
        if isinstance(y, tuple):
            y, weights = y
        print(name, type(y.grad_fn).__name__, numbers(y), "" if weights is None else numbers(weights))
        if y.requires_grad:
            (y * torch.linspace(-1, 1, y.numel()).view_as(y)).sum().backward()
            for key, parameter in layer.named_parameters():
                print(" ", key, numbers(parameter), "none" if parameter.grad is None else numbers(parameter.grad))
    except Exception as error:
        print(name, type(error).__name__, str(error).split("\n")[0])


def x(*shape):
    return torch.randn(*shape, requires_grad=True)


def selves(m, t, **options):
    return m(t, t, t, **options)


causal = nn.Transformer.generate_square_subsequent_mask(5)
print(causal)
padding = torch.tensor([[False] * 5, [False] * 3 + [True] * 2, [False, True, True, True, True]])
print(nn.MultiheadAttention(8, 2))
show("self", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8)))
show("batch first", lambda: nn.MultiheadAttention(8, 4, batch_first=True), lambda m: selves(m, x(3, 5, 8)))
show("cross", lambda: nn.MultiheadAttention(8, 2, bias=False), lambda m: m(x(4, 3, 8), *[x(6, 3, 8)] * 2))
show("three", lambda: nn.MultiheadAttention(8, 2), lambda m: m(x(4, 3, 8), x(6, 3, 8), x(6, 3, 8)))
show("dims", lambda: nn.MultiheadAttention(8, 2, kdim=6, vdim=7), lambda m: m(x(4, 3, 8), x(6, 3, 6), x(6, 3, 7)))
show("bias kv", lambda: nn.MultiheadAttention(8, 2, add_bias_kv=True, add_zero_attn=True), lambda m: selves(m, x(5, 3, 8)))
show("no batch", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 8)))
show("mask", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), attn_mask=causal))
show("bool mask", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), attn_mask=causal < 0, need_weights=False))
show("padding", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), key_padding_mask=padding))
show("padding and mask", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), key_padding_mask=padding, attn_mask=causal < 0, average_attn_weights=False))
show("no weights", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), need_weights=False))
show("dropout", lambda: nn.MultiheadAttention(8, 2, dropout=0.3), lambda m: selves(m, x(5, 3, 8)))
show("dropout without weights", lambda: nn.MultiheadAttention(8, 2, dropout=0.3), lambda m: selves(m, x(5, 3, 8), need_weights=False))
show("eval", lambda: nn.MultiheadAttention(8, 2, dropout=0.3).eval(), lambda m: selves(m, x(5, 3, 8)))
show("causal", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), attn_mask=causal, is_causal=True, need_weights=False))
show("heads", lambda: nn.MultiheadAttention(8, 3), lambda m: selves(m, x(5, 3, 8)))
show("features", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 6)))
show("mask size", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(4, 3, 8), attn_mask=causal))
show("key and value", lambda: nn.MultiheadAttention(8, 2), lambda m: m(x(4, 3, 8), x(6, 3, 8), x(5, 3, 8)))
show("mask dtype", lambda: nn.MultiheadAttention(8, 2), lambda m: selves(m, x(5, 3, 8), attn_mask=(causal < 0).long()))
show("zero", lambda: nn.MultiheadAttention(0, 2), lambda m: selves(m, x(5, 3, 8)))

q, k, v = torch.randn(2, 3, 4, 6), torch.randn(2, 3, 5, 6), torch.randn(2, 3, 5, 7)
print(numbers(F.scaled_dot_product_attention(q, k, v)))
print(numbers(F.scaled_dot_product_attention(q, k, v, is_causal=True, scale=0.3)))
print(numbers(F.scaled_dot_product_attention(q, k, v, attn_mask=torch.ones(4, 5, dtype=torch.bool).tril())))
mask = torch.ones(4, 5, dtype=torch.bool)
mask[1] = False
print(F.scaled_dot_product_attention(q[0, 0], k[0, 0], v[0, 0], attn_mask=mask)[1])
try:
    F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=True)
except RuntimeError as error:
    print(error)

for options in ({}, {"batch_first": True}, {"norm_first": True, "activation": "gelu"}, {"activation": nn.Tanh(), "bias": False}):
    show(f"encoder layer {len(options)}", lambda options=options: nn.TransformerEncoderLayer(8, 2, 16, **options), lambda m: m(x(5, 3, 8)))
    show(f"decoder layer {len(options)}", lambda options=options: nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0, **options), lambda m: m(x(5, 3, 8), x(5, 3, 8)))
print(nn.TransformerEncoderLayer(8, 2, 16))
show("encoder", lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2, nn.LayerNorm(8)), lambda m: m(x(5, 3, 8), mask=causal))
show("encoder padding", lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2), lambda m: m(x(5, 3, 8), src_key_padding_mask=padding))
show("decoder", lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 2), lambda m: m(x(5, 3, 8), x(4, 3, 8), tgt_mask=causal))
show("activation", lambda: nn.TransformerEncoderLayer(8, 2, 16, activation="selu"), lambda m: m(x(5, 3, 8)))
show("transformer", lambda: nn.Transformer(8, 2, 1, 2, 16), lambda m: m(x(4, 3, 8), x(5, 3, 8), tgt_mask=causal))
show("transformer batch first", lambda: nn.Transformer(8, 2, 1, 1, 16, batch_first=True), lambda m: m(x(3, 4, 8), x(3, 5, 8), tgt_mask=causal, tgt_is_causal=True))
show("transformer batch", lambda: nn.Transformer(8, 2, 1, 1, 16), lambda m: m(x(4, 3, 8), x(5, 2, 8)))
show("transformer features", lambda: nn.Transformer(8, 2, 1, 1, 16), lambda m: m(x(4, 3, 6), x(5, 3, 8)))
print(nn.Transformer(8, 2, 1, 1, 16))
torch.manual_seed(0)
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2).eval()
with torch.no_grad():
    print(encoder(torch.randn(3, 5, 8), src_key_padding_mask=padding)[:, :, 0])
print([key for key in encoder.state_dict()][:6], sum(p.numel() for p in encoder.parameters()))


class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_len=50):
        super().__init__()
        position = torch.arange(max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))
        pe = torch.zeros(max_len, 1, d_model)
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe)

    def forward(self, x):
        return x + self.pe[: x.size(0)]


class Model(nn.Module):
    def __init__(self, vocab=12, d_model=16):
        super().__init__()
        self.embed = nn.Embedding(vocab, d_model)
        self.position = PositionalEncoding(d_model)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(d_model, 4, 32, 0.1), 2)
        self.out = nn.Linear(d_model, vocab)

    def forward(self, tokens):
        mask = nn.Transformer.generate_square_subsequent_mask(len(tokens))
        return self.out(self.encoder(self.position(self.embed(tokens) * 4.0), mask))


torch.manual_seed(0)
model = Model()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
data = torch.randint(0, 12, (9, 4))
for step in range(30):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(data[:-1]).view(-1, 12), data[1:].reshape(-1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 0.5)
    optimizer.step()
    if step % 5 == 4:
        print(step, f"{loss.item():.4f}")
