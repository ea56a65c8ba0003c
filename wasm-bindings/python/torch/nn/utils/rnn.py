"""torch.nn.utils.rnn: sequences of different lengths, padded to one or packed without padding."""

from collections import namedtuple
from collections.abc import Iterable

from ... import _dtypes, _ops
from ..._creation import from_flat
from ..._tensor import Tensor

_Fields = namedtuple(
    "PackedSequence", ["data", "batch_sizes", "sorted_indices", "unsorted_indices"]
)
_Fields.__new__.__defaults__ = (None, None, None)


class PackedSequence(_Fields):
    """Sequences as one tensor: all first steps, then all second steps, …

    data (ΣT, *); batch_sizes (T): how many sequences each step has; sorted_indices: where each
    sequence came from.
    """

    __slots__ = ()

    def __new__(cls, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        """The order back is worked out where it is not given."""
        if batch_sizes is None:
            data, batch_sizes = data[0], data[1]
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args, **kwargs):
        """The sequences as another dtype."""
        return type(self)(self.data.to(*args, **kwargs), *self[1:])

    def cpu(self):
        """The sequences themselves."""
        return self

    def cuda(self, *args, **kwargs):
        """Raises what a PyTorch without CUDA raises."""
        return self.to("cuda")

    def float(self):
        """The sequences as float32."""
        return self.to(_dtypes.float32)

    def double(self):
        """The sequences as float64."""
        return self.to(_dtypes.float64)

    def long(self):
        """The sequences as int64."""
        return self.to(_dtypes.int64)

    @property
    def is_cuda(self):
        """False."""
        return False

    def is_pinned(self):
        """False."""
        return False


def invert_permutation(permutation):
    """The order that undoes another."""
    return None if permutation is None else permutation.argsort()


def permuted(tensor, permutation, dim=1):
    """The tensor with one dimension in another order; permutation None leaves it."""
    return tensor if permutation is None else _ops.index_select(tensor, dim, permutation)


def _integers(values):
    return from_flat(values, (len(values),), _dtypes.int64)


def _checked_lengths(lengths, batch, enforce_sorted):
    """The lengths as Python numbers. Raises PyTorch's errors for lengths that do not fit."""
    if batch == 0:
        raise RuntimeError("Cannot pack empty tensors.")
    if len(lengths) != batch:
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {len(lengths)} "
            f"(batch_size={batch})"
        )
    if min(lengths) <= 0:
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' "
            "that is <= 0"
        )
    if enforce_sorted and any(a < b for a, b in zip(lengths, lengths[1:], strict=False)):
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. "
            "You can pass "
            "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this "
            "requirement if you "
            "do not need ONNX exportability."
        )


def _lengths_list(lengths):
    if isinstance(lengths, Tensor):
        if lengths.dim() != 1 or lengths.dtype is not _dtypes.int64:
            kind = _dtypes.SCALAR_NAMES[lengths.dtype.code]
            if lengths.dim() == 1 and lengths.dtype.is_floating_point:
                return [int(length) for length in lengths.tolist()]
            raise RuntimeError(
                f"'lengths' argument should be a 1D CPU int64 tensor, but got {lengths.dim()}D "
                f"cpu {kind} tensor"
            )
        return lengths.tolist()
    return [int(length) for length in lengths]


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    """Padded sequences, (T,B,*) or with batch_first (B,T,*), without their padding."""
    lengths = _lengths_list(lengths)
    order = None
    batch = input.size(0 if batch_first else 1)
    if not enforce_sorted:
        order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    _checked_lengths(lengths, batch, enforce_sorted)
    order = list(range(batch)) if order is None else order
    longest, steps = max(lengths), input.size(1 if batch_first else 0)
    batch_sizes = [sum(length > t for length in lengths) for t in range(longest)]
    rows = []
    for t, size in enumerate(batch_sizes[:steps]):
        rows += [b * steps + t if batch_first else t * batch + b for b in order[:size]]
    flat = _ops.reshape(input, (steps * batch, *input.shape[2:]))
    data = _ops.index_select(flat, 0, _integers(rows))
    indices = None if enforce_sorted else _integers(order)
    return PackedSequence(data, _integers(batch_sizes), indices)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    """(padded sequences, lengths): the way back from pack_padded_sequence."""
    sizes = sequence.batch_sizes.tolist()
    data, longest, batch = sequence.data, len(sizes), sizes[0]
    if total_length is not None:
        if total_length < longest:
            raise ValueError(
                "Expected total_length to be at least the length of the longest sequence in "
                "input, but got "
                f"total_length={total_length} and max sequence length being {longest}"
            )
        longest = total_length
    starts = [0]
    for size in sizes:
        starts.append(starts[-1] + size)
    sizes += [0] * (longest - len(sizes))
    order = sequence.unsorted_indices
    order = range(batch) if order is None else order.tolist()
    padding = data.size(0)

    def row(t, b):
        return starts[t] + b if b < sizes[t] else padding

    if batch_first:
        rows = [row(t, b) for b in order for t in range(longest)]
    else:
        rows = [row(t, b) for t in range(longest) for b in order]
    filled = _ops.cat([data, _ops.full((1, *data.shape[1:]), padding_value, data.dtype)], 0)
    shape = (batch, longest) if batch_first else (longest, batch)
    padded = _ops.reshape(_ops.index_select(filled, 0, _integers(rows)), (*shape, *data.shape[1:]))
    lengths = [sum(b < size for size in sizes) for b in order]
    return padded, _integers(lengths)


def _check_features(first, other):
    for d in range(len(first) - 1, 0, -1):
        if len(first) == len(other) and first[d] != other[d] and other[d] != 1:
            raise RuntimeError(
                f"The size of tensor a ({first[d]}) must match the size of tensor b ({other[d]}) "
                f"at non-singleton dimension {d}"
            )


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """Sequences (T,*) of different lengths as one padded tensor, (T,B,*) or with batch_first
    (B,T,*).
    """
    if not isinstance(sequences, Iterable):
        raise RuntimeError(
            "pad_sequence: Expected iterable for input sequences, but got arg of type: "
            f"{type(sequences)}"
        )
    sequences = list(sequences.unbind(0) if isinstance(sequences, Tensor) else sequences)
    if padding_side not in ("left", "right"):
        raise RuntimeError(
            f"Expected padding_side to be one of left or right, but got {padding_side}."
        )
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    for i, sequence in enumerate(sequences):
        if not isinstance(sequence, Tensor):
            raise TypeError(
                f"expected Tensor as element {i} in argument 0, but got {type(sequence).__name__}"
            )
    longest = max(sequence.size(0) for sequence in sequences)
    for sequence in sequences:
        _check_features(sequences[0].shape, sequence.shape)
    parts = []
    for sequence in sequences:
        more = longest - sequence.size(0)
        if more:
            ends = (more, 0) if padding_side == "left" else (0, more)
            sequence = _ops.pad(sequence, (0, 0) * (sequence.dim() - 1) + ends, padding_value)
        parts.append(sequence)
    return _ops.stack(parts, 0 if batch_first else 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    """The sequences of a padded tensor, each cut to its length."""
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [row[: int(length)] for row, length in zip(padded_sequences, lengths, strict=True)]


def pack_sequence(sequences, enforce_sorted=True):
    """Sequences (T,*) of different lengths, packed."""
    lengths = [sequence.size(0) for sequence in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    """The sequences of a PackedSequence."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
