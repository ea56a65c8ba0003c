"""torch.autograd.graph: the recorded ops, as `tensor.grad_fn` shows them, and hooks on them."""

import weakref
from collections import OrderedDict, namedtuple
from functools import cache

from .. import _C, _callbacks, _ops
from .._hooks import add_hook
from .._method_table import METHODS
from .._tensor import wrap

call, result = _C.share(globals())
_index = _ops.INDEX

#: Nodes that Python holds, by their address in the engine.
_held = weakref.WeakValueDictionary()


class Node:
    """A recorded op."""

    __slots__ = ("_n", "__dict__", "__weakref__")

    def name(self):
        """The op's name, such as "AddBackward0"; without a number it has PyTorch's namespace."""
        name = type(self).__name__
        return name if name[-1].isdigit() else f"torch::autograd::{name}"

    @property
    def next_functions(self):
        """(node, number of its result) of what each input of the op was computed by."""
        first = call(_index["node_edges"], self._n)
        values = [first, *[result(i) for i in range(1, result(-1))]] if result(-1) else []
        return tuple(
            [
                (node_at(values[i], values[i + 1]), int(values[i + 2]))
                for i in range(0, len(values), 3)
            ]
        )

    @property
    def metadata(self):
        """A dict for notes on this op."""
        return self.__dict__.setdefault("_metadata", {})

    def _sequence_nr(self):
        number = _ops.node_sequence(self._n)
        return int(number) if number >= 0 else 2**64 - 1

    def register_hook(self, fn):
        """Call fn(grad_inputs, grad_outputs) after each backward of this op; what it returns
        replaces grad_inputs.
        """
        return self._register(fn, "_post_hooks", False, _NodeHooks)

    def register_prehook(self, fn):
        """Call fn(grad_outputs) before each backward of this op; what it returns replaces them."""
        return self._register(fn, "_pre_hooks", True, _NodePreHooks)

    def _register(self, fn, table, before, kind):
        hooks = OrderedDict()
        self.__dict__.setdefault(table, []).append(hooks)
        inputs = len(self.next_functions)
        _ops.node_hook(self._n, before, _callbacks.add(kind(hooks, inputs)))
        return add_hook(hooks, fn)

    def __repr__(self):
        kind = type(self)
        module = "" if kind.__module__ == __name__ else f"{kind.__module__}."
        return f"<{module}{kind.__name__} object at {id(self):#x}>"

    def __del__(self):
        try:
            call(_index["node_free"], self._n)
        except AttributeError:
            return  # a context of a Function, or the interpreter is ending


def answer(tensors):
    """Give the engine what the function that it called returns."""
    handles = [0 if tensor is None else tensor._h for tensor in tensors]
    if call(_index["callback_results"], len(handles), *handles) is None:
        _C.fail()


def _as_tuple(value):
    return value if isinstance(value, tuple) else (value,)


class _NodePreHooks:
    def __init__(self, hooks, inputs):
        self.hooks = hooks

    def __call__(self, *handles):
        grads = tuple([wrap(handle) for handle in handles])
        for hook in list(self.hooks.values()):
            changed = hook(grads)
            if changed is not None:
                grads = _as_tuple(changed)
        answer(grads)


class _NodeHooks:
    def __init__(self, hooks, inputs):
        self.hooks = hooks
        self.inputs = inputs

    def __call__(self, *handles):
        grads = [wrap(handle) for handle in handles]
        computed, given = tuple(grads[: self.inputs]), tuple(grads[self.inputs :])
        for hook in list(self.hooks.values()):
            changed = hook(computed, given)
            if changed is not None:
                computed = _as_tuple(changed)
        answer(computed)


class AccumulateGrad(Node):
    """The end of the graph at a leaf, where its gradient is added up."""

    __slots__ = ()

    @property
    def variable(self):
        """The leaf."""
        return _ops.node_variable(self._n)


@cache
def _kind(name):
    if name == "AccumulateGrad":
        return AccumulateGrad
    return type(name, (Node,), {"__slots__": (), "__module__": __name__})


def node_at(handle, address):
    """The node of a handle, which it takes over; None for the handle of nothing."""
    if not handle:
        return None
    found = _held.get(address)
    if found is not None:
        call(_index["node_free"], handle)
        return found
    number = _ops.node_callback(handle)
    if number:
        context = _callbacks.get(number).context
        node = object.__new__(type(context))
        node.__dict__ = context.__dict__
    else:
        node = object.__new__(_kind(_ops.node_name(handle)))
    node._n = handle
    _held[address] = node
    return node


def node_of(tensor):
    """The recorded op that made this tensor, or None."""
    handle = call(_index["node_of"], tensor._h)
    return node_at(handle, result(1)) if handle else None


METHODS["grad_fn"] = property(node_of)


class GradientEdge(namedtuple("GradientEdge", ["node", "output_nr"])):
    """A place in the graph: a node, and the number of one of its results."""

    __slots__ = ()


def get_gradient_edge(tensor):
    """Where the gradient of a tensor goes."""
    if not tensor.requires_grad:
        raise RuntimeError(
            "It is not possible to get the gradient edge for a Tensor that does not "
            "require gradients"
        )
    handle = call(_index["gradient_edge_of"], tensor._h)
    address, output = result(1), int(result(2))
    return GradientEdge(node_at(handle, address), output)


from .saved_hooks import (  # noqa: E402
    disable_saved_tensors_hooks,
    save_on_cpu,
    saved_tensors_hooks,
)
from .tensor_hooks import register_multi_grad_hook  # noqa: E402

Node.__module__ = AccumulateGrad.__module__ = GradientEdge.__module__ = "torch.autograd.graph"
__all__ = [
    "GradientEdge",
    "Node",
    "disable_saved_tensors_hooks",
    "get_gradient_edge",
    "register_multi_grad_hook",
    "save_on_cpu",
    "saved_tensors_hooks",
]
