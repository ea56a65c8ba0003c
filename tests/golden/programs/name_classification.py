"""Names are classified by a cell of two Linear layers, with the update written by hand."""

import math
import random
import string
import time
import unicodedata

import torch
import torch.nn as nn
from torch.autograd import Variable

all_letters = string.ascii_letters + " .,;'"
n_letters = len(all_letters)


def unicode_to_ascii(s):
    return "".join(
        c for c in unicodedata.normalize("NFD", s) if unicodedata.category(c) != "Mn" and c in all_letters
    )


print(unicode_to_ascii("Ślusàrski"))
category_lines = {
    "Italian": ["Abate", "Bianchi", "Conti", "De Luca", "Esposito", "Ferrari", "Gallo", "Moretti"],
    "Japanese": ["Abe", "Fujita", "Hayashi", "Ito", "Kobayashi", "Mori", "Sato", "Yamamoto"],
    "Polish": ["Kowalski", "Nowak", "Wiśniewski", "Wójcik", "Zieliński", "Mazur", "Krawczyk"],
}
category_lines = {k: [unicode_to_ascii(n) for n in v] for k, v in category_lines.items()}
all_categories = list(category_lines)
n_categories = len(all_categories)


def letter_to_index(letter):
    return all_letters.find(letter)


def line_to_tensor(line):
    tensor = torch.zeros(len(line), 1, n_letters)
    for li, letter in enumerate(line):
        tensor[li][0][letter_to_index(letter)] = 1
    return tensor


print(line_to_tensor("Jones").size())


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(RNN, self).__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        hidden = torch.tanh(self.i2h(combined))
        output = self.softmax(self.h2o(hidden))
        return output, hidden

    def initHidden(self):
        return Variable(torch.zeros(1, self.hidden_size))


random.seed(5)
torch.manual_seed(5)
rnn = RNN(n_letters, 32, n_categories)
print(rnn)


def category_from_output(output):
    top_n, top_i = output.data.topk(1)
    category_i = top_i[0][0]
    return all_categories[category_i], int(category_i)


def random_training_pair():
    category = random.choice(all_categories)
    line = random.choice(category_lines[category])
    category_tensor = Variable(torch.LongTensor([all_categories.index(category)]))
    return category, line, category_tensor, Variable(line_to_tensor(line))


criterion = nn.NLLLoss()
learning_rate = 0.02


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


def time_since(since):
    s = time.time() - since
    m = math.floor(s / 60)
    return "%dm %ds" % (m, 0)


start = time.time()
current_loss, all_losses = 0, []
for it in range(1, 301):
    category, line, category_tensor, line_tensor = random_training_pair()
    output, loss = train(category_tensor, line_tensor)
    current_loss += loss
    if it % 60 == 0:
        guess, guess_i = category_from_output(output)
        correct = "✓" if guess == category else "✗ (%s)" % category
        print("%d %d%% (%s) %.4f %s / %s %s" % (it, it / 3, time_since(start), loss, line, guess, correct))
        all_losses.append(current_loss / 60)
        current_loss = 0
print([round(v, 4) for v in all_losses])

confusion = torch.zeros(n_categories, n_categories)
with torch.no_grad():
    for category, lines in category_lines.items():
        for line in lines:
            hidden = rnn.initHidden()
            for letter in line_to_tensor(line):
                output, hidden = rnn(letter, hidden)
            guess, guess_i = category_from_output(output)
            confusion[all_categories.index(category)][guess_i] += 1
for i in range(n_categories):
    confusion[i] = confusion[i] / confusion[i].sum()
print(confusion)


def predict(input_line, n_predictions=3):
    print("\n> %s" % input_line)
    with torch.no_grad():
        hidden = rnn.initHidden()
        for letter in line_to_tensor(input_line):
            output, hidden = rnn(letter, hidden)
        topv, topi = output.topk(n_predictions, 1, True)
        for i in range(n_predictions):
            value = topv[0][i].item()
            print("(%.2f) %s" % (value, all_categories[topi[0][i].item()]))


predict("Satoshi")
predict("Rossi")
