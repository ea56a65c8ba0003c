"""A module called with other parameters and buffers than its own."""

import contextlib

from ..._warn import warn

__all__ = ["functional_call"]


@contextlib.contextmanager
def replaced(module, tensors, strict=False):
    """Within this context the module has these tensors, by their full names."""
    own = {**dict(module.named_parameters(remove_duplicate=False))}
    own.update(module.named_buffers(remove_duplicate=False))
    unexpected = [name for name in tensors if name not in own]
    missing = [name for name in own if name not in tensors]
    if strict and (unexpected or missing):
        texts = []
        if unexpected:
            texts.append("Unexpected key(s): " + ", ".join(map(repr, unexpected)) + ".")
        if missing:
            texts.append("Missing key(s): " + ", ".join(map(repr, missing)) + ".")
        raise RuntimeError(
            f"Error(s) in swapping tensors for {type(module).__name__}:\n\t" + "\n\t".join(texts)
        )
    before = []
    shared = {}
    for name, tensor in own.items():
        if name in tensors:
            shared[id(tensor)] = tensors[name]
    try:
        for name, tensor in own.items():
            value = tensors.get(name, shared.get(id(tensor)))
            if value is None:
                continue
            path, _, last = name.rpartition(".")
            owner = module.get_submodule(path)
            table = owner._parameters if last in owner._parameters else owner._buffers
            before.append((table, last, table[last]))
            table[last] = value
        yield
    finally:
        for table, last, value in reversed(before):
            table[last] = value


def call_with(
    module, parameters_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False
):
    """What the module returns with these parameters and buffers in the place of its own."""
    given = parameters_and_buffer_dicts
    tensors = {}
    for part in [given] if isinstance(given, dict) else given:
        tensors.update(part)
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    with replaced(module, tensors, strict):
        return module(*args, **(kwargs or {}))


def functional_call(
    module, parameters_and_buffers, args=None, kwargs=None, *, tie_weights=True, strict=False
):
    """The old name of torch.func.functional_call."""
    warn(
        "This API is deprecated as of PyTorch 2.0 and will be removed in a future version of "
        "PyTorch. Please use torch.func.functional_call instead which is a drop-in replacement for "
        "this API.",
        FutureWarning,
    )
    return call_with(
        module, parameters_and_buffers, args, kwargs, tie_weights=tie_weights, strict=strict
    )
