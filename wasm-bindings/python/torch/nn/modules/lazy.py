"""Layers that learn their input's size at the first call."""

from ..._warn import warn
from ..parameter import is_lazy

__all__ = ["LazyModuleMixin"]


class LazyModuleMixin:
    """Put before a layer's class: its parameters get their sizes from the first input.

    A subclass defines `initialize_parameters(*input)`, and `cls_to_become`: the class that it
    turns into afterwards.
    """

    cls_to_become = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._initialize_hook = self.register_forward_pre_hook(
            LazyModuleMixin._infer_parameters, with_kwargs=True
        )
        warn(
            "Lazy modules are a new feature under heavy development so changes to the API or "
            "functionality can happen at any moment."
        )

    def initialize_parameters(self, *args, **kwargs):
        """Give the parameters their sizes."""
        raise NotImplementedError(
            f"initialize_parameters is not implemented for {type(self).__name__}"
        )

    def has_uninitialized_params(self):
        """Whether a parameter or buffer still has no size."""
        tables = (self._parameters, self._buffers)
        return any(is_lazy(value) for table in tables for value in table.values())

    def _infer_parameters(self, args, kwargs=None):
        self.initialize_parameters(*args, **(kwargs or {}))
        if self.has_uninitialized_params():
            raise RuntimeError(f"module {self._get_name()} has not been fully initialized")
        self._initialize_hook.remove()
        delattr(self, "_initialize_hook")
        if self.cls_to_become is not None:
            self.__class__ = self.cls_to_become

    def _load_one(self, name, key, tensor, value, assign):
        if is_lazy(tensor) and not is_lazy(value):
            tensor.materialize(value.shape)
        return super()._load_one(name, key, tensor, value, assign)

    def _replicate_for_data_parallel(self):
        raise RuntimeError(
            "Modules with uninitialized parameters can't be used with `DataParallel`. Run a dummy "
            "forward pass to correctly initialize the modules"
        )
