"""Hooks on the tensors that ops keep for backward."""

from .. import _callbacks, _ops
from .._tensor import Tensor, wrap
from .graph import answer

_disabled = []


class _Pack:
    """Called with each tensor that is saved; gives the number under which it comes back."""

    def __init__(self, pack, unpack):
        self.pack = pack
        self.unpack = unpack

    def __call__(self, handle):
        return _callbacks.add(_Unpack(self.unpack, self.pack(wrap(handle))))


class _Unpack:
    def __init__(self, unpack, packed):
        self.unpack = unpack
        self.packed = packed

    def __call__(self):
        tensor = self.unpack(self.packed)
        if not isinstance(tensor, Tensor):
            raise TypeError(
                "Output of saved tensor unpack_hook expected to be a Tensor but got result of type "
                f"{type(tensor).__name__}"
            )
        answer([tensor])


class saved_tensors_hooks:
    """Within this block each tensor that an op saves goes through pack_hook, and comes back
    through unpack_hook when backward needs it.
    """

    def __init__(self, pack_hook, unpack_hook):
        self.pack_hook = pack_hook
        self.unpack_hook = unpack_hook

    def __enter__(self):
        if _disabled:
            raise RuntimeError(_disabled[-1])
        _ops.saved_hook_push(_callbacks.add(_Pack(self.pack_hook, self.unpack_hook)))

    def __exit__(self, *_):
        _ops.saved_hook_pop()


class save_on_cpu(saved_tensors_hooks):
    """Keep saved tensors on the CPU: they are there anyway, so they are copied."""

    def __init__(self, pin_memory=False, device_type="cuda"):
        super().__init__(lambda tensor: tensor.detach().clone(), lambda copy: copy)


class disable_saved_tensors_hooks:
    """Within this block, saved-tensor hooks are refused with this message."""

    def __init__(self, error_message):
        self.message = error_message

    def __enter__(self):
        _disabled.append(self.message)

    def __exit__(self, *_):
        _disabled.pop()
