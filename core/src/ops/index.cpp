#include "ops/selection.h"
#include "ops/view.h"
#include "unroll/ops.h"

// x[indices] and x[indices] = values with index tensors and masks.

namespace unroll::ops {

namespace {

bool is_flag(const Tensor& index) { return index.defined() && index.dtype() == DType::Bool && index.dim() == 0; }

/// A zero-dim mask (x[True]) covers no dim: it becomes an index over a new dim of size one.
void expand_flags(Tensor& x, Tensors& indices) {
  std::int64_t d = 0;
  for (Tensor& index : indices) {
    if (is_flag(index)) {
      x = unsqueeze(x, d);
      index = zeros({*index.data<bool>() ? 1 : 0}, DType::Int64);
    }
    d += index.defined() && index.dtype() == DType::Bool ? index.dim() : 1;
  }
}

/// int32 indices and uint8 masks, which PyTorch takes as well, as int64 and bool.
Tensors plain(const Tensors& indices) {
  NoGrad guard;
  Tensors result = indices;
  for (Tensor& index : result) {
    if (!index.defined() || !is_minor(index.dtype())) continue;
    if (index.dtype() != DType::Int32 && index.dtype() != DType::UInt8)
      fail(ErrorKind::Index, "tensors used as indices must be long, int, byte or bool tensors");
    index = to(index, index.dtype() == DType::Int32 ? DType::Int64 : DType::Bool);
  }
  return result;
}

bool has_minor(const Tensors& indices) {
  for (const Tensor& index : indices)
    if (index.defined() && is_minor(index.dtype())) return true;
  return false;
}

Tensors saved_indices(const Context& c) {
  Tensors indices(c.node.saved.size());
  for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = c.saved(i);
  return indices;
}

/// Zeros of `shape` with g added at the indices: the gradient of index.
Tensor index_backward(const Tensor& g, const Shape& shape, const Tensors& indices, const char* name) {
  Tensor y = zeros(shape, g.dtype());
  put_add(y, Selection::advanced(y, indices), g);
  return record(name, {g}, y, indices, [](const Context& c) { return Grads{index(c.grad(), saved_indices(c))}; });
}

Tensor index_named(const Tensor& x, const Tensors& indices, const char* name) {
  Tensor y = pick(x, Selection::advanced(x, indices));
  return record(name, {x}, y, indices, [](const Context& c) {
    return Grads{index_backward(c.grad(), c.node.inputs[0].shape, saved_indices(c), "IndexPutBackward0")};
  });
}

bool is_mask_alone(const Tensors& indices) {
  std::size_t masks = 0, defined = 0;
  for (const Tensor& index : indices) {
    if (!index.defined()) continue;
    ++defined;
    masks += index.dtype() == DType::Bool;
  }
  return masks == 1 && defined == 1;
}

void check_values(const Tensor& self, const Tensors& indices, const Shape& shape, const Tensor& values,
                  bool accumulate) {
  const std::size_t dims = values.shape().size();
  bool fits = dims <= shape.size();
  for (std::size_t d = 0; fits && d < dims; ++d) {
    const std::int64_t size = values.shape()[d];
    fits = size == 1 || size == shape[shape.size() - dims + d];
  }
  if (!fits)
    fail(ErrorKind::Runtime, "shape mismatch: value tensor of shape ", to_string(values.shape()),
         " cannot be broadcast to indexing result of shape ", to_string(shape));
  // One value under a mask is a fill, which casts.
  const bool casts = values.is_wrapped_number() || (values.numel() == 1 && !accumulate && is_mask_alone(indices));
  check(casts || values.dtype() == self.dtype(), "Index put requires the source and destination dtypes match, got ",
        scalar_name(self.dtype()), " for the destination and ", scalar_name(values.dtype()), " for the source.");
}

/// The out-of-place form of index_put_.
Tensor index_put(const Tensor& x, const Tensors& indices, const Tensor& values, bool accumulate) {
  Tensor y = empty(x.shape(), x.dtype());
  copy_into(y, x);
  const Selection selection = Selection::advanced(y, indices);
  accumulate ? put_add(y, selection, values) : put(y, selection, values);
  return record("IndexPutBackward0", {x, values}, y, indices, [accumulate](const Context& c) {
    const Tensors at = saved_indices(c);
    Grads grads(2);
    if (c.needs(0)) grads[0] = accumulate ? c.grad() : index_put(c.grad(), at, zeros({}, c.grad().dtype()), false);
    if (c.needs(1)) grads[1] = index(c.grad(), at);
    return grads;
  });
}

} // namespace

Tensor index(const Tensor& x, const Tensors& indices) {
  if (has_minor(indices)) return index(x, plain(indices));
  for (const Tensor& i : indices) {
    if (!is_flag(i)) continue;
    Tensor whole = x;
    Tensors expanded = indices;
    expand_flags(whole, expanded);
    return index_named(whole, expanded, "IndexBackward0");
  }
  return index_named(x, indices, "IndexBackward0");
}

Tensor index_put_(const Tensor& self, const Tensors& indices, const Tensor& values, bool accumulate) {
  if (has_minor(indices)) return index_put_(self, plain(indices), values, accumulate);
  for (const Tensor& i : indices) {
    if (!is_flag(i)) continue;
    Tensor whole = self;
    Tensors expanded = indices;
    expand_flags(whole, expanded);
    index_put_(whole, expanded, values, accumulate);
    return self;
  }
  check_inplace(self);
  const Selection selection = Selection::advanced(self, indices);
  check_values(self, indices, selection.shape(), values, accumulate);
  if (needs_grad({self, values})) return assign(self, index_put(self, indices, values, accumulate));
  // Values that are part of self must not change while they are read.
  const Tensor source = values.storage() == self.storage() ? clone(values) : values;
  accumulate ? put_add(self, selection, source) : put(self, selection, source);
  self.bump_version();
  return self;
}

Tensor masked_select(const Tensor& x, const Tensor& mask) {
  check(mask.dtype() == DType::Bool, "masked_select: expected BoolTensor for mask");
  const Shape shape = broadcast_shapes(mask.shape(), x.shape());
  if (shape.empty()) return masked_select(reshape(x, {1}), mask);
  return index_named(expand(x, shape), {expand(mask, shape)}, "MaskedSelectBackward0");
}

} // namespace unroll::ops
