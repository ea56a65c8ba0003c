"""A recorded op is called what PyTorch calls it."""

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.rand(3, 4, requires_grad=True)
y = torch.rand(4, requires_grad=True)
b = torch.rand(2, 3, 4, requires_grad=True)
t = torch.tensor([0, 1, 2])
for code in """
x + 1|x - y|x * y|x / y|x ** 2|x ** y|2 ** x|-x|x.abs()|x.exp()|x.log()|x.sqrt()|x.tanh()|x.sigmoid()|x.relu()
x @ y|x @ x.t()|b @ x.t()|b @ b.transpose(1, 2)|y @ y|torch.mm(x, x.t())|torch.bmm(b, b.transpose(1, 2))
x.sum()|x.sum(0)|x.sum((0, 1))|x.mean()|x.mean(1)|x.prod()|x.std()|x.var(0)|x.norm()|x.norm(dim=1)|x.max()|x.max(1)[0]
x.min()|x.amax(0)|x.logsumexp(1)|x.cumsum(0)|x.softmax(1)|x.log_softmax(1)|x.sort()[0]|x.topk(2)[0]
x.view(12)|x.reshape(2, 6)|x.t()|x.T|x.transpose(0, 1)|x.permute(1, 0)|x[0]|x[:, 1:]|x[0, 1]|x[t]|x[x > 0.5]|x[..., None]
x.unsqueeze(0)|x[None]|x.squeeze()|x.flatten()|x.expand(2, 3, 4)|x.repeat(2, 1)|x.flip(0)|x.roll(1)|x.split(2)[0]|x.chunk(2)[1]
x.unbind(0)[0]|x.narrow(0, 0, 2)|x.select(0, 1)|x.clone()|x.contiguous()|x.t().contiguous()|x.double()|x.float()
torch.cat([x, x])|torch.stack([x, x])|torch.where(x > 0.5, x, y)|x.masked_fill(x > 0.5, 0)|x.clamp(0, 1)|x.clamp(min=0)
x.gather(1, t[:, None])|x.index_select(0, t)|x.masked_select(x > 0.5)|torch.maximum(x, y)|x.lerp(x * 2, 0.5)
torch.outer(y, y)|torch.dot(y, y)|torch.addmm(x, torch.rand(3, 4), torch.eye(4))|x.tril()|x.diagonal()|x.unfold(1, 2, 1)
F.relu(x)|F.leaky_relu(x)|F.elu(x)|F.gelu(x)|F.silu(x)|F.softplus(x)|F.logsigmoid(x)|F.hardtanh(x)|F.dropout(x)
F.mse_loss(x, x.detach())|F.l1_loss(x, x.detach())|F.smooth_l1_loss(x, x.detach())|F.huber_loss(x, x.detach())
F.cross_entropy(x, t)|F.nll_loss(x, t)|F.binary_cross_entropy(x, x.detach())|F.binary_cross_entropy_with_logits(x, x.detach())
F.kl_div(x, x.detach(), reduction="sum")|F.layer_norm(x, (4,))|F.linear(x, x)|F.linear(x, x, torch.rand(3))|F.linear(b, x)
F.linear(b, x, torch.rand(3))|F.linear(y, x)|F.embedding(t, x)|F.pad(x, (1, 1))|F.one_hot(t)
nn.LSTM(4, 2)(b)[1][0]|nn.GRU(4, 2)(b)[0]|nn.GRU(4, 2)(b)[1]|nn.RNN(4, 2)(b)[0]|nn.GRU(4, 2, batch_first=True)(b)[0]|nn.LSTM(4, 2, batch_first=True)(b)[0]
nn.LSTM(4, 2, 2, bidirectional=True)(b)[1][1]|nn.LSTMCell(4, 2)(x)[0]|nn.LSTMCell(4, 2)(x)[1]|nn.GRUCell(4, 2)(x)|nn.RNNCell(4, 2)(x)
nn.LSTM(4, 2)(x)[0]|nn.GRU(4, 2)(x)[1]
(x * 1).add_(1)|(x * 1).mul_(y)|(x * 1).zero_()|(x * 1).clamp_(0, 1)|(x * 1).copy_(y)|(x * 1).fill_(2)|(x * 1).exp_()|x.square()|x.round()
x.floor()|x.sign()|x.reciprocal()|x.rsqrt()|x.sin()|x.cos()|x.erf()|x.log1p()|x.expm1()|x.remainder(2)|x.detach()|x.data|x
""".replace("\n", "|").split("|"):
    if code:
        fn = eval(code).grad_fn
        print(f"{code:45} {fn.name() if fn is not None else None}")
