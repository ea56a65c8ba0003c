"""Sentiment of word sequences: a bidirectional LSTM over packed sequences, masks and BCE with logits."""

import random

import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from torch.utils.data import DataLoader, Dataset

random.seed(3)
torch.manual_seed(3)
good = "great lovely superb wonderful fine brilliant".split()
bad = "awful dull boring terrible poor weak".split()
neutral = "the film was a story about music and two people in town".split()
pairs = []
for _ in range(96):
    label = random.randint(0, 1)
    words = random.choices(neutral, k=random.randint(2, 9)) + random.choices(good if label else bad, k=2)
    random.shuffle(words)
    pairs.append((words, label))
vocab = {"<pad>": 0, "<unk>": 1}
for words, _ in pairs:
    for word in words:
        vocab.setdefault(word, len(vocab))


class Reviews(Dataset):
    def __init__(self, pairs):
        self.pairs = pairs

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        words, label = self.pairs[i]
        return torch.tensor([vocab.get(w, 1) for w in words]), label


def collate(batch):
    texts, labels = zip(*batch)
    lengths = torch.tensor([len(t) for t in texts])
    padded = pad_sequence(texts, batch_first=True, padding_value=0)
    return padded, lengths, torch.tensor(labels, dtype=torch.float)


loader = DataLoader(Reviews(pairs), batch_size=16, shuffle=True, collate_fn=collate, drop_last=False)


class Sentiment(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_dim, output_dim, n_layers, dropout, pad_idx):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=pad_idx)
        self.rnn = nn.LSTM(
            embedding_dim, hidden_dim, num_layers=n_layers, bidirectional=True, dropout=dropout, batch_first=True
        )
        self.fc = nn.Linear(hidden_dim * 2, output_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, text, text_lengths):
        embedded = self.dropout(self.embedding(text))
        packed = pack_padded_sequence(embedded, text_lengths.cpu(), batch_first=True, enforce_sorted=False)
        packed_output, (hidden, cell) = self.rnn(packed)
        output, output_lengths = pad_packed_sequence(packed_output, batch_first=True)
        assert torch.equal(output_lengths, text_lengths)
        hidden = self.dropout(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1))
        return self.fc(hidden).squeeze(1), output


model = Sentiment(len(vocab), 12, 16, 1, 2, 0.3, 0)
print(model)
print(f"The model has {sum(p.numel() for p in model.parameters() if p.requires_grad):,} trainable parameters")
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
criterion = nn.BCEWithLogitsLoss()


def binary_accuracy(preds, y):
    rounded_preds = torch.round(torch.sigmoid(preds))
    correct = (rounded_preds == y).float()
    return correct.sum() / len(correct)


for epoch in range(20):
    epoch_loss, epoch_acc = 0, 0
    model.train()
    for text, lengths, labels in loader:
        optimizer.zero_grad()
        predictions, _ = model(text, lengths)
        loss = criterion(predictions, labels)
        acc = binary_accuracy(predictions, labels)
        loss.backward()
        optimizer.step()
        epoch_loss += loss.item()
        epoch_acc += acc.item()
    if epoch % 4 == 3:
        print(f"Epoch: {epoch + 1:02} | Train Loss: {epoch_loss / len(loader):.3f}")
model.eval()
with torch.no_grad():
    text, lengths, labels = collate([Reviews(pairs)[i] for i in (0, 5, 9)])
    logits, output = model(text, lengths)
    print(text.shape, lengths, output.shape)
    print(torch.sigmoid(logits))
    print(output[lengths.argmin(), lengths.min() :].abs().sum())
print(model.embedding.weight[0], model.embedding.weight.grad[0].abs().sum())
