"""Monthly passengers are forecast from sliding windows, scaled to [-1, 1], with an LSTM and its last step."""

import torch
import torch.nn as nn
from torch.autograd import Variable

passengers = """112 118 132 129 121 135 148 148 136 119 104 118 115 126 141 135 125 149 170 170 158 133 114 140 145 150
178 163 172 178 199 199 184 162 146 166 171 180 193 181 183 218 230 242 209 191 172 194 196 196 236 235 229 243 264 272
237 211 180 201 204 188 235 227 234 264 302 293 259 229 203 229 242 233 267 269 270 315 364 347 312 274 237 278 284 277
317 313 318 374 413 405 355 306 271 306""".split()
data = torch.FloatTensor([float(p) for p in passengers]).view(-1, 1)
low, high = data.min(), data.max()
scaled = (data - low) / (high - low) * 2 - 1
print(data.size(), low, high, scaled[:3], scaled.mean())


def sliding_windows(data, seq_length):
    x, y = [], []
    for i in range(len(data) - seq_length - 1):
        x.append(data[i : (i + seq_length)])
        y.append(data[i + seq_length])
    return torch.stack(x), torch.stack(y)


seq_length = 4
x, y = sliding_windows(scaled, seq_length)
train_size = int(len(y) * 0.67)
trainX, trainY = Variable(x[:train_size]), Variable(y[:train_size])
testX, testY = Variable(x[train_size:]), Variable(y[train_size:])
print(trainX.shape, trainY.shape, testX.shape)


class LSTM(nn.Module):
    def __init__(self, num_classes, input_size, hidden_size, num_layers):
        super(LSTM, self).__init__()
        self.num_layers = num_layers
        self.hidden_size = hidden_size
        self.lstm = nn.LSTM(input_size=input_size, hidden_size=hidden_size, num_layers=num_layers, batch_first=True)
        self.fc = nn.Linear(hidden_size, num_classes)

    def forward(self, x):
        h_0 = Variable(torch.zeros(self.num_layers, x.size(0), self.hidden_size))
        c_0 = Variable(torch.zeros(self.num_layers, x.size(0), self.hidden_size))
        ula, (h_out, _) = self.lstm(x, (h_0, c_0))
        h_out = h_out.view(-1, self.hidden_size)
        return self.fc(h_out)


torch.manual_seed(4)
lstm = LSTM(1, 1, 6, 1)
criterion = torch.nn.MSELoss()
optimizer = torch.optim.Adam(lstm.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=5, factor=0.5, min_lr=1e-4)
for epoch in range(201):
    outputs = lstm(trainX)
    optimizer.zero_grad()
    loss = criterion(outputs, trainY)
    loss.backward()
    optimizer.step()
    scheduler.step(loss)
    if epoch % 25 == 0:
        print("Epoch: %d, loss: %1.5f, lr: %g" % (epoch, loss.item(), optimizer.param_groups[0]["lr"]))
lstm.eval()
with torch.no_grad():
    predicted = (lstm(testX) + 1) / 2 * (high - low) + low
    truth = (testY + 1) / 2 * (high - low) + low
    rmse = ((predicted - truth) ** 2).mean().sqrt()
    print(f"RMSE {rmse:.2f}, MAPE {((predicted - truth).abs() / truth).mean() * 100:.2f}%")
    window = scaled[-seq_length:].clone()
    for _ in range(6):
        step = lstm(window[-seq_length:].unsqueeze(0))
        window = torch.cat([window, step])
    print([f"{v:.1f}" for v in ((window[seq_length:] + 1) / 2 * (high - low) + low).flatten().tolist()])
