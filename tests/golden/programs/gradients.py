"""Gradients, in-place changes and grad modes are those of PyTorch."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.autograd import Variable

torch.manual_seed(0)
a = torch.randn(3, 4, requires_grad=True)
b = torch.randn(4, requires_grad=True)
loss = ((a * b).tanh().sum(1) ** 2).mean()
loss.backward()
print(loss)
print(a.grad)
print(b.grad)
loss2 = (a.exp() / (1 + b.abs())).sum()
loss2.backward()
print(a.grad)
try:
    loss2.backward()
except RuntimeError as error:
    print(str(error).split("\n")[0])
c = a.detach()
print(c.requires_grad, c.is_leaf, (a * 2).is_leaf, (a * 2).grad_fn.name())
with torch.no_grad():
    d = a * 2
    print(d.requires_grad, torch.is_grad_enabled())
    with torch.enable_grad():
        print((a * 2).requires_grad)


@torch.no_grad()
def frozen(x):
    return x * 3


print(frozen(a).requires_grad)
with torch.set_grad_enabled(False):
    print((a + 1).requires_grad)
with torch.inference_mode():
    print((a + 1).requires_grad)
print(torch.autograd.grad((a**2).sum(), a)[0])
x = torch.tensor(2.0, requires_grad=True)
y = x**3
(g,) = torch.autograd.grad(y, x, create_graph=True)
print(g, torch.autograd.grad(g, x))
v = Variable(torch.ones(2), requires_grad=True)
(v * 3).sum().backward()
print(v.grad, isinstance(v, Variable))
w = torch.ones(3, requires_grad=True)
z = w * 2
z.retain_grad()
z.sum().backward()
print(z.grad, w.grad)
z = w * 2
z.backward(torch.tensor([1.0, 0.5, 0.0]))
print(w.grad)
w.grad.zero_()
print(w.grad)
w.grad = None
print(w.grad)
m = torch.zeros(3)
m[1] = w[0] * 5
m[2:] += w[1]
m.sum().backward()
print(w.grad, m)
t = torch.ones(3, requires_grad=True)
s = t * 1
s.add_(1).mul_(2)
s.sum().backward()
print(t.grad)
u = torch.ones(2, requires_grad=True)
e = u.exp()
e.add_(1)
try:
    e.sum().backward()
except RuntimeError as error:
    print(str(error)[:100])
w.data -= 0.5 * torch.ones(3)
print(w)
with torch.no_grad():
    w -= 0.1
    w[0] = 9
print(w)
idx = torch.tensor([0, 2, 2])
p = torch.arange(4.0, requires_grad=True)
p[idx].sum().backward()
print(p.grad)
emb = nn.Embedding(4, 2, padding_idx=0)
emb(torch.tensor([0, 1, 1, 3])).sum().backward()
print(emb.weight.grad)
q = torch.randn(2, 3, requires_grad=True)
F.cross_entropy(q, torch.tensor([0, 2])).backward()
print(q.grad)
r = torch.randn(5, requires_grad=True)
torch.cat([r[:2], r[3:]]).max().backward()
print(r.grad)
torch.stack([r, r * 2]).sort(1).values[:, 0].sum().backward()
print(r.grad)
rnn = nn.LSTM(2, 3, 2, bidirectional=True, dropout=0.3)
out, (h, cc) = rnn(torch.randn(4, 2, 2))
(out.sum() + h.sum() * cc.sum()).backward()
print({n: round(p.grad.abs().sum().item(), 4) for n, p in rnn.named_parameters()})
rate = nn.Dropout(0.4)
print(rate(torch.ones(2, 6)))
print((lambda t: t.grad_fn)(torch.ones(1)))
print(torch.where(a > 0, a, torch.zeros_like(a)).sum())
a.grad = None
torch.where(a > 0, a, torch.zeros_like(a)).norm().backward()
print(a.grad)
