"""What `tensor.grad_fn` shows of the graph: the name of the op that made the tensor."""

from functools import cache

from .. import _C


class Node:
    """A recorded op. Only its name can be asked."""

    def name(self):
        """The op's name, such as "AddBackward0"; without a number it has PyTorch's namespace."""
        name = type(self).__name__
        return name if name[-1].isdigit() else f"torch::autograd::{name}"

    def __repr__(self):
        return f"<{type(self).__name__} object at {id(self):#x}>"


@cache
def _kind(name):
    return type(name, (Node,), {"__module__": "torch.autograd.graph"})


def node_of(tensor):
    """The op that made the tensor, or None."""
    name = _C.grad_fn_name(tensor._h)
    return _kind(name)() if name else None
