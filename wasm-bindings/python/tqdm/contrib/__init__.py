"""enumerate, zip and map with a bar."""

from ..std import tqdm

__all__ = ["tenumerate", "tmap", "tzip"]


def tenumerate(iterable, start=0, total=None, tqdm_class=tqdm, **tqdm_kwargs):
    """enumerate(iterable, start) with a bar."""
    return enumerate(tqdm_class(iterable, total=total, **tqdm_kwargs), start)


def tzip(iter1, *iter2plus, **tqdm_kwargs):
    """zip with a bar over the first iterable."""
    tqdm_class = tqdm_kwargs.pop("tqdm_class", tqdm)
    yield from zip(tqdm_class(iter1, **tqdm_kwargs), *iter2plus)  # noqa: B905


def tmap(function, *sequences, **tqdm_kwargs):
    """map with a bar."""
    for items in tzip(*sequences, **tqdm_kwargs):
        yield function(*items)
