"""A GRU decoder with beam search, log-probabilities, length penalty and a priority queue."""

import operator
from queue import PriorityQueue

import torch
import torch.nn as nn
import torch.nn.functional as F

SOS, EOS, VOCAB, HIDDEN = 0, 1, 9, 20
torch.manual_seed(99)


class BeamSearchNode(object):
    def __init__(self, hiddenstate, previousNode, wordId, logProb, length):
        self.h = hiddenstate
        self.prevNode = previousNode
        self.wordid = wordId
        self.logp = logProb
        self.leng = length

    def eval(self, alpha=1.0):
        return self.logp / float(self.leng - 1 + 1e-6)

    def __lt__(self, other):
        return self.leng < other.leng


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCAB, HIDDEN)
        self.gru = nn.GRU(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, VOCAB)

    def forward(self, token, hidden):
        output = F.relu(self.embedding(token).view(1, -1, HIDDEN))
        output, hidden = self.gru(output, hidden)
        return F.log_softmax(self.out(output[0]), dim=1), hidden


decoder = Decoder()
optimizer = torch.optim.Adam(decoder.parameters(), lr=0.01)
sentences = torch.tensor([[2, 3, 4, 5, EOS], [2, 3, 6, 7, EOS], [2, 8, 4, 4, EOS]])
start = torch.zeros(1, 3, HIDDEN)
for step in range(100):
    hidden, loss = start, 0
    token = torch.full((3,), SOS)
    for t in range(sentences.size(1)):
        logp, hidden = decoder(token, hidden)
        loss = loss + F.nll_loss(logp, sentences[:, t])
        token = sentences[:, t]
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 25 == 24:
        print(step + 1, f"{loss.item():.4f}")


@torch.no_grad()
def beam_decode(beam_width=3, topk=2):
    decoder_input = torch.LongTensor([[SOS]])
    node = BeamSearchNode(torch.zeros(1, 1, HIDDEN), None, decoder_input, 0, 1)
    nodes, endnodes, qsize = PriorityQueue(), [], 1
    nodes.put((-node.eval(), node))
    while qsize < 300 and not nodes.empty():
        score, n = nodes.get()
        if n.wordid.item() == EOS and n.prevNode is not None:
            endnodes.append((score, n))
            if len(endnodes) >= topk:
                break
            continue
        logp, hidden = decoder(n.wordid, n.h)
        log_prob, indexes = torch.topk(logp, beam_width)
        for k in range(beam_width):
            decoded_t = indexes[0][k].view(1, -1)
            child = BeamSearchNode(hidden, n, decoded_t, n.logp + log_prob[0][k].item(), n.leng + 1)
            nodes.put((-child.eval(), child))
            qsize += 1
    utterances = []
    for score, n in sorted(endnodes, key=operator.itemgetter(0)):
        utterance = [n.wordid.item()]
        while n.prevNode is not None:
            n = n.prevNode
            utterance.append(n.wordid.item())
        utterances.append((round(score, 3), utterance[::-1]))
    return utterances


print(beam_decode())


@torch.no_grad()
def batched_beam(width=3, steps=5):
    scores = torch.zeros(1)
    tokens = torch.zeros(1, 1, dtype=torch.long)
    hidden = torch.zeros(1, 1, HIDDEN)
    for _ in range(steps):
        logp, hidden = decoder(tokens[:, -1], hidden)
        total = (scores.unsqueeze(1) + logp).view(-1)
        scores, flat = total.topk(min(width, total.numel()))
        rows, words = torch.div(flat, VOCAB, rounding_mode="floor"), flat % VOCAB
        tokens = torch.cat([tokens.index_select(0, rows), words.unsqueeze(1)], dim=1)
        hidden = hidden.index_select(1, rows)
    return tokens, scores


tokens, scores = batched_beam()
print(tokens)
print(scores)
