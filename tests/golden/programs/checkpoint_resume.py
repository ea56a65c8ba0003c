"""Training is saved to a file and resumed from it: model, optimizer, scheduler, epoch, random state."""

import os

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, vocab=10, hidden=12):
        super().__init__()
        self.emb = nn.Embedding(vocab, 6)
        self.lstm = nn.LSTM(6, hidden, batch_first=True)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(hidden, vocab)

    def forward(self, x, hidden=None):
        y, hidden = self.lstm(self.emb(x), hidden)
        return self.out(self.drop(y)), hidden


def train(model, optimizer, scheduler, epochs, first=0):
    for epoch in range(first, epochs):
        x = torch.randint(0, 10, (8, 9))
        logits, _ = model(x[:, :-1])
        loss = nn.functional.cross_entropy(logits.transpose(1, 2), x[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
    return loss.item()


def make():
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return model, optimizer, torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.98)


torch.manual_seed(0)
model, optimizer, scheduler = make()
train(model, optimizer, scheduler, 50)
torch.save(
    {
        "epoch": 50,
        "model_state_dict": model.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "rng": torch.get_rng_state(),
    },
    "checkpoint.pth",
)
straight = train(model, optimizer, scheduler, 100, 50)
print(f"{straight:.5f}", os.path.exists("checkpoint.pth"))

torch.manual_seed(123)
model, optimizer, scheduler = make()
checkpoint = torch.load("checkpoint.pth", map_location="cpu")
print(sorted(checkpoint), checkpoint["epoch"])
print(model.load_state_dict(checkpoint["model_state_dict"]))
optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
scheduler.load_state_dict(checkpoint["scheduler"])
torch.set_rng_state(checkpoint["rng"])
model.train()
resumed = train(model, optimizer, scheduler, 100, checkpoint["epoch"])
print(resumed == straight, scheduler.get_last_lr(), scheduler.last_epoch)

torch.save(model, "model.pt")
again = torch.load("model.pt", weights_only=False)
again.eval()
model.eval()
x = torch.arange(9).view(1, 9)
print(torch.equal(again(x)[0], model(x)[0]), type(again).__name__)
try:
    torch.load("model.pt")
except Exception as error:
    print(type(error).__name__, "Weights only load failed" in str(error))
missing = model.state_dict()
missing.pop("out.bias")
missing["extra"] = torch.zeros(1)
try:
    Net().load_state_dict(missing)
except RuntimeError as error:
    print(error)
print(Net().load_state_dict(missing, strict=False))
try:
    Net(hidden=5).load_state_dict(model.state_dict())
except RuntimeError as error:
    print(error)
os.remove("checkpoint.pth")
os.remove("model.pt")
