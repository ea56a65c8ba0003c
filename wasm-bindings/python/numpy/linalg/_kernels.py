"""The algorithms behind np.linalg, for matrices of a lesson's size."""

import cmath
import math

import torch


def identity(n):
    """Ones on the diagonal, as nested lists."""
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]


def _eliminated(matrix, columns):
    """(triangular matrix, columns, sign), by Gauss with row exchanges; in place."""
    n, sign = len(matrix), 1.0
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(matrix[i][k]))
        if matrix[pivot][k] == 0.0:
            return matrix, columns, 0.0
        if pivot != k:
            matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
            columns[k], columns[pivot] = columns[pivot], columns[k]
            sign = -sign
        top, right = matrix[k], columns[k]
        for i in range(k + 1, n):
            factor = matrix[i][k] / top[k]
            if factor:
                row = matrix[i]
                for j in range(k + 1, n):
                    row[j] -= factor * top[j]
                columns[i] = [a - factor * b for a, b in zip(columns[i], right, strict=True)]
    return matrix, columns, sign


def solve(matrix, columns):
    """x with matrix · x = columns, or None for a singular matrix."""
    n = len(matrix)
    matrix, columns, sign = _eliminated([row[:] for row in matrix], [row[:] for row in columns])
    if not sign:
        return None
    for k in range(n - 1, -1, -1):
        row = columns[k]
        for j in range(k + 1, n):
            factor = matrix[k][j]
            if factor:
                row = [a - factor * b for a, b in zip(row, columns[j], strict=True)]
        columns[k] = [a / matrix[k][k] for a in row]
    return columns


def determinant(matrix):
    """(determinant, its sign, the logarithm of its size)."""
    n = len(matrix)
    matrix, _, sign = _eliminated([row[:] for row in matrix], [[] for _ in range(n)])
    if not sign:
        return 0.0, 0.0, -math.inf
    value, log = sign, 0.0
    for k in range(n):
        value *= matrix[k][k]
        log += math.log(abs(matrix[k][k]))
        sign = -sign if matrix[k][k] < 0 else sign
    return value, sign, log


def cholesky(matrix):
    """The lower triangular root, or None where the matrix is not positive definite."""
    n = len(matrix)
    made = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(made[i][k] * made[j][k] for k in range(j))
            if i == j:
                if rest <= 0:
                    return None
                made[i][i] = math.sqrt(rest)
            else:
                made[i][j] = rest / made[j][j]
    return made


def qr(a, complete):
    """(Q, R) by Householder's reflections, with LAPACK's signs."""
    m, n = a.shape
    r, q = a.clone(), torch.eye(m, dtype=torch.float64)
    for k in range(min(m - 1, n)):
        x = r[k:, k].clone()
        alpha = x[0].item()
        size = math.sqrt((x * x).sum().item())
        if size == abs(alpha):
            continue
        beta = -math.copysign(size, alpha)
        v = x / (alpha - beta)
        v[0] = 1.0
        tau = (beta - alpha) / beta
        r[k:] = r[k:] - tau * torch.outer(v, v @ r[k:])
        q[:, k:] = q[:, k:] - tau * torch.outer(q[:, k:] @ v, v)
    size = m if complete else min(m, n)
    return q[:, :size].contiguous(), torch.triu(r[:size])


def symmetric_eigen(matrix):
    """(values in rising order, vectors as columns) by Jacobi's rotations."""
    n = len(matrix)
    a, v = [row[:] for row in matrix], identity(n)
    for _ in range(60):
        off = sum(a[i][j] ** 2 for i in range(n) for j in range(i))
        if off <= 1e-32 * sum(a[i][i] ** 2 for i in range(n)) or off == 0.0:
            break
        for p in range(n):
            for q in range(p + 1, n):
                if a[p][q] != 0.0:
                    _rotate(a, v, p, q)
    order = sorted(range(n), key=lambda i: a[i][i])
    columns = [[v[i][j] for i in range(n)] for j in order]
    columns = [_signed(column) for column in columns]
    return [a[j][j] for j in order], [list(row) for row in zip(*columns, strict=True)]


def _signed(column):
    """The vector with the sign that LAPACK mostly gives: the last entry not negative."""
    last = next((x for x in reversed(column) if abs(x) > 1e-12), 1.0)
    return [-x for x in column] if last < 0 else column


def _rotate(a, v, p, q):
    theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    t = math.copysign(1.0, theta) / (abs(theta) + math.sqrt(theta * theta + 1))
    c = 1 / math.sqrt(t * t + 1)
    s = t * c
    for row in a:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
    x, y = a[p], a[q]
    a[p] = [c * i - s * j for i, j in zip(x, y, strict=True)]
    a[q] = [s * i + c * j for i, j in zip(x, y, strict=True)]
    for row in v:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]


def svd(a, full):
    """(U, s, Vᵀ) by one-sided rotations [Hestenes 1958]."""
    m, n = a.shape
    if m < n:
        u, s, v = svd(a.t().contiguous(), full)
        return v.t().contiguous(), s, u.t().contiguous()
    columns = [list(column) for column in zip(*a.tolist(), strict=True)]
    turned = identity(n)
    for _ in range(60):
        still = True
        for p in range(n):
            for q in range(p + 1, n):
                x, y = columns[p], columns[q]
                alpha, beta = sum(i * i for i in x), sum(i * i for i in y)
                gamma = sum(i * j for i, j in zip(x, y, strict=True))
                if abs(gamma) <= 1e-15 * math.sqrt(alpha * beta) or gamma == 0.0:
                    continue
                still = False
                zeta = (beta - alpha) / (2 * gamma)
                t = math.copysign(1.0, zeta) / (abs(zeta) + math.sqrt(1 + zeta * zeta))
                c = 1 / math.sqrt(1 + t * t)
                s = c * t
                for lines in (columns, turned):
                    x, y = lines[p], lines[q]
                    lines[p] = [c * i - s * j for i, j in zip(x, y, strict=True)]
                    lines[q] = [s * i + c * j for i, j in zip(x, y, strict=True)]
        if still:
            break
    sizes = [math.sqrt(sum(i * i for i in column)) for column in columns]
    order = sorted(range(n), key=lambda j: -sizes[j])
    u = _orthogonal([columns[j] for j in order], [sizes[j] for j in order], m if full else n)
    values = torch.tensor([sizes[j] for j in order], dtype=torch.float64)
    right = torch.tensor([turned[j] for j in order], dtype=torch.float64)
    return torch.tensor(u, dtype=torch.float64).t().contiguous(), values, right


def _orthogonal(columns, sizes, count):
    """Unit vectors along the columns, filled up to `count` of them."""
    made, m = [], len(columns[0])
    top = max(sizes, default=0.0)
    for column, size in zip(columns, sizes, strict=True):
        if size > top * 1e-15 and size:
            made.append([x / size for x in column])
        else:
            made.append(_another(made, m))
    while len(made) < count:
        made.append(_another(made, m))
    return made


def _another(made, m):
    """A unit vector at right angles to the others."""
    for k in range(m):
        v = [1.0 if i == k else 0.0 for i in range(m)]
        for _ in range(2):
            for u in made:
                share = sum(i * j for i, j in zip(u, v, strict=True))
                v = [i - share * j for i, j in zip(v, u, strict=True)]
        size = math.sqrt(sum(i * i for i in v))
        if size > 1e-8:
            return [i / size for i in v]
    return [0.0] * m


def eigen(matrix):
    """(values, vectors as columns) of any matrix: the roots of the characteristic polynomial, each
    with a vector by inverse iteration.
    """
    from .._polynomial import _all_roots

    values = _all_roots([complex(c) for c in _characteristic(matrix)])
    vectors = [_vector(matrix, value) for value in values]
    if all(abs(value.imag) < 1e-12 * max(1.0, abs(value)) for value in values):
        values = [value.real for value in values]
        vectors = [[x.real for x in v] for v in vectors]
    return values, [list(row) for row in zip(*vectors, strict=True)]


def _characteristic(matrix):
    """The characteristic polynomial [Faddeev, LeVerrier]."""
    n = len(matrix)
    a = torch.tensor(matrix, dtype=torch.float64)
    m, made = torch.eye(n, dtype=torch.float64), [1.0]
    for k in range(1, n + 1):
        m = a @ m if k > 1 else a
        c = -torch.diagonal(m).sum().item() / k
        made.append(c)
        m = m + c * torch.eye(n, dtype=torch.float64)
    return made


def _vector(matrix, value):
    n = len(matrix)
    shifted = [
        [complex(x) - (value * (1 + 1e-10) + 1e-14 if i == j else 0) for j, x in enumerate(row)]
        for i, row in enumerate(matrix)
    ]
    v = [complex(1.0 + 0.1 * i) for i in range(n)]
    for _ in range(4):
        found = solve(shifted, [[x] for x in v])
        if found is None:
            break
        size = math.sqrt(sum(abs(x[0]) ** 2 for x in found))
        v = [x[0] / size for x in found]
    top = max(v, key=abs)
    turn = cmath.exp(-1j * cmath.phase(top))
    return [x * turn for x in v]
