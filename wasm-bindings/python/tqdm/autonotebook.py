"""The bar that suits the place; here that is always the one of `tqdm.std`."""

from .std import tqdm, trange

__all__ = ["tqdm", "trange"]
