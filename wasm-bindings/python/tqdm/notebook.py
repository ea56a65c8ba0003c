"""The notebook's bar; here the same text as everywhere."""

from .std import tqdm, trange

tqdm_notebook = tqdm
tnrange = trange
__all__ = ["tnrange", "tqdm", "tqdm_notebook", "trange"]
