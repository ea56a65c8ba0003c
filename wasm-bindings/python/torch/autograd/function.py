"""torch.autograd.Function: an op whose forward and backward are written in Python."""

import functools
import inspect
import warnings
import weakref

from .. import _C, _callbacks, _ops
from .._tensor import Tensor, new, wrap
from .grad_mode import no_grad
from .graph import Node, answer, node_at

result = _C.share(globals())[1]
_DIRTY, _NOT_DIFFERENTIABLE = 1, 2


class FunctionCtx:
    """What forward notes for backward."""

    def save_for_backward(self, *tensors):
        """Keep tensors for backward, where `ctx.saved_tensors` gives them back."""
        self.to_save = tensors

    def save_for_forward(self, *tensors):
        """Keep tensors for jvp, which is never called: there is no forward mode."""
        self.saved_for_forward = tensors

    def mark_dirty(self, *args):
        """Say which inputs forward wrote in place."""
        self.dirty_tensors = args

    def mark_non_differentiable(self, *args):
        """Say which results have no gradient."""
        self.non_differentiable = args

    def set_materialize_grads(self, value):
        """Whether a gradient that did not come is zeros (the default) or None."""
        self.materialize_grads = value


class BackwardCFunction(Node, FunctionCtx):
    """The context of one call, which is also its node in the graph."""

    __slots__ = ()
    dirty_tensors = non_differentiable = to_save = ()
    materialize_grads = True
    needs_input_grad = ()

    def name(self):
        """The function's name with "Backward" behind it."""
        return type(self).__name__

    @property
    def saved_tensors(self):
        """What save_for_backward kept. Raises RuntimeError where one was changed in place since,
        and when the graph was freed.
        """
        number = self.__dict__.get("_number")
        if number is None:
            return tuple(self.to_save)
        found = _ops.custom_saved(number)
        # An input comes back as the object that it was.
        kept = [None if reference is None else reference() for reference in self._inputs_saved]
        return tuple(
            [old if old is not None else made for old, made in zip(kept, found, strict=True)]
        )

    saved_variables = saved_tensors

    @property
    def next_functions(self):
        """(node, number of its result) of what each input was computed by."""
        if hasattr(self, "_n"):
            return Node.next_functions.fget(self)
        return self._node().next_functions

    def _node(self):
        """The node with its handle: a context has none, so that it does not keep its own node."""
        handle = _ops.custom_node(self._number)
        return node_at(handle, result(1))

    def register_hook(self, fn):
        """Call fn(grad_inputs, grad_outputs) after each backward."""
        return Node.register_hook(self if hasattr(self, "_n") else self._node(), fn)

    def register_prehook(self, fn):
        """Call fn(grad_outputs) before each backward."""
        return Node.register_prehook(self if hasattr(self, "_n") else self._node(), fn)

    def apply(self, *grads):
        """Run the function's backward."""
        cls = self._forward_cls
        if cls.backward is not Function.backward and cls.vjp is not Function.vjp:
            raise RuntimeError(
                "Implementing both 'backward' and 'vjp' for a custom "
                "Function is not allowed. You should only implement one "
                "of them."
            )
        chosen = cls.vjp if cls.vjp is not Function.vjp else cls.backward
        return chosen(self, *grads)


BackwardCFunction.__module__ = "torch.autograd.function"


class _Backward:
    """Called by the engine with the gradients of the results; answers with those of the inputs."""

    def __init__(self, context, count, positions, results):
        self.context = context
        self.count = count
        self.positions = positions
        self.results = results

    def __call__(self, *handles):
        grads = iter([wrap(handle) for handle in handles])
        given = [next(grads) if is_tensor else None for is_tensor in self.results]
        found = self.context.apply(*given)
        if not isinstance(found, tuple):
            found = (found,)
        answer(self._checked(found))

    def _checked(self, found):
        name = self.context.name()
        extra = found[self.count :]
        if len(found) < self.count or any(grad is not None for grad in extra):
            raise RuntimeError(
                f"function {name} returned an incorrect number of gradients "
                f"(expected {self.count}, got {len(found)})"
            )
        for i, grad in enumerate(found):
            if grad is None:
                continue
            if i not in self.positions:
                raise RuntimeError(
                    f"function {name} returned a gradient different than None at position {i + 1}, "
                    "but the corresponding forward input was not a Variable"
                )
            if not isinstance(grad, Tensor):
                raise RuntimeError(f"expected Variable or None (got {type(grad).__name__})")
        return [found[i] for i in self.positions]


class FunctionMeta(type):
    """Gives each Function the class of its contexts."""

    def __init__(cls, name, bases, attributes):
        super().__init__(name, bases, attributes)
        cls._backward_cls = type(f"{name}Backward", (BackwardCFunction,), {"_forward_cls": cls})
        cls._backward_cls.__module__ = "torch.autograd.function"
        cls._name = None


class Function(FunctionCtx, metaclass=FunctionMeta):
    """Base of an op written in Python: static methods `forward(ctx, *args)` and
    `backward(ctx, *grads)`, called with `MyFunction.apply(*args)`.
    """

    generate_vmap_rule = False

    def __init__(self, *args, **kwargs):
        warnings.warn(
            f"{type(self)} should not be instantiated. Methods on autograd functions "
            "are all static, so you should invoke them on the class itself. "
            "Instantiating an autograd function will raise an "
            "error in a future version of PyTorch.",
            DeprecationWarning,
            stacklevel=2,
        )

    def __call__(self, *args, **kwargs):
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. "
            "Please use new-style autograd function with static forward method. "
            "(Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def forward(*args, **kwargs):
        """Compute the results from the arguments."""
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx, inputs, output):
        """Note for backward what it needs, where forward takes no ctx."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        """Compute the gradient of each argument (None for one that has none)."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for "
            "your custom autograd.Function to use it with backward "
            "mode AD."
        )

    vjp = backward

    @staticmethod
    def jvp(ctx, *grad_inputs):
        """Never called: there is no forward mode."""
        raise NotImplementedError(
            "You must implement the jvp function for custom "
            "autograd.Function to use it with forward mode AD."
        )

    @classmethod
    def apply(cls, *args, **kwargs):
        """Run forward and put its results into the graph."""
        separate = cls.setup_context is not Function.setup_context
        if separate:
            args = _with_defaults(cls.forward, args, kwargs)
        elif kwargs:
            raise TypeError("apply() takes no keyword arguments")
        context = new(cls._backward_cls)
        context.needs_input_grad = tuple(
            [isinstance(arg, Tensor) and arg.requires_grad for arg in args]
        )
        recording = any(context.needs_input_grad) and _ops.grad_enabled()
        with no_grad():
            if separate:
                output = cls.forward(*args)
                cls.setup_context(context, args, output)
            else:
                output = cls.forward(context, *args)
        outputs = output if isinstance(output, tuple) else (output,)
        _check_notes(context, outputs)
        if recording:
            outputs = _record(cls, context, args, outputs)
        elif any(_is_in(out, args) for out in outputs):
            outputs = _as_views(context, args, outputs)
        return outputs if isinstance(output, tuple) else outputs[0]


def _with_defaults(forward, args, kwargs):
    bound = inspect.signature(forward).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.args


def _is_in(value, values):
    return any(value is other for other in values)


def _check_notes(context, outputs):
    for i, tensor in enumerate(context.to_save or ()):
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(
                f"save_for_backward can only save variables, but argument {i} is of type "
                f"{type(tensor).__name__}"
            )
    for i, tensor in enumerate(context.dirty_tensors or ()):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                "mark_dirty can only accept variables, but argument "
                f"{i} is of type {type(tensor).__name__}"
            )
        if not _is_in(tensor, outputs):
            raise RuntimeError(
                "Some elements marked as dirty during the forward method were not returned as "
                "output. The inputs that are modified inplace must all be outputs of the Function."
            )


def _as_views(context, args, outputs):
    """An input that forward returns comes back as another tensor, unless it was written in
    place.
    """
    return tuple(
        [
            out.detach()
            if isinstance(out, Tensor)
            and _is_in(out, args)
            and not _is_in(out, context.dirty_tensors)
            else out
            for out in outputs
        ]
    )


def _record(cls, context, args, outputs):
    positions = [i for i, arg in enumerate(args) if isinstance(arg, Tensor)]
    inputs = [args[i] for i in positions]
    is_tensor = [isinstance(out, Tensor) for out in outputs]
    results = [out for out in outputs if isinstance(out, Tensor)]
    if not results:
        return outputs
    marks = [
        _DIRTY
        if _is_in(out, context.dirty_tensors)
        else _NOT_DIFFERENTIABLE
        if _is_in(out, context.non_differentiable)
        else 0
        for out in results
    ]
    if cls._name is None:
        cls._name = int(_ops.function_name(list(context.name().encode())))
    saved = list(context.to_save or ())
    context.to_save = None
    context._inputs_saved = [_reference(tensor, inputs, results) for tensor in saved]
    backward = _Backward(context, len(args), positions, is_tensor)
    context._number = number = _callbacks.add(backward)
    made = iter(
        _ops.custom(cls._name, inputs, results, marks, saved, number, context.materialize_grads)
    )
    final = []
    for out in outputs:
        if isinstance(out, Tensor):
            recorded = next(made)
            same = not _is_in(out, inputs) or _is_in(out, context.dirty_tensors)
            final.append(out if same else recorded)
        else:
            final.append(out)
    # They were notes for this moment only, and would keep the results.
    for name in ("dirty_tensors", "non_differentiable"):
        context.__dict__.pop(name, None)
    return tuple(final)


def _reference(tensor, inputs, results):
    is_input = tensor is not None and _is_in(tensor, inputs) and not _is_in(tensor, results)
    return weakref.ref(tensor) if is_input else None


def once_differentiable(fn):
    """Mark a backward whose own gradient must not be computed."""

    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with no_grad():
            outputs = fn(ctx, *args)
        if not _ops.grad_enabled():
            return outputs
        if not any(isinstance(arg, Tensor) and arg.requires_grad for arg in args):
            return outputs
        if not isinstance(outputs, tuple):
            return _Twice.apply(outputs)
        return tuple([_Twice.apply(out) if isinstance(out, Tensor) else out for out in outputs])

    return wrapper


class _Twice(Function):
    """Passes a tensor through; its backward is an error."""

    @staticmethod
    def forward(ctx, tensor):
        return tensor.detach()

    @staticmethod
    def backward(ctx, grad):
        raise RuntimeError(
            "trying to differentiate twice a function that was marked with @once_differentiable"
        )

    @classmethod
    def apply(cls, tensor):
        """The tensor as a result that requires grad."""
        return super().apply(tensor.detach().requires_grad_())


InplaceFunction = Function
NestedIOFunction = Function
for _kind in (FunctionCtx, FunctionMeta, Function):
    _kind.__module__ = "torch.autograd.function"
