#include "ops/view.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Views that reorder, add or drop dims.

namespace unroll::ops {

namespace {

/// x with its dims in the order of `dims`, which is a permutation.
Tensor permuted(const Tensor& x, const Shape& dims, const char* name) {
  Shape shape(dims.size()), strides(dims.size()), back(dims.size());
  for (std::size_t d = 0; d < dims.size(); ++d) {
    shape[d] = x.shape()[dims[d]];
    strides[d] = x.strides()[dims[d]];
    back[dims[d]] = static_cast<std::int64_t>(d);
  }
  return view_of(x, shape, strides, x.offset(), name,
                 [back, name](const Context& c) { return Grads{permuted(c.grad(), back, name)}; });
}

/// x without the dims that drop[d] marks and that have size 1.
Tensor without(const Tensor& x, const Shape& drop, const char* name) {
  Shape shape, strides;
  for (std::int64_t d = 0; d < x.dim(); ++d) {
    if (drop[d] && x.shape()[d] == 1) continue;
    shape.push_back(x.shape()[d]);
    strides.push_back(x.strides()[d]);
  }
  return view_of(x, shape, strides, x.offset(), name, reshape_backward);
}

} // namespace

Tensor permute(const Tensor& x, const Shape& dims) {
  check(static_cast<std::int64_t>(dims.size()) == x.dim(),
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
        "ordering of dimensions i.e. input.dim() = ",
        x.dim(), " is not equal to len(dims) = ", dims.size());
  Shape order(dims.size()), seen(dims.size(), 0);
  for (std::size_t d = 0; d < dims.size(); ++d) {
    order[d] = wrap_dim(dims[d], x.dim());
    check(!seen[order[d]], "permute(): duplicate dims are not allowed.");
    seen[order[d]] = 1;
  }
  return permuted(x, order, "PermuteBackward0");
}

namespace {

Tensor swapped(const Tensor& x, std::int64_t a, std::int64_t b, const char* name) {
  Shape shape = x.shape(), strides = x.strides();
  if (!shape.empty()) {
    std::swap(shape[a], shape[b]);
    std::swap(strides[a], strides[b]);
  }
  return view_of(x, shape, strides, x.offset(), name,
                 [a, b, name](const Context& c) { return Grads{swapped(c.grad(), a, b, name)}; });
}

} // namespace

Tensor transpose(const Tensor& x, std::int64_t dim0, std::int64_t dim1) {
  return swapped(x, wrap_dim(dim0, x.dim()), wrap_dim(dim1, x.dim()), "TransposeBackward0");
}

Tensor t(const Tensor& x) {
  check(x.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ", x.dim(), "D");
  return swapped(x, 0, x.dim() < 2 ? 0 : 1, "TBackward0");
}

Tensor squeeze(const Tensor& x, const OptDims& dim) {
  if (!dim) return without(x, Shape(x.shape().size(), 1), "SqueezeBackward0");
  Shape drop(std::max<std::size_t>(x.shape().size(), 1), 0);
  for (std::int64_t d : *dim) {
    const std::int64_t wrapped = wrap_dim(d, x.dim());
    check(!drop[wrapped], "dim ", wrapped, " appears multiple times in the list of dims");
    drop[wrapped] = 1;
  }
  return without(x, drop, dim->size() == 1 ? "SqueezeBackward1" : "SqueezeBackward2");
}

Tensor unsqueeze(const Tensor& x, std::int64_t dim) {
  const std::int64_t d = wrap_dim(dim, x.dim() + 1);
  Shape shape, strides;
  for (std::int64_t old = 0; old <= x.dim(); ++old) {
    if (old == d) {
      shape.push_back(1);
      strides.push_back(d < x.dim() ? saturated_mul(x.shape()[d], x.strides()[d]) : 1);
    }
    if (old < x.dim()) {
      shape.push_back(x.shape()[old]);
      strides.push_back(x.strides()[old]);
    }
  }
  return view_of(x, shape, strides, x.offset(), "UnsqueezeBackward0", reshape_backward);
}

} // namespace unroll::ops
