"""Names are generated from a category, with one-hot inputs, dropout and stacked Linear layers."""

import random

import torch
import torch.nn as nn

all_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
n_letters = len(all_letters) + 1
category_lines = {
    "Flowers": ["Aster", "Dahlia", "Iris", "Lily", "Poppy", "Rose", "Tulip", "Violet"],
    "Trees": ["Alder", "Ash", "Beech", "Birch", "Elm", "Maple", "Oak", "Pine", "Willow"],
}
all_categories = sorted(category_lines)
n_categories = len(all_categories)


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(n_categories + input_size + hidden_size, hidden_size)
        self.i2o = nn.Linear(n_categories + input_size + hidden_size, output_size)
        self.o2o = nn.Linear(hidden_size + output_size, output_size)
        self.dropout = nn.Dropout(0.1)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, category, input, hidden):
        input_combined = torch.cat((category, input, hidden), 1)
        hidden = self.i2h(input_combined)
        output = self.i2o(input_combined)
        output_combined = torch.cat((hidden, output), 1)
        output = self.o2o(output_combined)
        output = self.dropout(output)
        output = self.softmax(output)
        return output, hidden

    def init_hidden(self):
        return torch.zeros(1, self.hidden_size)


def category_tensor(category):
    tensor = torch.zeros(1, n_categories)
    tensor[0][all_categories.index(category)] = 1
    return tensor


def input_tensor(line):
    tensor = torch.zeros(len(line), 1, n_letters)
    for li in range(len(line)):
        tensor[li][0][all_letters.find(line[li])] = 1
    return tensor


def target_tensor(line):
    letter_indexes = [all_letters.find(line[li]) for li in range(1, len(line))]
    letter_indexes.append(n_letters - 1)
    return torch.LongTensor(letter_indexes)


random.seed(0)
torch.manual_seed(0)
rnn = RNN(n_letters, 24, n_letters)
criterion = nn.NLLLoss()
learning_rate = 0.0005


def train(category, line, target):
    target.unsqueeze_(-1)
    hidden = rnn.init_hidden()
    rnn.zero_grad()
    loss = torch.Tensor([0])
    for i in range(line.size(0)):
        output, hidden = rnn(category, line[i], hidden)
        l = criterion(output, target[i])
        loss += l
    loss.backward()
    for p in rnn.parameters():
        p.data.add_(p.grad.data, alpha=-learning_rate)
    return output, loss.item() / line.size(0)


total = 0
for it in range(1, 201):
    category = random.choice(all_categories)
    line = random.choice(category_lines[category])
    output, loss = train(category_tensor(category), input_tensor(line), target_tensor(line))
    total += loss
    if it % 50 == 0:
        print(f"{it:4d} {total / 50:.4f} {loss:.4f} {tuple(output.shape)}")
        total = 0


def sample(category, start_letter="A", max_length=6):
    rnn.eval()
    with torch.no_grad():
        category = category_tensor(category)
        line = input_tensor(start_letter)
        hidden = rnn.init_hidden()
        output_name = start_letter
        for i in range(max_length):
            output, hidden = rnn(category, line[0], hidden)
            topv, topi = output.topk(1)
            topi = topi[0][0]
            if topi == n_letters - 1:
                break
            letter = all_letters[topi]
            output_name += letter
            line = input_tensor(letter)
        return output_name


for letter in "BR":
    print(sample("Trees", letter), sample("Flowers", letter))
