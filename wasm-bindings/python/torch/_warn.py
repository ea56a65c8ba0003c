"""Warnings that point at the caller's own line, however deep in the package they arise."""

import os
import warnings

_HERE = os.path.dirname(__file__)


def warn(message, category=UserWarning):
    """Warn as PyTorch does; the line shown is the first one outside this package."""
    warnings.warn(message, category, skip_file_prefixes=(_HERE,))
