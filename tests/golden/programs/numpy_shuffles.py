"""Preparation in NumPy: shuffled indices, splits, normalising, counting, masks, statistics."""

import numpy as np

np.random.seed(42)
features = np.random.randn(50, 4) * [1, 10, 100, 0.1] + [0, 5, -50, 1]
labels = np.random.choice(["cat", "dog", "fox"], size=50, p=[0.5, 0.3, 0.2])
print(features[:2], labels[:5], labels.dtype)
names, counts = np.unique(labels, return_counts=True)
print(dict(zip(names.tolist(), counts.tolist())), names[np.argmax(counts)])
index = {name: i for i, name in enumerate(names)}
targets = np.array([index[name] for name in labels])
order = np.random.permutation(len(features))
cut = int(0.8 * len(features))
train, test = order[:cut], order[cut:]
print(train[:8], test[:8], len(set(train) & set(test)))
mean, std = features[train].mean(axis=0), features[train].std(axis=0)
scaled = (features - mean) / std
print(mean.round(3), std.round(3), np.abs(scaled[train].mean(0)).max() < 1e-12)
print(np.percentile(features[:, 0], [5, 50, 95]).round(4), np.median(features, axis=0).round(3))
low, high = features.min(0), features.max(0)
unit = (features - low) / (high - low)
print(unit.min(), unit.max(), unit[0].round(4))
onehot = np.eye(3, dtype=int)[targets]
print(onehot[:3], onehot.sum(axis=0))
weights = 1.0 / np.bincount(targets)
print((weights / weights.sum()).round(4))
confusion = np.zeros((3, 3), dtype=np.int64)
guess = np.where(np.random.rand(50) < 0.7, targets, np.random.randint(0, 3, 50))
np.add.at(confusion, (targets, guess), 1)
print(confusion, (np.diag(confusion) / confusion.sum(1)).round(3), np.mean(guess == targets))
np.random.shuffle(order)
for batch in np.array_split(order, 7)[:2]:
    print(batch, features[batch].shape)
mask = (features[:, 1] > 5) & (labels == "cat")
print(mask.sum(), features[mask, 1].round(2), np.flatnonzero(mask)[:4])
lengths = np.random.randint(3, 9, 6)
padded = np.zeros((6, lengths.max()), dtype=int)
for i, n in enumerate(lengths):
    padded[i, :n] = np.random.randint(1, 30, n)
print(padded, padded.shape, (padded != 0).sum(1), np.argsort(-lengths, kind="stable"))
series = np.cumsum(np.random.normal(size=30))
smooth = np.convolve(series, np.ones(5) / 5, mode="valid")
print(smooth[:4].round(4), np.diff(series)[:3].round(4), np.corrcoef(series[:-1], series[1:])[0, 1].round(4))
hist, edges = np.histogram(features[:, 0], bins=5)
print(hist, edges.round(3))
rng = np.random.default_rng(7)
print(rng.integers(0, 100, 6), rng.permutation(6), rng.choice(6, 3, replace=False), rng.normal(size=3).round(6))
slope, base = np.polyfit(np.arange(10), 3 * np.arange(10) + 1, 1)
print(round(slope, 6), round(base, 6), np.interp(2.5, [1, 2, 3], [10, 20, 40]))
print("%s %s" % (np.float64(2) / 3, np.float32(2) / 3), np.array([[1.5, np.nan], [np.inf, -2]]))
