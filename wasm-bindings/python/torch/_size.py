"""torch.Size: the sizes of a tensor, a tuple with its own printed form."""

from math import prod


class Size(tuple):
    """Sizes of a tensor's dimensions."""

    __slots__ = ()
    __module__ = "torch"

    def __new__(cls, sizes=()):
        return tuple.__new__(cls, (size.__index__() for size in sizes))

    def __repr__(self):
        return f"torch.Size([{', '.join(map(str, self))}])"

    def numel(self):
        """How many elements a tensor of this size has."""
        return prod(self)

    def __getitem__(self, index):
        item = tuple.__getitem__(self, index)
        return Size(item) if isinstance(index, slice) else item

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))

    def __mul__(self, times):
        return Size(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __reduce__(self):
        return Size, (tuple(self),)


def parse(sizes):
    """The Size of what the engine answers: a tuple, or a text as "2,3" where it cannot make one."""
    if type(sizes) is str:
        sizes = map(int, sizes.split(",")) if sizes else ()
    return tuple.__new__(Size, sizes)
