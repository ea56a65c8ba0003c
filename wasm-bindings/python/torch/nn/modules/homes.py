"""Where PyTorch keeps the layers that lie elsewhere here: files of whole modules name them so."""

import sys

from .._common import defined_in
from .._places import LAYERS

#: Where PyTorch has the classes of a file: of those that load with torch, and of the others.
_MOVED = {"parameters": "container", "rnn_cells": "rnn"}
_LATER = {"attention": "activation", "more_loss": "loss"}


def settle(namespace):
    """Let the classes of torch.nn.modules be found under PyTorch's paths."""
    package = namespace["__name__"]
    for file, home in _MOVED.items():
        module = sys.modules[f"{package}.{home}"]
        for name in defined_in(vars(sys.modules[f"{package}.{file}"])):
            namespace[name].__module__ = module.__name__
            setattr(module, name, namespace[name])
    for file, home in _LATER.items():
        module = sys.modules[f"{package}.{home}"]
        module.__getattr__ = _from_package(module.__name__, package, LAYERS[f".{file}"].split())
    # A Transformer layer keeps its activation function.
    functional = sys.modules["torch.nn.functional"]
    for function in vars(functional).values():
        if str(getattr(function, "__module__", "")).startswith("torch.nn._"):
            function.__module__ = functional.__name__


def _from_package(module, package, names):
    def __getattr__(name):
        if name in names:
            return getattr(sys.modules[package], name)
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return __getattr__
