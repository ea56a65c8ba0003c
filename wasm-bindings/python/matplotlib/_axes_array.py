"""The grid of axes that subplots() returns: it is indexed as a NumPy array of axes is."""

import sys


class AxesArray:
    """One or two dimensions of axes: axes[0], axes[0, 1], axes[:, 1], axes.flat, axes.ravel()."""

    def __init__(self, rows, ndim=2):
        self._rows, self.ndim = rows, ndim

    @property
    def shape(self):
        if self.ndim == 1:
            return (len(self._rows),)
        return (len(self._rows), len(self._rows[0]) if self._rows else 0)

    @property
    def size(self):
        return len(self.flatten())

    @property
    def T(self):
        if self.ndim == 1:
            return self
        return AxesArray([list(column) for column in zip(*self._rows, strict=True)])

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        if self.ndim == 1:
            return iter(self._rows)
        return (AxesArray(row, 1) for row in self._rows)

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            found = self._rows[key]
            if isinstance(key, slice):
                return AxesArray(found, self.ndim)
            return found if self.ndim == 1 else AxesArray(found, 1)
        if len(key) == 1:
            return self[key[0]]
        if len(key) > self.ndim:
            raise IndexError(
                f"too many indices for array: array is {self.ndim}-dimensional, but {len(key)} "
                "were indexed"
            )
        first, second = key
        if isinstance(first, slice):
            rows = [row[second] for row in self._rows[first]]
            return AxesArray(rows, 2 if isinstance(second, slice) else 1)
        found = self._rows[first][second]
        return AxesArray(found, 1) if isinstance(second, slice) else found

    @property
    def flat(self):
        return iter(self.flatten())

    def ravel(self, order="C"):
        return AxesArray(self.flatten().tolist() if order == "C" else self.T.tolist_flat(), 1)

    def tolist_flat(self):
        return [axes for row in self._rows for axes in row]

    def flatten(self, order="C"):
        source = self if order == "C" else self.T
        return AxesArray(list(source._rows) if self.ndim == 1 else source.tolist_flat(), 1)

    def reshape(self, *shape):
        flat = self.flatten().tolist()
        shape = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        if len(shape) == 1:
            return AxesArray(flat, 1)
        rows, columns = shape
        columns = len(flat) // rows if columns == -1 else columns
        return AxesArray([flat[i : i + columns] for i in range(0, len(flat), columns)])

    def tolist(self):
        return list(self._rows) if self.ndim == 1 else [list(row) for row in self._rows]

    def __repr__(self):
        return f"array({self.tolist()!r}, dtype=object)"


def grid_of(rows, squeeze):
    """What subplots() returns for rows of axes."""
    if squeeze and len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    ndim = 1 if squeeze and 1 in (len(rows), len(rows[0])) else 2
    parts = [axes for row in rows for axes in row] if ndim == 1 else rows
    real = _real_numpy()
    if real is None:
        return AxesArray(parts, ndim)
    found = real.empty((len(parts),) if ndim == 1 else (len(rows), len(rows[0])), dtype=object)
    for i, part in enumerate(parts):
        found[i] = part
    return found


def _real_numpy():
    """NumPy itself, where the program uses it: it has arrays of objects."""
    numpy = sys.modules.get("numpy")
    return numpy if hasattr(numpy, "_core") else None
