"""Where PyTorch keeps the layers that lie elsewhere here: files of whole modules name them so."""

import sys

#: Classes that are loaded with torch, and those that come when they are first named.
_MOVED = {
    "container": "ParameterDict ParameterList",
    "rnn": "GRUCell LSTMCell RNNCell RNNCellBase",
}
_LATER = {
    "activation": "MultiheadAttention",
    "loss": "CTCLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss "
    "PoissonNLLLoss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss",
}


def settle(namespace):
    """Let the classes of torch.nn.modules be found under PyTorch's paths."""
    package = namespace["__name__"]
    for home, names in _MOVED.items():
        module = sys.modules[f"{package}.{home}"]
        for name in names.split():
            namespace[name].__module__ = module.__name__
            setattr(module, name, namespace[name])
    for home, names in _LATER.items():
        module = sys.modules[f"{package}.{home}"]
        module.__getattr__ = _from_package(module.__name__, package, names.split())
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
