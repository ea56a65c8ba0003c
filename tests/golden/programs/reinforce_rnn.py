"""A policy with memory learns by REINFORCE: Categorical samples, log-probabilities, discounted returns."""

import torch
import torch.nn as nn
import torch.optim as optim
from torch.distributions import Categorical


class Policy(nn.Module):
    def __init__(self):
        super(Policy, self).__init__()
        self.cell = nn.GRUCell(3, 16)
        self.action_head = nn.Linear(16, 2)
        self.value_head = nn.Linear(16, 1)
        self.saved_log_probs = []
        self.rewards = []

    def forward(self, x, h):
        h = self.cell(x, h)
        return torch.softmax(self.action_head(h), dim=-1), self.value_head(h), h


torch.manual_seed(543)
policy = Policy()
optimizer = optim.Adam(policy.parameters(), lr=1e-2)
eps = torch.finfo(torch.float32).eps
running_reward = 0.0
for episode in range(1, 101):
    cue = torch.randint(0, 2, (1,)).item()
    h = torch.zeros(1, 16)
    entropies, values = [], []
    for t in range(5):
        observation = torch.tensor([[float(cue == 1 and t == 0), float(cue == 0 and t == 0), t / 5]])
        probs, value, h = policy(observation, h)
        m = Categorical(probs)
        action = m.sample()
        policy.saved_log_probs.append(m.log_prob(action))
        entropies.append(m.entropy())
        values.append(value.squeeze())
        policy.rewards.append(1.0 if action.item() == cue and t > 0 else 0.0)
    R, returns = 0, []
    for r in policy.rewards[::-1]:
        R = r + 0.95 * R
        returns.insert(0, R)
    returns = torch.tensor(returns)
    advantage = returns - torch.stack(values).detach()
    returns = (returns - returns.mean()) / (returns.std() + eps)
    policy_loss = [-log_prob * R for log_prob, R in zip(policy.saved_log_probs, advantage)]
    loss = torch.cat(policy_loss).sum() - 0.01 * torch.stack(entropies).sum()
    loss = loss + nn.functional.smooth_l1_loss(torch.stack(values), returns)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    running_reward = 0.05 * sum(policy.rewards) + (1 - 0.05) * running_reward
    if episode % 20 == 0:
        print("Episode {}\tLast reward: {:.2f}\tAverage reward: {:.2f}\tLoss: {:.4f}".format(
            episode, sum(policy.rewards), running_reward, loss.item()))
    del policy.rewards[:]
    del policy.saved_log_probs[:]
print(m, m.probs, m.logits.shape)
print(torch.distributions.kl_divergence(Categorical(probs), Categorical(torch.ones(1, 2))))
