"""A variational autoencoder over sequences: reparameterised codes, KL annealing, word dropout."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence, pad_sequence


class SentenceVAE(nn.Module):
    def __init__(self, vocab, embed=8, hidden=14, latent=4):
        super().__init__()
        self.embed = nn.Embedding(vocab, embed, padding_idx=0)
        self.encoder = nn.GRU(embed, hidden, batch_first=True)
        self.decoder = nn.GRU(embed, hidden, batch_first=True)
        self.to_mean = nn.Linear(hidden, latent)
        self.to_logvar = nn.Linear(hidden, latent)
        self.from_latent = nn.Linear(latent, hidden)
        self.out = nn.Linear(hidden, vocab)

    def forward(self, sequences, word_dropout=0.2):
        packed = pack_sequence([self.embed(s) for s in sequences], enforce_sorted=False)
        _, h = self.encoder(packed)
        mu, logvar = self.to_mean(h[0]), self.to_logvar(h[0])
        std = torch.exp(0.5 * logvar)
        z = mu + std * torch.randn_like(std)
        padded = pad_sequence(sequences, batch_first=True)
        inputs = padded[:, :-1].clone()
        drop = torch.rand(inputs.shape) < word_dropout
        inputs[drop & (inputs != 0)] = 1
        outputs, _ = self.decoder(self.embed(inputs), torch.tanh(self.from_latent(z)).unsqueeze(0))
        logits = self.out(outputs)
        recon = F.cross_entropy(logits.reshape(-1, logits.size(-1)), padded[:, 1:].reshape(-1), ignore_index=0, reduction="sum")
        kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
        return recon / len(sequences), kl / len(sequences), z


torch.manual_seed(8)
sequences = [torch.cat([torch.tensor([2]), torch.randint(3, 10, (n,)).sort().values]) for n in (3, 6, 4, 5, 7, 2)]
model = SentenceVAE(10)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(100):
    recon, kl, z = model(sequences)
    beta = min(1.0, step / 80)
    loss = recon + beta * kl
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    if step % 20 == 19:
        print(f"{step + 1} recon {recon:.3f} kl {kl:.3f} beta {beta:.2f}")
print(z.shape)
packed = pack_sequence(sequences, enforce_sorted=False)
print(packed)
print(pad_packed_sequence(packed, batch_first=True, padding_value=-1))
