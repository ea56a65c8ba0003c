"""A character model with NumPy around it: one-hot rows of np.eye, batches, sampling by np.random.choice."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

np.random.seed(0)
torch.manual_seed(0)
text = "the quick brown fox jumps over the lazy dog and then the dog sleeps in the sun " * 6
chars = tuple(sorted(set(text)))
int2char = dict(enumerate(chars))
char2int = {ch: i for i, ch in int2char.items()}
encoded = np.array([char2int[ch] for ch in text])
print(encoded[:12], encoded.shape, encoded.dtype)


def one_hot_encode(arr, n_labels):
    one_hot = np.zeros((arr.size, n_labels), dtype=np.float32)
    one_hot[np.arange(one_hot.shape[0]), arr.flatten()] = 1.0
    return one_hot.reshape((*arr.shape, n_labels))


print(one_hot_encode(np.array([[3, 5, 1]]), 8))
print(np.eye(4, dtype=np.float32)[[2, 0]], np.array_equal(one_hot_encode(encoded, 40), np.eye(40)[encoded]))


def get_batches(arr, batch_size, seq_length):
    per_batch = batch_size * seq_length
    n_batches = len(arr) // per_batch
    arr = arr[: n_batches * per_batch].reshape((batch_size, -1))
    for n in range(0, arr.shape[1], seq_length):
        x = arr[:, n : n + seq_length]
        y = np.zeros_like(x)
        try:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, n + seq_length]
        except IndexError:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, 0]
        yield x, y


batches = list(get_batches(encoded, 4, 20))
print(len(batches), batches[0][0][:2, :6], batches[-1][1][:2, -3:])


class CharRNN(nn.Module):
    def __init__(self, tokens, hidden=32):
        super().__init__()
        self.lstm = nn.LSTM(len(tokens), hidden, batch_first=True)
        self.fc = nn.Linear(hidden, len(tokens))

    def forward(self, x, state):
        y, state = self.lstm(x, state)
        return self.fc(y.contiguous().view(-1, y.size(2))), state


net = CharRNN(chars)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
for epoch in range(6):
    state, losses = None, []
    for x, y in get_batches(encoded, 4, 20):
        inputs = torch.from_numpy(one_hot_encode(x, len(chars)))
        targets = torch.from_numpy(y)
        if state is not None:
            state = tuple(each.data for each in state)
        net.zero_grad()
        output, state = net(inputs, state)
        loss = criterion(output, targets.view(4 * 20).long())
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        losses.append(loss.item())
    print(f"Epoch: {epoch + 1}/6... Val Loss: {np.mean(losses):.4f}")


def predict(net, char, state=None, top_k=3):
    x = one_hot_encode(np.array([[char2int[char]]]), len(chars))
    out, state = net(torch.from_numpy(x), state)
    p = F.softmax(out, dim=1).data
    p, top_ch = p.topk(top_k)
    top_ch = top_ch.numpy().squeeze()
    p = p.numpy().squeeze()
    char = np.random.choice(top_ch, p=p / p.sum())
    return int2char[char], state


with torch.no_grad():
    sample, state = ["t"], None
    for _ in range(12):
        char, state = predict(net, sample[-1], state)
        sample.append(char)
print(len("".join(sample)), type(sample[-1]).__name__)
probabilities = torch.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0).numpy()
print([int(np.random.choice(len(probabilities), p=probabilities)) for _ in range(10)])
print(np.argmax(probabilities), np.random.multinomial(1, [0.1, 0.2, 0.7], 3).argmax(1))
