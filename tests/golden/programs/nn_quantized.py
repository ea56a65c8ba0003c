"""Dynamic quantization rounds weights and inputs as PyTorch does."""

import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 2))
small = torch.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8)
print(small, model[0], torch.qint8)
x = torch.randn(3, 6)
print(torch.allclose(small(x), model(x).detach(), atol=0.05), torch.equal(small(x), model(x)))
print(small(x))


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.lstm = nn.LSTM(4, 8, 2, batch_first=True)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(self.lstm(self.embed(x))[0])


tagger = Tagger()
small = torch.ao.quantization.quantize_dynamic(tagger, {nn.LSTM, nn.Linear}, dtype=torch.qint8)
print(small, small.training)
x = torch.tensor([[1, 2, 3], [4, 0, 8]])
print((small(x) - tagger(x)).abs().max().item() < 0.02, small(x).shape)
try:
    torch.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.int32)
except RuntimeError as error:
    print(str(error)[:50])
