"""Data loaders, samplers and splits give the batches of PyTorch in its order."""

import torch
from torch.utils.data import (
    BatchSampler,
    ConcatDataset,
    DataLoader,
    Dataset,
    IterableDataset,
    RandomSampler,
    SequentialSampler,
    Subset,
    SubsetRandomSampler,
    TensorDataset,
    WeightedRandomSampler,
    random_split,
)


class Squares(Dataset):
    def __len__(self):
        return 10

    def __getitem__(self, i):
        return i, float(i * i), str(i)


class Count(IterableDataset):
    def __iter__(self):
        return iter(range(5))


torch.manual_seed(0)
x, y = torch.arange(20.0).view(10, 2), torch.arange(10)
data = TensorDataset(x, y)
for batch in DataLoader(data, batch_size=4):
    print(batch)
loader = DataLoader(data, batch_size=3, shuffle=True)
print(len(loader), torch.initial_seed())
for epoch in range(2):
    print([label.tolist() for _, label in loader])
print(torch.rand(2))
print([y.tolist() for _, y in DataLoader(data, batch_size=3, shuffle=True, drop_last=True)])
generator = torch.Generator().manual_seed(7)
loader = DataLoader(data, batch_size=5, shuffle=True, generator=generator, num_workers=2)
print(
    [
        label.tolist()
        for _, label in DataLoader(data, 5, True, generator=torch.Generator().manual_seed(7))
    ]
)
for batch in DataLoader(Squares(), batch_size=4, shuffle=True):
    print(batch)
print(list(DataLoader(Count(), batch_size=2)))
print(next(iter(DataLoader(Squares(), batch_size=None))))
first, second = random_split(data, [7, 3])
print(first.indices, second.indices, len(first))
print([part.indices for part in random_split(range(10), [0.5, 0.25, 0.25])])
print([y.tolist() for _, y in DataLoader(Subset(data, [1, 3, 5]), batch_size=2)])
print([y.tolist() for _, y in DataLoader(ConcatDataset([data, data]), batch_size=8)])
print(list(RandomSampler(range(8))), list(RandomSampler(range(8), replacement=True, num_samples=5)))
print(list(SubsetRandomSampler([3, 4, 5])), list(SequentialSampler(range(3))))
print(list(WeightedRandomSampler([0.1, 0.9, 0.5], 6)))
print(list(BatchSampler(SequentialSampler(range(7)), 3, False)))
print(list(BatchSampler(SequentialSampler(range(7)), 3, True)))
loader = DataLoader(data, batch_size=2, collate_fn=lambda items: len(items))
print(list(loader))
loader = DataLoader(data, batch_sampler=[[0, 1], [5]])
print([y.tolist() for _, y in loader])
loader = DataLoader([{"a": 1, "b": torch.ones(2)}, {"a": 2, "b": torch.zeros(2)}], batch_size=2)
print(list(loader))
print(list(DataLoader([(1, [2, 3]), (4, [5, 6])], batch_size=2)))
print(torch.rand(3))
