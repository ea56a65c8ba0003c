"""The methods that Tensor gets beside those of the op table."""

METHODS = {}


def method(function):
    """Decorator: makes a function a method of Tensor."""
    METHODS[function.__name__] = function
    return function
