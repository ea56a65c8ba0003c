"""Luong attention over a packed, bidirectional encoder, with masked loss and two learning rates."""

import itertools
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

PAD_token, SOS_token, EOS_token = 0, 1, 2
random.seed(11)
torch.manual_seed(11)


def zeroPadding(l, fillvalue=PAD_token):
    return list(itertools.zip_longest(*l, fillvalue=fillvalue))


def binaryMatrix(l, value=PAD_token):
    m = []
    for i, seq in enumerate(l):
        m.append([])
        for token in seq:
            m[i].append(0 if token == PAD_token else 1)
    return m


def inputVar(l):
    lengths = torch.tensor([len(indexes) for indexes in l])
    return torch.LongTensor(zeroPadding(l)), lengths


def outputVar(l):
    max_target_len = max(len(indexes) for indexes in l)
    padList = zeroPadding(l)
    mask = torch.BoolTensor(binaryMatrix(padList))
    return torch.LongTensor(padList), mask, max_target_len


class EncoderRNN(nn.Module):
    def __init__(self, hidden_size, embedding, n_layers=1, dropout=0):
        super(EncoderRNN, self).__init__()
        self.n_layers = n_layers
        self.hidden_size = hidden_size
        self.embedding = embedding
        self.gru = nn.GRU(
            hidden_size, hidden_size, n_layers, dropout=(0 if n_layers == 1 else dropout), bidirectional=True
        )

    def forward(self, input_seq, input_lengths, hidden=None):
        embedded = self.embedding(input_seq)
        packed = nn.utils.rnn.pack_padded_sequence(embedded, input_lengths)
        outputs, hidden = self.gru(packed, hidden)
        outputs, _ = nn.utils.rnn.pad_packed_sequence(outputs)
        outputs = outputs[:, :, : self.hidden_size] + outputs[:, :, self.hidden_size :]
        return outputs, hidden


class Attn(nn.Module):
    def __init__(self, method, hidden_size):
        super(Attn, self).__init__()
        self.method = method
        if self.method not in ["dot", "general", "concat"]:
            raise ValueError(self.method, "is not an appropriate attention method.")
        self.hidden_size = hidden_size
        if self.method == "general":
            self.attn = nn.Linear(self.hidden_size, hidden_size)
        elif self.method == "concat":
            self.attn = nn.Linear(self.hidden_size * 2, hidden_size)
            self.v = nn.Parameter(torch.FloatTensor(hidden_size).fill_(0.1))

    def forward(self, hidden, encoder_outputs):
        if self.method == "general":
            energy = self.attn(encoder_outputs)
            attn_energies = torch.sum(hidden * energy, dim=2)
        elif self.method == "concat":
            energy = self.attn(
                torch.cat((hidden.expand(encoder_outputs.size(0), -1, -1), encoder_outputs), 2)
            ).tanh()
            attn_energies = torch.sum(self.v * energy, dim=2)
        else:
            attn_energies = torch.sum(hidden * encoder_outputs, dim=2)
        attn_energies = attn_energies.t()
        return F.softmax(attn_energies, dim=1).unsqueeze(1)


class LuongAttnDecoderRNN(nn.Module):
    def __init__(self, attn_model, embedding, hidden_size, output_size, n_layers=1, dropout=0.1):
        super(LuongAttnDecoderRNN, self).__init__()
        self.n_layers = n_layers
        self.embedding = embedding
        self.embedding_dropout = nn.Dropout(dropout)
        self.gru = nn.GRU(hidden_size, hidden_size, n_layers, dropout=(0 if n_layers == 1 else dropout))
        self.concat = nn.Linear(hidden_size * 2, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)
        self.attn = Attn(attn_model, hidden_size)

    def forward(self, input_step, last_hidden, encoder_outputs):
        embedded = self.embedding_dropout(self.embedding(input_step))
        rnn_output, hidden = self.gru(embedded, last_hidden)
        attn_weights = self.attn(rnn_output, encoder_outputs)
        context = attn_weights.bmm(encoder_outputs.transpose(0, 1))
        rnn_output = rnn_output.squeeze(0)
        context = context.squeeze(1)
        concat_output = torch.tanh(self.concat(torch.cat((rnn_output, context), 1)))
        return F.softmax(self.out(concat_output), dim=1), hidden


def maskNLLLoss(inp, target, mask):
    nTotal = mask.sum()
    crossEntropy = -torch.log(torch.gather(inp, 1, target.view(-1, 1)).squeeze(1))
    loss = crossEntropy.masked_select(mask).mean()
    return loss, nTotal.item()


def batch2TrainData(pair_batch):
    pair_batch.sort(key=lambda x: len(x[0]), reverse=True)
    inp, lengths = inputVar([p[0] for p in pair_batch])
    output, mask, max_target_len = outputVar([p[1] for p in pair_batch])
    return inp, lengths, output, mask, max_target_len


pairs = []
for _ in range(40):
    words = [random.randint(3, 14) for _ in range(random.randint(2, 6))]
    pairs.append((words + [EOS_token], [w + 1 for w in words] + [EOS_token]))
for attn_model in ["dot", "general", "concat"]:
    torch.manual_seed(2)
    random.seed(2)
    embedding = nn.Embedding(17, 16)
    encoder = EncoderRNN(16, embedding, 2, 0.1)
    decoder = LuongAttnDecoderRNN(attn_model, embedding, 16, 17, 2, 0.1)
    encoder.train()
    decoder.train()
    encoder_optimizer = torch.optim.Adam(encoder.parameters(), lr=0.005)
    decoder_optimizer = torch.optim.Adam(decoder.parameters(), lr=0.005 * 5.0)
    for iteration in range(1, 31):
        inp, lengths, target, mask, max_len = batch2TrainData([random.choice(pairs) for _ in range(8)])
        encoder_optimizer.zero_grad()
        decoder_optimizer.zero_grad()
        loss, print_losses, n_totals = 0, [], 0
        encoder_outputs, encoder_hidden = encoder(inp, lengths)
        decoder_input = torch.LongTensor([[SOS_token for _ in range(8)]])
        decoder_hidden = encoder_hidden[: decoder.n_layers]
        use_teacher_forcing = True if random.random() < 0.7 else False
        for t in range(max_len):
            decoder_output, decoder_hidden = decoder(decoder_input, decoder_hidden, encoder_outputs)
            if use_teacher_forcing:
                decoder_input = target[t].view(1, -1)
            else:
                _, topi = decoder_output.topk(1)
                decoder_input = torch.LongTensor([[topi[i][0] for i in range(8)]])
            mask_loss, nTotal = maskNLLLoss(decoder_output, target[t], mask[t])
            loss += mask_loss
            print_losses.append(mask_loss.item() * nTotal)
            n_totals += nTotal
        loss.backward()
        _ = nn.utils.clip_grad_norm_(encoder.parameters(), 50.0)
        _ = nn.utils.clip_grad_norm_(decoder.parameters(), 50.0)
        encoder_optimizer.step()
        decoder_optimizer.step()
        if iteration % 10 == 0:
            average = sum(print_losses) / n_totals
            print(
                "{}: Iteration: {}; Percent complete: {:.1f}%; Average loss: {:.4f}".format(
                    attn_model, iteration, iteration / 30 * 100, average
                )
            )
try:
    Attn("other", 3)
except ValueError as error:
    print(error)
