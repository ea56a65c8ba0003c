"""Runs a lesson's main.py in the current folder; run by make.mjs.

Plots and curves print nothing, so silent stand-ins take the places of matplotlib and TensorBoard,
which that Python may lack.
"""

import sys
from unittest.mock import MagicMock

import reference  # noqa: F401

pyplot = MagicMock()
pyplot.subplots.return_value = (MagicMock(), (MagicMock(), MagicMock()))
sys.modules["matplotlib"] = MagicMock(pyplot=pyplot)
sys.modules["matplotlib.pyplot"] = pyplot
sys.modules["torch.utils.tensorboard"] = MagicMock()
with open("main.py") as program:
    exec(compile(program.read(), "main.py", "exec"), {"__name__": "__main__"})
