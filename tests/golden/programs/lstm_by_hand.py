"""LSTM, GRU and RNN cells written from their equations, checked against nn.LSTM and trained."""

import math

import torch
import torch.nn as nn


class CustomLSTM(nn.Module):
    def __init__(self, input_sz, hidden_sz):
        super().__init__()
        self.input_sz = input_sz
        self.hidden_size = hidden_sz
        self.W = nn.Parameter(torch.Tensor(input_sz, hidden_sz * 4))
        self.U = nn.Parameter(torch.Tensor(hidden_sz, hidden_sz * 4))
        self.bias = nn.Parameter(torch.Tensor(hidden_sz * 4))
        self.init_weights()

    def init_weights(self):
        stdv = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            weight.data.uniform_(-stdv, stdv)

    def forward(self, x, init_states=None):
        """x: (batch, sequence, feature)."""
        bs, seq_sz, _ = x.size()
        hidden_seq = []
        if init_states is None:
            h_t, c_t = (
                torch.zeros(bs, self.hidden_size).to(x.device),
                torch.zeros(bs, self.hidden_size).to(x.device),
            )
        else:
            h_t, c_t = init_states
        HS = self.hidden_size
        for t in range(seq_sz):
            x_t = x[:, t, :]
            gates = x_t @ self.W + h_t @ self.U + self.bias
            i_t, f_t, g_t, o_t = (
                torch.sigmoid(gates[:, :HS]),
                torch.sigmoid(gates[:, HS : HS * 2]),
                torch.tanh(gates[:, HS * 2 : HS * 3]),
                torch.sigmoid(gates[:, HS * 3 :]),
            )
            c_t = f_t * c_t + i_t * g_t
            h_t = o_t * torch.tanh(c_t)
            hidden_seq.append(h_t.unsqueeze(0))
        hidden_seq = torch.cat(hidden_seq, dim=0)
        hidden_seq = hidden_seq.transpose(0, 1).contiguous()
        return hidden_seq, (h_t, c_t)


class CustomGRU(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_r = nn.Linear(input_size, hidden_size)
        self.U_r = nn.Linear(hidden_size, hidden_size)
        self.W_z = nn.Linear(input_size, hidden_size)
        self.U_z = nn.Linear(hidden_size, hidden_size)
        self.W_n = nn.Linear(input_size, hidden_size)
        self.U_n = nn.Linear(hidden_size, hidden_size)
        self.hidden_size = hidden_size

    def forward(self, x, h=None):
        h = x.new_zeros(x.size(0), self.hidden_size) if h is None else h
        outputs = []
        for x_t in x.unbind(1):
            r = torch.sigmoid(self.W_r(x_t) + self.U_r(h))
            z = torch.sigmoid(self.W_z(x_t) + self.U_z(h))
            n = torch.tanh(self.W_n(x_t) + r * self.U_n(h))
            h = (1 - z) * n + z * h
            outputs.append(h)
        return torch.stack(outputs, dim=1), h


torch.manual_seed(0)
lstm, mine = nn.LSTM(5, 7, batch_first=True), CustomLSTM(5, 7)
mine.W.data.copy_(lstm.weight_ih_l0.t())
mine.U.data.copy_(lstm.weight_hh_l0.t())
mine.bias.data.copy_(lstm.bias_ih_l0 + lstm.bias_hh_l0)
x = torch.randn(3, 6, 5)
out, (h, c) = lstm(x)
out2, (h2, c2) = mine(x)
print(torch.allclose(out, out2, atol=1e-6), torch.allclose(c[0], c2, atol=1e-6))

gru, own = nn.GRU(5, 7, batch_first=True), CustomGRU(5, 7)
with torch.no_grad():
    for k, gate in enumerate("rzn"):
        getattr(own, f"W_{gate}").weight.copy_(gru.weight_ih_l0[7 * k : 7 * (k + 1)])
        getattr(own, f"U_{gate}").weight.copy_(gru.weight_hh_l0[7 * k : 7 * (k + 1)])
        getattr(own, f"W_{gate}").bias.copy_(gru.bias_ih_l0.chunk(3)[k])
        getattr(own, f"U_{gate}").bias.copy_(gru.bias_hh_l0.chunk(3)[k])
out, h = gru(x)
out2, h2 = own(x)
print(torch.allclose(out, out2, atol=1e-6), (out - out2).abs().max() < 1e-6)
out.sum().backward()
out2.sum().backward()
print(torch.allclose(gru.weight_hh_l0.grad[:7], own.U_r.weight.grad, atol=1e-5))


class Net(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.lstm = layer
        self.fc1 = nn.Linear(8, 2)

    def forward(self, x):
        x_, _ = self.lstm(x)
        return self.fc1(x_[:, -1, :])


for layer in (CustomLSTM, CustomGRU):
    torch.manual_seed(9)
    net = Net(layer(4, 8))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    inputs = torch.randn(24, 5, 4)
    labels = (inputs[:, 0, 0] > 0).long()
    for step in range(100):
        loss = nn.functional.cross_entropy(net(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 24:
            print(layer.__name__, step + 1, loss)
    print(net)
