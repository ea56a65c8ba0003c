"""What torch and Tensor get beside the op table: each function says at its definition where it is
shown.
"""

FUNCTIONS = {}
METHODS = {}
#: Methods that have a form `name_` as well, which writes over its tensor.
INPLACE = []


def function(target, name=None):
    """Decorator: makes a function torch.name."""
    FUNCTIONS[name or target.__name__] = target
    return target


def method(target, name=None):
    """Decorator: makes a function Tensor.name."""
    METHODS[name or target.__name__] = target
    return target


def both(target, name=None):
    """Decorator: makes a function torch.name and Tensor.name."""
    name = name or target.__name__
    FUNCTIONS[name] = METHODS[name] = target
    return target


def with_inplace(target):
    """Decorator: lets a method have the form `name_`."""
    INPLACE.append(target.__name__)
    return target


def own_method(name):
    """Decorator: makes a function the method `name` of Tensor, where PyTorch writes it in Python
    too. In errors, help and pickles it is `Tensor.name` of `torch._tensor`.
    """

    def install(function):
        function.__module__, function.__name__ = "torch._tensor", name
        function.__qualname__ = f"Tensor.{name}"
        # As in the body of a class.
        METHODS[name] = staticmethod(function) if name == "__new__" else function
        return function

    return install
