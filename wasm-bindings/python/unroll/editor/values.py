"""What an expression may stand for, as far as a program's text tells."""

import ast
from typing import NamedTuple


class Known(NamedTuple):
    """An object that is there: a module, class or function of a package, or one of the last run."""

    object: object


class Instance(NamedTuple):
    """Some object of a class that is there."""

    type: type


class Own(NamedTuple):
    """A function or class of the learner's, by its definition."""

    node: ast.AST
    scope: object
    #: The analysis of the module that it is in.
    home: object


class OwnInstance(NamedTuple):
    """Some object of a learner's class."""

    type: Own


class OwnModule(NamedTuple):
    """A module of the learner's, beside main.py."""

    home: object


class Parts(NamedTuple):
    """A tuple whose parts are known one by one; a part may be None."""

    values: tuple


class Many(NamedTuple):
    """A list, or something else to iterate over, whose items are alike."""

    item: object
    type: type = list


class Method(NamedTuple):
    """A function with the object that it is called on."""

    function: object
    owner: object


class Super(NamedTuple):
    """`super()` in a method of a learner's class."""

    type: Own
