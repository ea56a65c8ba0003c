"""The trained modules of the last program, for the reader to save."""

import io

import torch
from unroll import runner
from unroll.assist import WithBytes


def answer(question):
    """Answer a question about weights.

    Without a `name`: the modules that the last program left, as [{name, type, count}], largest
    first. With one: the module's state_dict, as the one part of bytes, in `format` 'pt' (what
    `torch.save` writes) or 'safetensors'.
    """
    found = _modules()
    name = question.get("name")
    if name is None:
        return [
            {"name": name, "type": type(module).__name__, "count": _count(module)}
            for name, module in sorted(found.items(), key=lambda item: -_count(item[1]))
        ]
    state = found[name].state_dict()
    if question.get("format") == "safetensors":
        from safetensors.torch import save

        return WithBytes(None, [save({key: tensor.contiguous() for key, tensor in state.items()})])
    buffer = io.BytesIO()
    torch.save(state, buffer)
    return WithBytes(None, [buffer.getvalue()])


def _modules():
    """Modules with parameters by the program's own names, each once."""
    found, seen = {}, set()
    for name, value in list(runner.namespace().items()):
        is_module = isinstance(value, torch.nn.Module) and not name.startswith("_")
        if is_module and id(value) not in seen and _count(value):
            seen.add(id(value))
            found[name] = value
    return found


def _count(module):
    return sum(parameter.numel() for parameter in module.parameters())
