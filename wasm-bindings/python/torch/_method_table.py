"""The methods that Tensor gets beside those of the op table."""

METHODS = {}


def method(function):
    """Decorator: makes a function a method of Tensor."""
    METHODS[function.__name__] = function
    return function


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
