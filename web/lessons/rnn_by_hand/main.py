import torch
import torch.nn as nn

# A recurrent layer is a loop: the hidden state h is carried from
# step to step.
#   h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh)

torch.manual_seed(0)
rnn = nn.RNN(input_size=3, hidden_size=4, batch_first=True)
# One sequence of five steps, three numbers each.
x = torch.randn(1, 5, 3)

h = torch.zeros(1, 4)
by_hand = []
with torch.no_grad():
    for t in range(5):
        h = torch.tanh(x[:, t] @ rnn.weight_ih_l0.T + rnn.bias_ih_l0
                       + h @ rnn.weight_hh_l0.T + rnn.bias_hh_l0)
        by_hand.append(h)
        print(f"step {t + 1}  h =", [round(value, 3) for value in h[0].tolist()])

output, last = rnn(x)
print()
print("nn.RNN gives", output.shape, "and the last state", last.shape)
print("the same as by hand:", torch.allclose(output, torch.stack(by_hand, dim=1), atol=1e-6))

# The other cells carry more: count what they have to learn.
print()
for cell in (nn.RNN, nn.GRU, nn.LSTM):
    layer = cell(3, 4)
    count = sum(p.numel() for p in layer.parameters())
    print(f"{cell.__name__:4}  {count:3d} weights, rows for {layer.weight_hh_l0.shape[0] // 4} x 4 units")
