"""An LSTM autoencoder finds an anomaly by its reconstruction error; the best weights are kept."""

import copy

import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, seq_len, n_features, embedding_dim=8):
        super(Encoder, self).__init__()
        self.seq_len, self.n_features = seq_len, n_features
        self.embedding_dim, self.hidden_dim = embedding_dim, 2 * embedding_dim
        self.rnn1 = nn.LSTM(input_size=n_features, hidden_size=self.hidden_dim, num_layers=1, batch_first=True)
        self.rnn2 = nn.LSTM(input_size=self.hidden_dim, hidden_size=embedding_dim, num_layers=1, batch_first=True)

    def forward(self, x):
        x = x.reshape((1, self.seq_len, self.n_features))
        x, (_, _) = self.rnn1(x)
        x, (hidden_n, _) = self.rnn2(x)
        return hidden_n.reshape((self.n_features, self.embedding_dim))


class Decoder(nn.Module):
    def __init__(self, seq_len, input_dim=8, n_features=1):
        super(Decoder, self).__init__()
        self.seq_len, self.input_dim = seq_len, input_dim
        self.hidden_dim, self.n_features = 2 * input_dim, n_features
        self.rnn1 = nn.LSTM(input_dim, input_dim, num_layers=1, batch_first=True)
        self.rnn2 = nn.LSTM(input_dim, self.hidden_dim, num_layers=1, batch_first=True)
        self.output_layer = nn.Linear(self.hidden_dim, n_features)

    def forward(self, x):
        x = x.repeat(self.seq_len, self.n_features)
        x = x.reshape((self.n_features, self.seq_len, self.input_dim))
        x, (hidden_n, cell_n) = self.rnn1(x)
        x, (hidden_n, cell_n) = self.rnn2(x)
        x = x.reshape((self.seq_len, self.hidden_dim))
        return self.output_layer(x)


class RecurrentAutoencoder(nn.Module):
    def __init__(self, seq_len, n_features, embedding_dim=8):
        super().__init__()
        self.encoder = Encoder(seq_len, n_features, embedding_dim)
        self.decoder = Decoder(seq_len, embedding_dim, n_features)

    def forward(self, x):
        return self.decoder(self.encoder(x))


torch.manual_seed(42)
t = torch.linspace(0, 6.28, 20)
train = [torch.sin(t + p).unsqueeze(1) for p in torch.rand(10)]
val = [torch.sin(t + p).unsqueeze(1) for p in torch.rand(4)]
anomaly = torch.sin(3 * t).unsqueeze(1)
model = RecurrentAutoencoder(20, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
criterion = nn.L1Loss(reduction="sum")
history = dict(train=[], val=[])
best_model_wts = copy.deepcopy(model.state_dict())
best_loss = 10000.0
for epoch in range(1, 13):
    model = model.train()
    train_losses = []
    for seq_true in train:
        optimizer.zero_grad()
        loss = criterion(model(seq_true), seq_true)
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
    model = model.eval()
    with torch.no_grad():
        val_losses = [criterion(model(seq), seq).item() for seq in val]
    history["train"].append(sum(train_losses) / len(train_losses))
    history["val"].append(sum(val_losses) / len(val_losses))
    if history["val"][-1] < best_loss:
        best_loss = history["val"][-1]
        best_model_wts = copy.deepcopy(model.state_dict())
    if epoch % 3 == 0:
        print(f"Epoch {epoch}: train loss {history['train'][-1]:.4f} val loss {history['val'][-1]:.4f}")
print(model.load_state_dict(best_model_wts))
with torch.no_grad():
    print("anomaly", criterion(model.eval()(anomaly), anomaly).item() > best_loss)
print(model)
