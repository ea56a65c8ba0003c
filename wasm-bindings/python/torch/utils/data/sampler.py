"""Samplers: in what order a DataLoader takes the items. Random ones draw what PyTorch draws."""

from itertools import batched

from ... import _creation, _dtypes, _random_creation
from ...random import Generator, draw_seed


class Sampler:
    """Base class: a subclass defines `__iter__`, which gives numbers of items."""

    def __init__(self, data_source=None):
        pass

    def __class_getitem__(cls, _):
        return cls

    def __iter__(self):
        raise NotImplementedError


class SequentialSampler(Sampler):
    """All items in their order."""

    def __init__(self, data_source):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    def __len__(self):
        return len(self.data_source)


def _check(num_samples, replacement, kind):
    if not isinstance(replacement, bool):
        raise kind(f"replacement should be a boolean value, but got replacement={replacement}")
    if not isinstance(num_samples, int) or isinstance(num_samples, bool) or num_samples <= 0:
        raise ValueError(
            f"num_samples should be a positive integer value, but got num_samples={num_samples}"
        )


class RandomSampler(Sampler):
    """All items in random order, or any number of them drawn with replacement."""

    def __init__(self, data_source, replacement=False, num_samples=None, generator=None):
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        _check(self.num_samples, replacement, TypeError)

    @property
    def num_samples(self):
        """How many items are drawn."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self):
        size, count = len(self.data_source), self.num_samples
        generator = self.generator
        if generator is None:
            generator = Generator().manual_seed(draw_seed())
        if self.replacement:
            for block in [32] * (count // 32) + [count % 32]:
                yield from _random_creation.randint(0, size, (block,), generator=generator).tolist()
        else:
            for _ in range(count // size):
                yield from _random_creation.randperm(size, generator=generator).tolist()
            yield from _random_creation.randperm(size, generator=generator).tolist()[: count % size]

    def __len__(self):
        return self.num_samples


class SubsetRandomSampler(Sampler):
    """The given items in random order."""

    def __init__(self, indices, generator=None):
        self.indices = indices
        self.generator = generator

    def __iter__(self):
        for i in _random_creation.randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[i]

    def __len__(self):
        return len(self.indices)


class WeightedRandomSampler(Sampler):
    """Items drawn by their weights."""

    def __init__(self, weights, num_samples, replacement=True, generator=None):
        _check(num_samples, replacement, ValueError)
        weights = _creation.as_tensor(weights, dtype=_dtypes.float64)
        if weights.dim() != 1:
            raise ValueError(
                "weights should be a 1d sequence but given weights have shape "
                f"{tuple(weights.shape)}"
            )
        self.weights = weights
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self):
        drawn = _random_creation.multinomial(
            self.weights, self.num_samples, self.replacement, generator=self.generator
        )
        return iter(drawn.tolist())

    def __len__(self):
        return self.num_samples


class BatchSampler(Sampler):
    """The numbers that another sampler gives, in lists of batch_size."""

    def __init__(self, sampler, batch_size, drop_last):
        if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size <= 0:
            raise ValueError(
                f"batch_size should be a positive integer value, but got batch_size={batch_size}"
            )
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self):
        for batch in batched(self.sampler, self.batch_size, strict=False):
            if len(batch) == self.batch_size or not self.drop_last:
                yield list(batch)

    def __len__(self):
        full, rest = divmod(len(self.sampler), self.batch_size)
        return full + (1 if rest and not self.drop_last else 0)
