import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

# names.txt has a language a line. Open it below the editor, or drop
# one of your own.
names, labels, languages = [], [], []
for line in open("names.txt", encoding="utf-8"):
    language, _, listed = line.partition(":")
    for name in listed.split():
        names.append(name.lower())
        labels.append(len(languages))
    languages.append(language)
letters = sorted(set("".join(names)))
print(f"{len(names)} names in {len(languages)} languages, {len(letters)} letters")


def encode(name):
    # 0 fills up short names.
    return torch.tensor([letters.index(letter) + 1 for letter in name])


class NameClassifier(nn.Module):
    def __init__(self, hidden=48):
        super().__init__()
        self.embedding = nn.Embedding(len(letters) + 1, 16, padding_idx=0)
        self.gru = nn.GRU(16, hidden, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden, len(languages))

    def forward(self, names):
        lengths = torch.tensor([len(name) for name in names])
        padded = pad_sequence([encode(name) for name in names], batch_first=True)
        packed = pack_padded_sequence(self.embedding(padded), lengths, batch_first=True, enforce_sorted=False)
        _, hidden = self.gru(packed)
        return self.fc(torch.cat((hidden[0], hidden[1]), dim=1))


torch.manual_seed(0)
order = torch.randperm(len(names)).tolist()
split = len(names) * 4 // 5
train, test = order[:split], order[split:]
target = torch.tensor(labels)
model = NameClassifier()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(1, 9):
    total = 0.0
    for start in range(0, len(train), 16):
        chosen = train[start : start + 16]
        loss = nn.functional.cross_entropy(model([names[i] for i in chosen]), target[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    with torch.no_grad():
        right = (model([names[i] for i in test]).argmax(dim=1) == target[test]).float().mean()
    print(f"epoch {epoch}  loss {total / len(train):.3f}  right on unseen names {right:.0%}")

print()
for name in ["giovannella", "hiroko", "paavali", "llywelyn"]:
    with torch.no_grad():
        share = torch.softmax(model([name])[0], dim=0)
    best = share.argmax()
    print(f"{name:12} {languages[best]:9} {share[best]:.0%}")
