"""Polynomials, highest power first."""

import cmath

from ._convert import array, asarray
from ._create import vander, zeros
from ._reduce import sum as total
from ._shape import atleast_1d, concatenate
from ._statistics import convolve


def polyval(p, x):
    """The polynomial's value at x."""
    p, x = asarray(p), asarray(x)
    made = zeros(x.shape, x.dtype)
    for c in p.tolist():
        made = made * x + c
    return made


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """The polynomial of a degree that is nearest to the points, by least squares."""
    from .linalg import lstsq

    if full or cov:
        raise NotImplementedError("np.polyfit's full and cov are not part of the small NumPy")
    x, y = asarray(x) + 0.0, asarray(y) + 0.0
    if x.shape[0] != y.shape[0]:
        raise TypeError("expected x and y to have same length")
    left = vander(x, int(deg) + 1)
    if w is not None:
        left, y = left * asarray(w).reshape(-1, 1), y * asarray(w)
    scale = total(left * left, 0) ** 0.5
    return (lstsq(left / scale, y)[0].T / scale).T


def polyadd(a1, a2):
    """The sum of two polynomials."""
    a, b = atleast_1d(a1), atleast_1d(a2)
    gap = len(a) - len(b)
    if gap > 0:
        b = concatenate([zeros(gap, b.dtype), b])
    elif gap < 0:
        a = concatenate([zeros(-gap, a.dtype), a])
    return a + b


def polysub(a1, a2):
    """The difference of two polynomials."""
    return polyadd(a1, -asarray(a2))


def polymul(a1, a2):
    """The product of two polynomials."""
    return convolve(atleast_1d(a1), atleast_1d(a2))


def polyder(p, m=1):
    """The derivative."""
    p = asarray(p)
    for _ in range(m):
        n = len(p) - 1
        p = p[:-1] * array(list(range(n, 0, -1)), int)
    return p


def polyint(p, m=1, k=None):
    """The integral."""
    p = asarray(p) + 0.0
    for _ in range(m):
        n = len(p)
        p = concatenate([p / array(list(range(n, 0, -1)), int), array([float(k or 0)])])
    return p


def polydiv(u, v):
    """(quotient, remainder) of two polynomials."""
    u, v = list(map(float, atleast_1d(u))), list(map(float, atleast_1d(v)))
    quotient = []
    while len(u) >= len(v):
        factor = u[0] / v[0]
        quotient.append(factor)
        u = [c - factor * (v[i] if i < len(v) else 0.0) for i, c in enumerate(u)][1:]
    while len(u) > 1 and abs(u[0]) < 1e-14:
        u = u[1:]
    return array(quotient or [0.0]), array(u or [0.0])


def roots(p):
    """The roots of a polynomial; complex ones where there are any."""
    p = list(map(complex, atleast_1d(p).tolist()))
    while p and p[0] == 0:
        p.pop(0)
    zeros_behind = 0
    while p and p[-1] == 0:
        p.pop()
        zeros_behind += 1
    found = _all_roots(p) + [0j] * zeros_behind
    if all(abs(r.imag) <= 1e-12 * max(1.0, abs(r)) for r in found):
        return array([r.real for r in found], float)
    return array(found, complex)


def _all_roots(p):
    """All roots at once (Aberth), then sorted as the eigenvalues of the companion matrix mostly
    come: by size, the largest first, conjugates with the positive part first.
    """
    n = len(p) - 1
    if n < 1:
        return []
    if n == 1:
        return [-p[1] / p[0]]
    if n == 2:
        return _quadratic(*p)
    size = 1 + max(abs(c / p[0]) for c in p[1:])
    found = [size * 0.5 * cmath.exp(2j * cmath.pi * k / n + 0.4j) for k in range(n)]
    slope = [c * (n - i) for i, c in enumerate(p[:-1])]
    for _ in range(500):
        moved = 0.0
        for i, z in enumerate(found):
            value, rise = _horner(p, z), _horner(slope, z)
            if value == 0:
                continue
            ratio = value / rise if rise else 1e-3 + 0j
            pull = sum(1 / (z - other) for j, other in enumerate(found) if j != i and z != other)
            step = ratio / (1 - ratio * pull)
            found[i] = z - step
            moved = max(moved, abs(step) / max(1.0, abs(z)))
        if moved < 1e-15:
            break
    real = all(c.imag == 0 for c in p)
    found = [complex(r.real, 0) if real and abs(r.imag) < 1e-10 * abs(r) else r for r in found]
    return sorted(found, key=lambda r: (-round(abs(r), 9), -r.imag))


def _quadratic(a, b, c):
    root = cmath.sqrt(b * b - 4 * a * c)
    root = -root if root.imag < 0 else root
    if b.imag == 0 and root.imag == 0:
        q = -(b + (root if b.real >= 0 else -root)) / 2
        found = [q / a, c / q] if q else [0j, 0j]
        return sorted(found, key=lambda r: -abs(r))
    return [(-b + root) / (2 * a), (-b - root) / (2 * a)]


def _horner(p, z):
    value = 0j
    for c in p:
        value = value * z + c
    return value


def poly(seq_of_zeros):
    """The polynomial with these roots."""
    made = array([1.0])
    for root in atleast_1d(seq_of_zeros).tolist():
        made = convolve(made, array([1.0, -root]))
    return made


class poly1d:
    """A polynomial as an object: callable, with arithmetic."""

    def __init__(self, c_or_r, r=False, variable=None):
        made = poly(c_or_r) if r else atleast_1d(c_or_r)
        kept = made.tolist()
        while len(kept) > 1 and kept[0] == 0:
            kept.pop(0)
        self.coeffs = self.c = array(kept, made.dtype)

    order = o = property(lambda self: len(self.coeffs) - 1)
    roots = r = property(lambda self: roots(self.coeffs))

    def __call__(self, value):
        return polyval(self.coeffs, value)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __add__(self, other):
        return poly1d(polyadd(self.coeffs, getattr(other, "coeffs", other)))

    def __sub__(self, other):
        return poly1d(polysub(self.coeffs, getattr(other, "coeffs", other)))

    def __mul__(self, other):
        return poly1d(polymul(self.coeffs, getattr(other, "coeffs", other)))

    __radd__, __rmul__ = __add__, __mul__

    def __getitem__(self, power):
        n = self.order
        return self.coeffs[n - power] if 0 <= power <= n else 0

    def deriv(self, m=1):
        """The derivative."""
        return poly1d(polyder(self.coeffs, m))

    def integ(self, m=1, k=0):
        """The integral."""
        return poly1d(polyint(self.coeffs, m, k))


FUNCTIONS = (
    polyval, polyfit, polyadd, polysub, polymul, polyder, polyint, polydiv, roots, poly, poly1d,
)  # fmt: skip
