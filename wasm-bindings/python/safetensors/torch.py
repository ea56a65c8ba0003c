"""safetensors.torch: state dicts to files and back."""

import os
from collections import defaultdict

import torch
from torch import _C, storage
from torch._tensor import wrap

from . import _DTYPES, SafetensorError, deserialize, safe_open, serialize

__all__ = ["load", "load_file", "load_model", "save", "save_file", "save_model"]


def _made(code, shape, content):
    if code not in _DTYPES:
        raise SafetensorError(f"dtype {code} is not part of Unroll; save the tensor as F32")
    dtype = getattr(torch, _DTYPES[code])
    return wrap(_C.from_bytes(dtype.code, content, *shape))


def _shared(tensors):
    """Sets of names whose tensors lie in the same memory."""
    groups = defaultdict(set)
    for name, tensor in tensors.items():
        if tensor.numel():
            groups[storage.key_of(storage.flat_storage(tensor))].add(name)
    return [names for names in groups.values() if len(names) > 1]


def _flattened(tensors):
    if not isinstance(tensors, dict):
        raise ValueError(f"Expected a dict of [str, torch.Tensor] but received {type(tensors)}")
    for name, tensor in tensors.items():
        if not isinstance(tensor, torch.Tensor):
            raise ValueError(
                f"Key `{name}` is invalid, expected torch.Tensor but received {type(tensor)}"
            )
    shared = _shared(tensors)
    if shared:
        raise RuntimeError(
            "\n            Some tensors share memory, this will lead to duplicate memory on disk "
            "and potential differences when loading them again: "
            f"{shared}.\n            A potential way to correctly save your model is to use "
            "`save_model`.\n            More information at "
            "https://huggingface.co/docs/safetensors/torch_shared_tensors\n            "
        )
    entries = {}
    for name, tensor in tensors.items():
        if not tensor.is_contiguous():
            raise ValueError(
                f"You are trying to save a non contiguous tensor: `{name}` which is not allowed. "
                "It either means you are trying to save tensors which are reference of each other "
                "in which case it's recommended to save only the full tensors, and reslice at "
                "load time, or simply call `.contiguous()` on your tensor to pack it before "
                "saving."
            )
        entries[name] = {
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "shape": tensor.shape,
            "data": _C.to_bytes(tensor._h),
        }
    return entries


def save(tensors, metadata=None):
    """The bytes of a file with these tensors by their names; metadata maps texts to texts."""
    return serialize(_flattened(tensors), metadata)


def save_file(tensors, filename, metadata=None):
    """Write tensors by their names to a file."""
    data = save(tensors, metadata)
    with open(os.fspath(filename), "wb") as file:
        file.write(data)


def load(data):
    """The tensors in the bytes of a file, by their names."""
    return {
        name: _made(entry["dtype"], entry["shape"], entry["data"])
        for name, entry in deserialize(data)
    }


def load_file(filename, device="cpu"):
    """The tensors of a file by their names."""
    with safe_open(os.fspath(filename), "pt", device) as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def save_model(model, filename, metadata=None, force_contiguous=True):
    """Write a model's state to a file; tensors under several names are kept under one."""
    state = dict(model.state_dict())
    metadata = dict(metadata or {})
    for names in _shared(state):
        whole = [
            name
            for name in names
            if state[name].numel() * state[name].element_size()
            == state[name].untyped_storage().nbytes()
        ]
        if not whole:
            raise RuntimeError(
                "Error while trying to find names to remove to save state dict, but found no "
                f"suitable name to keep for saving amongst: {names}. None is covering the entire "
                "storage.Refusing to save/load the model since you could be storing much more "
                "memory than needed. Please refer to "
                "https://huggingface.co/docs/safetensors/torch_shared_tensors for more "
                "information. Or open an issue."
            )
        kept = min(whole)
        for name in names - {kept}:
            metadata.setdefault(name, kept)
            del state[name]
    if force_contiguous:
        state = {name: tensor.contiguous() for name, tensor in state.items()}
    save_file(state, filename, metadata or None)


def load_model(model, filename, strict=True, device="cpu"):
    """Copy a file into a model; returns (missing names, unexpected names)."""
    found = load_file(filename, device)
    state = model.state_dict()
    missing, unexpected = model.load_state_dict(found, strict=False)
    missing = set(missing)
    for names in _shared(dict(state)):
        if names & found.keys():
            missing -= names
    if strict and (missing or unexpected):
        lines = [f"Error(s) in loading state_dict for {type(model).__name__}:"]
        if missing:
            listed = ", ".join(f'"{name}"' for name in sorted(missing))
            lines.append(f"    Missing key(s) in state_dict: {listed}")
        if unexpected:
            listed = ", ".join(f'"{name}"' for name in sorted(unexpected))
            lines.append(f"    Unexpected key(s) in state_dict: {listed}")
        raise RuntimeError("\n".join(lines))
    return missing, unexpected
