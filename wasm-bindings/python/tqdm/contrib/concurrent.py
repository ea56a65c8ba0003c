"""Maps over pools of threads and processes; here they run one item after another."""

from ..std import tqdm

__all__ = ["process_map", "thread_map"]


def _map(fn, *iterables, max_workers=None, chunksize=1, tqdm_class=tqdm, **tqdm_kwargs):
    tqdm_kwargs.pop("lock_name", None)
    tqdm_kwargs.pop("timeout", None)
    if "total" not in tqdm_kwargs:
        sizes = [len(one) for one in iterables if hasattr(one, "__len__")]
        tqdm_kwargs["total"] = min(sizes, default=None)
    return list(tqdm_class(map(fn, *iterables), **tqdm_kwargs))


thread_map = process_map = _map
