"""Hooks, gradient norms and vanishing gradients: what lessons on BPTT look into."""

import torch
import torch.nn as nn

torch.manual_seed(0)
activations, gradients = {}, {}


def forward_hook(name):
    def hook(module, inputs, output):
        out = output[0] if isinstance(output, tuple) else output
        activations[name] = out.detach().abs().mean().item()

    return hook


def backward_hook(name):
    def hook(module, grad_input, grad_output):
        gradients[name] = grad_output[0].norm().item()

    return hook


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(4, 8, batch_first=True)
        self.mid = nn.Linear(8, 8)
        self.act = nn.Tanh()
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        y, _ = self.rnn(x)
        return self.out(self.act(self.mid(y[:, -1])))


net = Net()
handles = [m.register_forward_hook(forward_hook(n)) for n, m in net.named_children()]
handles += [m.register_full_backward_hook(backward_hook(n)) for n, m in net.named_children() if n != "rnn"]
x = torch.randn(6, 10, 4)
loss = net(x).pow(2).mean()
loss.backward()
for name, value in activations.items():
    print(f"{name:4s} activation {value:.5f} gradient {gradients.get(name, float('nan')):.5f}")
for handle in handles:
    handle.remove()
for name, p in net.named_parameters():
    print(f"{name:16s} {p.grad.norm():.6f} {p.grad.abs().max():.6f}")

W = torch.randn(8, 8) * 0.3
W.requires_grad_()
h = torch.zeros(1, 8)
states = []
for t in range(12):
    h = torch.tanh(x[:1, t % 10] @ torch.ones(4, 8) * 0.1 + h @ W)
    h.retain_grad()
    states.append(h)
seen = []
states[3].register_hook(lambda g: seen.append(g.norm().item()))
states[-1].sum().backward()
print([round(s.grad.norm().item(), 6) for s in states], [round(v, 6) for v in seen])

clipped = nn.utils.clip_grad_norm_(net.parameters(), 0.1)
print(f"{clipped:.5f}", torch.stack([p.grad.norm() for p in net.parameters()]).norm())
for p in net.parameters():
    p.register_hook(lambda grad: torch.clamp(grad, -0.01, 0.01))
net.zero_grad()
net(x).pow(2).mean().backward()
print(max(p.grad.abs().max().item() for p in net.parameters()) <= 0.01)

w = torch.tensor([2.0, 3.0], requires_grad=True)
(g,) = torch.autograd.grad((w**3).sum(), w, create_graph=True)
(g2,) = torch.autograd.grad(g.sum(), w)
print(g, g2)
long = nn.RNN(2, 4)
for T in (5, 20, 80):
    sequence = torch.randn(T, 1, 2, requires_grad=True)
    out, _ = long(sequence)
    out[-1].sum().backward()
    print(T, f"{sequence.grad[0].norm():.3e}", f"{sequence.grad[-1].norm():.3e}")
