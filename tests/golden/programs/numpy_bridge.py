"""Arrays and tensors side by side: shared memory, dtypes, numbers, indices, batches, files."""

import os

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

a = np.arange(6, dtype=np.float32).reshape(2, 3)
t = torch.from_numpy(a)
t.mul_(2)
a += 1
print(a, t, t.dtype, np.shares_memory(a, t.numpy()))
b = t.t().numpy()
print(b.shape, b.strides, b.flags["C_CONTIGUOUS"])
b[0, 1] = 100
print(t)
v = torch.from_numpy(a[:, 1:])
v.zero_()
print(a)
print(torch.as_tensor(a).data_ptr() == t.data_ptr(), torch.tensor(a).data_ptr() == t.data_ptr())
for kind in (np.float64, np.float32, np.float16, np.int64, np.int32, np.int16, np.int8, np.uint8, bool):
    x = torch.from_numpy(np.array([0, 1, 2]).astype(kind))
    print(x, x.numpy().dtype)
print(torch.tensor(np.float64(1.5)), torch.tensor(np.int64(3)), torch.tensor([np.float32(1), np.float32(2)]))
print(torch.tensor(np.arange(3)), torch.Tensor(np.arange(3)), torch.LongTensor(np.array([1, 2])))
print(np.array(torch.ones(2)), np.asarray(torch.arange(3)), np.mean(torch.ones(3).numpy()))
print(torch.ones(3) * np.float64(2), np.float32(2) * torch.ones(2), torch.ones(2) + np.arange(2))
print(np.exp(torch.zeros(2)), np.stack([torch.zeros(2), torch.ones(2)]))
x = torch.arange(10.0)
print(x[np.array([1, 3])], x[np.arange(10) > 7], x[np.int64(4)], np.arange(10)[torch.tensor([2, 5])])
print(float(np.float32(0.5)), int(np.int64(4)), f"{np.float32(0.25):.3f}", [1, 2, 3][np.int64(1)])
print(sum([np.float32(1.5), np.float32(2.5)]), max(np.array([3, 9, 4])), sorted(np.array([3, 1, 2])))


class Pairs(Dataset):
    def __init__(self):
        self.x = np.arange(12, dtype=np.float32).reshape(6, 2)
        self.y = np.arange(6)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i], np.float32(i) / 2, float(i)


for batch in DataLoader(Pairs(), batch_size=4):
    print([(part.dtype, tuple(part.shape)) for part in batch])
loader = DataLoader(TensorDataset(torch.from_numpy(a), torch.tensor([0, 1])), batch_size=2)
print(next(iter(loader)))
np.save("part.npy", a)
np.savez("parts.npz", first=a, second=np.arange(3))
np.savetxt("part.txt", np.array([[1.5, 2], [3, 4]]), fmt="%.2f", delimiter=",")
parts = np.load("parts.npz")
print(np.load("part.npy"), sorted(parts.files), parts["second"], open("part.txt").read().split())
print(np.loadtxt("part.txt", delimiter=","), np.genfromtxt("part.txt", delimiter=",").sum())
for name in ("part.npy", "parts.npz", "part.txt"):
    os.remove(name)
grad = torch.ones(2, requires_grad=True)
for act in (lambda: grad.numpy(), lambda: torch.from_numpy([1]), lambda: torch.from_numpy(np.arange(3)[::-1]),
            lambda: torch.from_numpy(np.array(["a"])), lambda: np.arange(3) * torch.ones(3) + "a"):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__)
print(grad.detach().numpy(), (grad * 2).sum().detach().numpy(), torch.tensor(3.0).numpy())
