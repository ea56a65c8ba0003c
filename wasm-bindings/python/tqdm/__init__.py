"""tqdm: progress bars, with the words and the text of tqdm 4.67.

A small one for Unroll: it writes to stderr with carriage returns, starts no thread, and knows the
classic bar of `tqdm.std`. The notebook's bar is the same text.
"""

from .std import TqdmDeprecationWarning, TqdmWarning, tqdm, trange

__version__ = "4.67.1"
__all__ = [
    "TqdmDeprecationWarning",
    "TqdmWarning",
    "__version__",
    "tnrange",
    "tqdm",
    "tqdm_notebook",
    "trange",
]

tqdm_notebook = tqdm
tnrange = trange
