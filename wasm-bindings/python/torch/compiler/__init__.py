"""torch.compiler: programs run as they are."""

from .._missing import by_name


def compile(model=None, **_):
    """The model itself."""
    return (lambda function: function) if model is None else model


def disable(fn=None, recursive=True):
    """Decorator: the function itself."""
    return fn if fn is not None else lambda function: function


def is_compiling():
    """False."""
    return False


def is_dynamo_compiling():
    """False."""
    return False


def reset():
    """Nothing."""


def list_backends(exclude_tags=()):
    """[]."""
    return []


__getattr__ = by_name(
    __name__,
    "allow_in_graph assume_constant_result cudagraph_mark_step_begin set_stance wrap_numpy",
)
