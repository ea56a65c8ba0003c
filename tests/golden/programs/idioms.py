"""What tutorials write runs and prints what PyTorch prints."""

import math
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch import Tensor
from torch.autograd import Variable
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(42)
random.seed(42)
torch.backends.cudnn.deterministic = True
print(device, torch.__version__[:3], time.time() > 0)

letters = "abcdefghijklmnopqrstuvwxyz"
names = {"x": ["anna", "emma", "ella"], "y": ["bob", "otto", "rolf"], "z": ["yuki", "aiko", "mei"]}


def line_to_tensor(line):
    tensor = torch.zeros(len(line), 1, len(letters))
    for li, letter in enumerate(line):
        tensor[li][0][letters.find(letter)] = 1
    return tensor


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(RNN, self).__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.i2o = nn.Linear(input_size + hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input: Tensor, hidden: Tensor):
        combined = torch.cat((input, hidden), 1)
        hidden = self.i2h(combined)
        output = self.i2o(combined)
        output = self.softmax(output)
        return output, hidden

    def initHidden(self):
        return torch.zeros(1, self.hidden_size)


rnn = RNN(len(letters), 16, len(names)).to(device)
criterion = nn.NLLLoss()
learning_rate = 0.01


def train(category_tensor, line_tensor):
    hidden = rnn.initHidden()
    rnn.zero_grad()
    for i in range(line_tensor.size()[0]):
        output, hidden = rnn(line_tensor[i], hidden)
    loss = criterion(output, category_tensor)
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-learning_rate)
    return output, loss.item()


total = 0
for it in range(1, 61):
    category = list(names)[it % 3]
    line = names[category][it % 2]
    output, loss = train(torch.tensor([list(names).index(category)], dtype=torch.long), line_to_tensor(line))
    total += loss
    if it % 20 == 0:
        top_n, top_i = output.topk(1)
        print("%d %.4f %s %d" % (it, total / 20, line, top_i[0].item()))
        total = 0


class LSTMTagger(nn.Module):
    def __init__(self, vocab, tags):
        super().__init__()
        self.hidden_dim = 6
        self.embed = nn.Embedding(vocab, 5)
        self.lstm = nn.LSTM(5, self.hidden_dim)
        self.out = nn.Linear(self.hidden_dim, tags)
        self.hidden = self.init_hidden()

    def init_hidden(self):
        return (
            Variable(torch.zeros(1, 1, self.hidden_dim)),
            Variable(torch.zeros(1, 1, self.hidden_dim)),
        )

    def forward(self, sentence):
        x = self.embed(sentence)
        y, self.hidden = self.lstm(x.view(len(sentence), 1, -1), self.hidden)
        return F.log_softmax(self.out(y.view(len(sentence), -1)), dim=1)


tagger = LSTMTagger(10, 3)
optimizer = optim.SGD(tagger.parameters(), lr=0.1)
for epoch in range(30):
    tagger.zero_grad()
    tagger.hidden = tagger.init_hidden()
    scores = tagger(torch.tensor([1, 2, 3, 4]))
    loss = F.nll_loss(scores, torch.tensor([0, 1, 2, 1]))
    loss.backward()
    optimizer.step()
print(loss, scores.max(1)[1], scores.data.max(dim=1, keepdim=True)[1].squeeze())

seq = torch.sin(torch.linspace(0, 20, 200)).view(-1, 1)
windows = torch.stack([seq[i : i + 10] for i in range(len(seq) - 10)])
targets = seq[10:]
model = nn.GRU(1, 8, batch_first=True)
head = nn.Linear(8, 1)
opt = optim.Adam(list(model.parameters()) + list(head.parameters()), lr=0.02)
scheduler = optim.lr_scheduler.StepLR(opt, step_size=5, gamma=0.5)
for epoch in range(10):
    model.train()
    out, h = model(windows)
    loss = ((head(out[:, -1, :]) - targets) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.5)
    opt.step()
    scheduler.step()
print(f"{loss:.5f} {scheduler.get_last_lr()} {float(loss) < 1} {math.sqrt(loss):.4f}")

sentences = [torch.randint(1, 20, (n,)) for n in (3, 5, 2)]
lengths = torch.tensor([len(s) for s in sentences])
padded = pad_sequence(sentences, batch_first=True)
mask = padded != 0
print(padded.shape, mask.sum(1), mask.sum().item())
embedding = nn.Embedding(20, 4, padding_idx=0)
bi = nn.LSTM(4, 5, bidirectional=True, batch_first=True)
packed = pack_padded_sequence(embedding(padded), lengths, batch_first=True, enforce_sorted=False)
out, (h, c) = bi(packed)
out, out_lengths = pad_packed_sequence(out, batch_first=True)
print(out.shape, out_lengths, torch.cat((h[-2], h[-1]), dim=1).shape)
attention = torch.softmax(torch.bmm(out, h[-1].repeat(1, 2).unsqueeze(2)).squeeze(2).masked_fill(~mask, -1e9), 1)
print(attention.sum(1), (attention.unsqueeze(1) @ out).squeeze(1).shape)

hidden = None
data = torch.randn(4, 3, 2)
cell = nn.GRU(2, 3)
for t in range(2):
    out, hidden = cell(data, hidden)
    hidden = hidden.detach()
print(hidden.requires_grad, out.requires_grad)
probabilities = torch.softmax(torch.tensor([1.0, 2.0, 3.0]) / 0.8, dim=-1)
print(torch.multinomial(probabilities, 1)[0], torch.argmax(probabilities).item())
dist = torch.tensor([1.0, 2.0, 3.0]).data.view(-1).div(0.8).exp()
print(torch.multinomial(dist, 1)[0])
correct = (torch.tensor([1, 2, 3]) == torch.tensor([1, 0, 3])).sum().item()
print(correct / 3, (torch.tensor([0.2, 0.7]) > 0.5).float().mean())
one_hot = torch.zeros(2, 4).scatter_(1, torch.tensor([[1], [3]]), 1)
print(one_hot)
weights = sum(p.numel() for p in bi.parameters() if p.requires_grad)
print(f"{weights:,}")
x = torch.tensor([[1.0, 2.0]])
x += 1
x[0, 0] *= 3
x[:, 1] = torch.tensor([7.0])
print(x, x.size(), list(x.size()), x.size(-1))
print(torch.tensor([3.0]) if x is not None else None, x.to(device).device, x.cpu().detach().tolist())
for name, p in nn.Linear(1, 2).named_parameters():
    print(name, tuple(p.shape), p.requires_grad)
print(*[f"{v:.3f}" for v in torch.linspace(0, 1, 4)])
print(torch.zeros(3).random_(5, 6), torch.empty(2, 2).fill_(3).t_().shape)
print(torch.LongTensor([1]).item() + 1, torch.FloatTensor(2, 3).size(), torch.Tensor(2, 2).zero_())
