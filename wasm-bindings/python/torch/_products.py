"""Products of several tensors: einsum, tensordot, Kronecker and outer products, distances."""

import builtins

from . import _dtypes, _ops
from ._arguments import named, with_out
from ._creation import eye, zeros
from ._method_table import both, function, with_inplace
from ._tensor import Tensor


@both
@with_out
def inner(input, other):
    """The sum of products over the last dimensions."""
    if input.dim() == 0 or other.dim() == 0:
        return _ops.mul(input, other)
    if input.shape[-1] != other.shape[-1]:
        raise RuntimeError(
            "inner() the last dimension must match on both input tensors but got shapes "
            f"{list(input.shape)} and {list(other.shape)}"
        )
    return tensordot(input, other, ([-1], [-1]))


@both
def vdot(input, other, *, out=None):
    """The inner product of two vectors."""
    return _ops.dot(input, other, out=out) if out is not None else _ops.dot(input, other)


def _scaled(input, beta, product, alpha):
    product = product if alpha == 1 else product * alpha
    if beta == 0:
        return product
    return (input if beta == 1 else input * beta) + product


@both
@with_inplace
@with_out
def addr(input, vec1, vec2, *, beta=1, alpha=1):
    """beta * input + alpha * outer(vec1, vec2)."""
    return named(_scaled(input, beta, _ops.outer(vec1, vec2), alpha), "AddrBackward0")


@both
@with_inplace
@with_out
def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha times the sum of the batch's products."""
    product = _ops.sum(_ops.bmm(batch1, batch2), 0, False, None)
    return named(_scaled(input, beta, product, alpha), "AddbmmBackward0")


@both
@with_inplace
@with_out
def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha * (batch1 @ batch2)."""
    return named(_scaled(input, beta, _ops.bmm(batch1, batch2), alpha), "BaddbmmBackward0")


@both
@with_inplace
@with_out
def addmv(input, mat, vec, *, beta=1, alpha=1):
    """beta * input + alpha * (mat @ vec)."""
    return named(_scaled(input, beta, _ops.mv(mat, vec), alpha), "AddmvBackward0")


@function
def chain_matmul(*matrices, out=None):
    """The product of several matrices."""
    from . import linalg

    if len(matrices) == 1:
        return matrices[0]
    return linalg.multi_dot(matrices, out=out)


@both
@with_out
def kron(input, other):
    """The Kronecker product."""
    dims = builtins.max(input.dim(), other.dim())
    a = (1,) * (dims - input.dim()) + tuple(input.shape)
    b = (1,) * (dims - other.dim()) + tuple(other.shape)
    wide = [size for m in a for size in (m, 1)]
    tall = [size for n in b for size in (1, n)]
    product = _ops.reshape(input, wide) * _ops.reshape(other, tall)
    return _ops.reshape(product, [m * n for m, n in zip(a, b, strict=True)])


@function
@with_out
def tensordot(a, b, dims=2):
    """The sum of products over the last `dims` dimensions of a and the first of b, or over two
    lists of dimensions.
    """
    if isinstance(dims, Tensor):
        dims = dims.tolist()
    if isinstance(dims, (list, tuple)):
        over_a, over_b = ([d] if isinstance(d, int) else list(d) for d in dims)
    else:
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > builtins.min(a.dim(), b.dim()):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        over_a, over_b = list(range(-dims, 0)), list(range(dims))
    if len(over_a) != len(over_b):
        raise RuntimeError("both dimension lists should have same length")
    for d, e in zip(over_a, over_b, strict=True):
        if a.shape[d] != b.shape[e] and 1 not in (a.shape[d], b.shape[e]):
            raise RuntimeError(
                "contracted dimensions need to match, but first has size "
                f"{a.shape[d]} in dim {d} and second has size {b.shape[e]} in dim {e}"
            )
        if a.shape[d] != b.shape[e]:
            wide, dim = (a, d) if a.shape[d] > 1 else (b, e)
            wide = _ops.sum(wide, dim, True, None)
            a, b = (wide, b) if a.shape[d] > 1 else (a, wide)
    over_a = [d % a.dim() for d in over_a]
    over_b = [d % b.dim() for d in over_b]
    kept_a = [d for d in range(a.dim()) if d not in over_a]
    kept_b = [d for d in range(b.dim()) if d not in over_b]
    shape = [a.shape[d] for d in kept_a] + [b.shape[d] for d in kept_b]
    size = 1
    for d in over_a:
        size *= a.shape[d]
    left = _ops.reshape(_ops.permute(a, kept_a + over_a), (_count(a, kept_a), size))
    right = _ops.reshape(_ops.permute(b, over_b + kept_b), (size, _count(b, kept_b)))
    return _ops.reshape(_ops.mm(left, right), shape)


def _count(x, dims):
    count = 1
    for d in dims:
        count *= x.shape[d]
    return count


@function
def block_diag(*tensors):
    """The matrix with the tensors along its diagonal."""
    blocks = [_ops.reshape(t, (1, -1)) if t.dim() < 2 else t for t in tensors]
    for i, block in enumerate(blocks):
        if block.dim() > 2:
            raise RuntimeError(
                "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input "
                f"{i} has {block.dim()} dimensions"
            )
    width = sum(block.shape[1] for block in blocks)
    if not blocks:
        return zeros(1, 0)
    rows, left = [], 0
    for block in blocks:
        rows.append(_ops.pad(block, (left, width - left - block.shape[1]), 0))
        left += block.shape[1]
    return _ops.cat(rows, 0)


@function
def cartesian_prod(*tensors):
    """All combinations of one element of each vector, one a row."""
    from ._composed import meshgrid

    if len(tensors) == 1:
        return tensors[0]
    return _ops.stack([grid.reshape(-1) for grid in meshgrid(*tensors)], 1)


@function
def combinations(input, r=2, with_replacement=False):
    """All choices of r elements of a vector, one a row."""
    import itertools

    from ._creation import tensor

    if input.dim() != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input.shape)}")
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    places = list(choose(range(input.numel()), r))
    if not places or r == 0:
        return input.new_empty(0, r) if r else input.new_empty(0)
    return _ops.index(input, [tensor(places)])


@both
@with_out
def cross(input, other, dim=None):
    """The cross product along a dimension of size 3: the first such one by default."""
    if dim is None:
        sizes = list(input.shape)
        if 3 not in sizes:
            raise RuntimeError("no dimension of size 3 in input")
        dim = sizes.index(3)
    return cross_along("torch.cross", input, other, dim)


def cross_along(name, input, other, dim):
    """The cross product along dim; `name` is what errors call it."""
    if input.dim() != other.dim():
        raise RuntimeError(f"{name}: inputs must have the same number of dimensions.")
    if input.size(dim) != 3 or other.size(dim) != 3:
        raise RuntimeError(
            f"{name}: inputs dimension {dim} must have length 3. Got {input.size(dim)} and "
            f"{other.size(dim)}"
        )
    a, b = (_ops.unbind(_ops.transpose(x, 0, dim), 0) for x in (input, other))
    parts = [a[i - 2] * b[i - 1] - a[i - 1] * b[i - 2] for i in range(3)]
    return named(_ops.transpose(_ops.stack(parts, 0), 0, dim), "LinalgCrossBackward0")


@function
def cdist(x1, x2, p=2.0, compute_mode=None):
    """The p-norm distances of all rows of x1 (*, P, M) and x2 (*, R, M): (*, P, R)."""
    if x1.dim() < 2 or x2.dim() < 2:
        which, x = ("X1", x1) if x1.dim() < 2 else ("X2", x2)
        raise RuntimeError(f"cdist only supports at least 2D tensors, {which} got: {x.dim()}D")
    if x1.shape[-1] != x2.shape[-1]:
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1.shape[-1]} X2: {x2.shape[-1]}"
        )
    if p < 0:
        raise RuntimeError("cdist only supports non-negative p values")
    return _ops.norm(x1.unsqueeze(-2) - x2.unsqueeze(-3), float(p), -1, False)


@function
def pdist(input, p=2.0):
    """The p-norm distances of all pairs of rows, as a vector."""
    if input.dim() != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {input.dim()}D")
    n = input.shape[0]
    mask = _ops.triu(_ops.full((n, n), True, _dtypes.bool), 1)
    rows, columns = _ops.unbind(_ops.nonzero(mask), 1)
    parts = _ops.index_select(input, 0, rows) - _ops.index_select(input, 0, columns)
    return _ops.norm(parts, float(p), -1, False)


@function
def vander(x, N=None, increasing=False):
    """The matrix of powers of a vector's elements."""
    if x.dim() != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    count = x.numel() if N is None else N
    if count < 0:
        raise RuntimeError("N must be non-negative.")
    powers = _ops.arange(0, count, 1, _dtypes.int64)
    powers = powers if increasing else _ops.flip(powers, (0,))
    return x.unsqueeze(1) ** powers


@both
@with_inplace
@with_out
def renorm(input, p, dim, maxnorm):
    """Slices along dim whose p-norm is above maxnorm are scaled down to it."""
    rows = _ops.transpose(input, 0, dim)
    others = tuple(range(1, rows.dim()))
    norms = _ops.norm(rows, float(p), others, True)
    scale = _ops.where(norms > maxnorm, maxnorm / (norms + 1e-7), 1.0)
    return named(_ops.transpose(rows * scale, 0, dim), "RenormBackward0")


@both
@with_out
def matrix_power(input, n):
    """A square matrix multiplied with itself n times; its inverse where n is negative."""
    from . import linalg

    if n == 0:
        return eye(input.shape[-1], dtype=input.dtype).expand(input.shape).clone()
    if n < 0:
        input, n = linalg.inv(input), -n
    found = None
    while n:
        if n & 1:
            found = input if found is None else _ops.matmul(found, input)
        n >>= 1
        if n:
            input = _ops.matmul(input, input)
    return found.clone() if found is input else found


# einsum


@function
def einsum(*args):
    """The sum of products that an equation such as "bij,bjk->bik" names; operands follow it, or
    come each with a list of subscripts.
    """
    if len(args) < 2:
        raise ValueError(
            "einsum(): must specify the equation string and at least one operand, or at least one "
            "operand and its subscripts list"
        )
    if isinstance(args[0], Tensor):
        equation, operands = _from_sublists(args)
    else:
        equation, operands = args[0], list(args[1:])
        if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
            operands = list(operands[0])
    if not operands:
        raise RuntimeError("einsum(): must provide at least one operand")
    inputs, output, operands = _parse(equation, operands)
    return _contract(inputs, output, operands)


def _from_sublists(args):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    def spelled(sublist):
        return "".join("..." if item is Ellipsis else letters[item] for item in sublist)

    pairs = args[: len(args) // 2 * 2]
    equation = ",".join(spelled(sublist) for sublist in pairs[1::2])
    if len(args) % 2:
        equation += "->" + spelled(args[-1])
    return equation, list(pairs[::2])


def _labels(text, ellipsis, what):
    """The labels of one operand; those of its ellipsis are numbers."""
    found, at = [], 0
    while at < len(text):
        if text.startswith("...", at):
            found.extend(ellipsis)
            at += 3
            continue
        if not (text[at].isascii() and text[at].isalpha()):
            if text[at] == ".":
                raise RuntimeError(
                    f"einsum(): found '.' for {what} that is not part of any ellipsis"
                )
            raise RuntimeError(
                f"einsum(): invalid subscript given at index {at} in the equation string, "
                "subscripts must be in [a-zA-Z]"
            )
        found.append(text[at])
        at += 1
    return found


def _parse(equation, operands):
    left, arrow, right = equation.replace(" ", "").partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        amount = "fewer" if len(operands) < len(terms) else "more"
        raise RuntimeError(
            f"einsum(): {amount} operands were provided than specified in the equation"
        )
    hidden = [
        x.dim() - len(term.replace("...", "")) if "..." in term else 0
        for term, x in zip(terms, operands, strict=True)
    ]
    most = builtins.max(hidden, default=0)
    inputs, sizes = [], {}
    for i, (term, x, count) in enumerate(zip(terms, operands, hidden, strict=True)):
        labels = _labels(term, range(most - count, most), f"operand {i}")
        named = len(term.replace("...", ""))
        if len(labels) != x.dim():
            rest = "" if "..." in term else " and no ellipsis was given"
            how = "is more than" if "..." in term else "does not match"
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({named}) {how} the number "
                f"of dimensions ({x.dim()}) for operand {i}{rest}"
            )
        labels, x = _diagonals(labels, x, i)
        for label, size in zip(labels, x.shape, strict=True):
            if sizes.get(label, 1) == 1:
                sizes[label] = size
            elif size not in (1, sizes[label]):
                raise RuntimeError(
                    f"einsum(): subscript {label} has size {size} for operand {i} which does not "
                    f"broadcast with previously seen size {sizes[label]}"
                )
        inputs.append(labels)
        operands[i] = x
    if arrow:
        output = _labels(right, range(most), "the output")
    else:
        plain = left.replace("...", "").replace(",", "")
        output = list(range(most)) + sorted({c for c in plain if plain.count(c) == 1})
    for label in output:
        if label not in sizes:
            raise RuntimeError(
                f"einsum(): output subscript {label} does not appear in the equation for any "
                "input operand"
            )
        if output.count(label) > 1:
            raise RuntimeError(
                f"einsum(): output subscript {label} appears more than once in the output"
            )
    operands = [
        x
        if [sizes[k] for k in labels] == list(x.shape)
        else _ops.expand(x, [sizes[k] for k in labels])
        for labels, x in zip(inputs, operands, strict=True)
    ]
    return inputs, output, operands


def _diagonals(labels, x, number):
    """An operand with a label twice, as its diagonal."""
    for label in dict.fromkeys(labels):
        while labels.count(label) > 1:
            first = labels.index(label)
            second = labels.index(label, first + 1)
            if x.shape[first] != x.shape[second]:
                raise RuntimeError(
                    f"einsum(): subscript {label} is repeated for operand {number} but the sizes "
                    f"don't match, {x.shape[second]} != {x.shape[first]}"
                )
            x = _ops.diagonal(x, 0, first, second)
            labels = [k for i, k in enumerate(labels) if i not in (first, second)] + [label]
    return labels, x


def _contract(inputs, output, operands):
    """The operands multiplied from left to right; a label is summed as soon as nobody needs it."""
    labels, product = inputs[0], operands[0]
    for i in range(1, len(operands)):
        needed = set(output).union(*inputs[i + 1 :])
        labels, product = _pair(labels, product, inputs[i], operands[i], needed)
    gone = [d for d, label in enumerate(labels) if label not in output]
    if gone:
        product = _ops.sum(product, gone, False, None)
        labels = [label for label in labels if label in output]
    order = [labels.index(label) for label in output]
    return product if order == list(range(len(order))) else _ops.permute(product, order)


def _pair(labels_a, a, labels_b, b, needed):
    labels_a, a = _without(labels_a, a, needed.union(labels_b))
    labels_b, b = _without(labels_b, b, needed.union(labels_a))
    both = [k for k in labels_a if k in labels_b]
    batch = [k for k in both if k in needed]
    summed = [k for k in both if k not in needed]
    only_a = [k for k in labels_a if k not in both]
    only_b = [k for k in labels_b if k not in both]
    size = dict(zip(labels_a + labels_b, tuple(a.shape) + tuple(b.shape), strict=True))
    if not summed:
        # Nothing to add up: an element-wise product.
        wide = batch + only_a + only_b
        return wide, _aligned(labels_a, a, wide) * _aligned(labels_b, b, wide)

    def total(keys):
        count = 1
        for key in keys:
            count *= size[key]
        return count

    left = _ops.reshape(
        _ordered(labels_a, a, batch + only_a + summed),
        (total(batch), total(only_a), total(summed)),
    )
    right = _ops.reshape(
        _ordered(labels_b, b, batch + summed + only_b),
        (total(batch), total(summed), total(only_b)),
    )
    made = batch + only_a + only_b
    return made, _ops.reshape(_ops.bmm(left, right), [size[k] for k in made])


def _without(labels, x, needed):
    gone = [d for d, label in enumerate(labels) if label not in needed]
    if not gone:
        return labels, x
    return [k for k in labels if k in needed], _ops.sum(x, gone, False, None)


def _ordered(labels, x, order):
    return _ops.permute(x, [labels.index(label) for label in order])


def _aligned(labels, x, wide):
    """x with its dimensions in the order of `wide`, of size one where it has none."""
    x = _ordered(labels, x, [label for label in wide if label in labels])
    sizes = iter(x.shape)
    return _ops.reshape(x, [next(sizes) if label in labels else 1 for label in wide])
