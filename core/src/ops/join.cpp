#include "kernels/copy.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

// Many tensors into one.

namespace unroll::ops {

namespace {

/// An empty one-dim tensor may stand in any list, as it always could.
bool is_skipped(const Shape& shape) { return shape.size() == 1 && shape[0] == 0; }

void check_joinable(const Tensor& first, const Tensor& x, std::size_t number, std::int64_t d) {
  check(x.dim() == first.dim(), "Tensors must have same number of dimensions: got ", first.dim(), " and ", x.dim());
  for (std::int64_t k = 0; k < x.dim(); ++k)
    check(k == d || x.shape()[k] == first.shape()[k], "Sizes of tensors must match except in dimension ", d,
          ". Expected size ", first.shape()[k], " but got size ", x.shape()[k], " for tensor number ", number,
          " in the list.");
}

Grads cat_backward(const Context& c, std::int64_t d) {
  Grads grads(c.node.inputs.size());
  std::int64_t start = 0;
  for (std::size_t i = 0; i < grads.size(); ++i) {
    const Shape& shape = c.node.inputs[i].shape;
    const bool skipped = is_skipped(shape) && c.grad().dim() != 1;
    const std::int64_t length = skipped ? 0 : shape[d];
    if (c.needs(i)) grads[i] = skipped ? zeros(shape, c.grad().dtype()) : narrow(c.grad(), d, start, length);
    start += length;
  }
  return grads;
}

} // namespace

Tensor cat(const Tensors& tensors, std::int64_t dim) {
  check(!tensors.empty(), "torch.cat(): expected a non-empty list of Tensors");
  const Tensor* first = nullptr;
  DType dtype = tensors[0].dtype();
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    check(tensors[i].dim() > 0, "zero-dimensional tensor (at position ", i, ") cannot be concatenated");
    dtype = promote(dtype, tensors[i].dtype());
    if (!first && !is_skipped(tensors[i].shape())) first = &tensors[i];
  }
  if (!first) first = &tensors[0];
  const bool all_skipped = is_skipped(first->shape());
  const std::int64_t d = all_skipped ? 0 : wrap_dim(dim, first->dim());
  Shape shape = first->shape();
  shape[d] = 0;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (is_skipped(tensors[i].shape())) continue;
    check_joinable(*first, tensors[i], i, d);
    shape[d] = checked_add(shape[d], tensors[i].shape()[d]);
  }
  Tensor y = empty(shape, dtype);
  std::int64_t start = 0;
  for (const Tensor& x : tensors) {
    if (is_skipped(x.shape())) continue;
    copy_elements(x.shape(), dtype, address(y, start * y.strides()[d]), y.strides(), x.dtype(), x.raw(), x.strides());
    start += x.shape()[d];
  }
  return record("CatBackward0", tensors, y, {}, [d](const Context& c) { return cat_backward(c, d); });
}

Tensor stack(const Tensors& tensors, std::int64_t dim) {
  check(!tensors.empty(), "stack expects a non-empty TensorList");
  const Shape& each = tensors[0].shape();
  const std::int64_t d = wrap_dim(dim, tensors[0].dim() + 1);
  DType dtype = tensors[0].dtype();
  for (std::size_t i = 1; i < tensors.size(); ++i) {
    if (tensors[i].shape() != each)
      fail(ErrorKind::Runtime, "stack expects each tensor to be equal size, but got ", to_string(each),
           " at entry 0 and ", to_string(tensors[i].shape()), " at entry ", i);
    dtype = promote(dtype, tensors[i].dtype());
  }
  Shape shape(each.begin(), each.begin() + d);
  shape.push_back(static_cast<std::int64_t>(tensors.size()));
  for (std::size_t k = static_cast<std::size_t>(d); k < each.size(); ++k) shape.push_back(each[k]);
  Tensor y = empty(shape, dtype);
  Shape strides;
  for (std::int64_t k = 0; k < y.dim(); ++k)
    if (k != d) strides.push_back(y.strides()[k]);
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    void* to = address(y, static_cast<std::int64_t>(i) * y.strides()[d]);
    copy_elements(each, dtype, to, strides, tensors[i].dtype(), tensors[i].raw(), tensors[i].strides());
  }
  return record("StackBackward0", tensors, y, {}, [d](const Context& c) {
    Grads grads(c.node.inputs.size());
    for (std::size_t i = 0; i < grads.size(); ++i)
      if (c.needs(i)) grads[i] = select(c.grad(), d, static_cast<std::int64_t>(i));
    return grads;
  });
}

} // namespace unroll::ops
