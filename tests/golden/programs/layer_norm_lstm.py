"""A layer-normalised LSTM from modules of one's own: ModuleList, Parameter, buffers, apply, named_children."""

import torch
import torch.nn as nn
from torch import Tensor
from torch.nn import Parameter


class LayerNormLSTMCell(nn.Module):
    def __init__(self, input_size: int, hidden_size: int):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.weight_ih = Parameter(torch.randn(4 * hidden_size, input_size))
        self.weight_hh = Parameter(torch.randn(4 * hidden_size, hidden_size))
        self.layernorm_i = nn.LayerNorm(4 * hidden_size)
        self.layernorm_h = nn.LayerNorm(4 * hidden_size)
        self.layernorm_c = nn.LayerNorm(hidden_size)
        self.register_buffer("steps", torch.zeros(1))

    def forward(self, input: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        hx, cx = state
        igates = self.layernorm_i(torch.mm(input, self.weight_ih.t()))
        hgates = self.layernorm_h(torch.mm(hx, self.weight_hh.t()))
        ingate, forgetgate, cellgate, outgate = (igates + hgates).chunk(4, 1)
        cy = self.layernorm_c(
            (torch.sigmoid(forgetgate) * cx) + (torch.sigmoid(ingate) * torch.tanh(cellgate))
        )
        hy = torch.sigmoid(outgate) * torch.tanh(cy)
        self.steps += 1
        return hy, (hy, cy)


class Stack(nn.Module):
    __constants__ = ["num_layers"]

    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(LayerNormLSTMCell(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropouts = nn.ModuleDict({str(i): nn.Dropout(dropout) for i in range(len(sizes) - 1)})
        self.gains = nn.ParameterList([nn.Parameter(torch.ones(size)) for size in sizes[1:]])

    def forward(self, x):
        states = [(x.new_zeros(x.size(1), layer.hidden_size),) * 2 for layer in self.layers]
        outputs = torch.jit.annotate(list[Tensor], [])
        for x_t in x:
            for i, layer in enumerate(self.layers):
                x_t, states[i] = layer(x_t, states[i])
                x_t = self.dropouts[str(i)](x_t * self.gains[i])
            outputs += [x_t]
        return torch.stack(outputs), states


def reset(module):
    if isinstance(module, LayerNormLSTMCell):
        nn.init.xavier_uniform_(module.weight_ih)
        nn.init.kaiming_normal_(module.weight_hh, nonlinearity="tanh")


torch.set_default_dtype(torch.double)
torch.manual_seed(17)
model = Stack([3, 10, 6], dropout=0.1)
model.apply(reset)
print(model)
for name, child in model.named_children():
    print(name, type(child).__name__, sum(p.numel() for p in child.parameters()))
print([name for name, _ in model.named_buffers()], len(list(model.modules())))
head = nn.Linear(6, 1)
parameters = list(model.parameters()) + list(head.parameters())
optimizer = torch.optim.NAdam(parameters, lr=0.01)
x = torch.randn(7, 16, 3)
y = x[:3].sum(dim=(0, 2)).sign()
for step in range(100):
    out, states = model(x)
    loss = nn.functional.soft_margin_loss(head(out[-1]).squeeze(-1), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 20 == 19:
        print(step + 1, f"{loss.item():.5f}")
print(model.layers[0].steps, model.layers[1].steps.item())
print(states[1][1].shape, states[1][0].requires_grad)
