#include "unroll/tensor.h"

#include <algorithm>
#include <cmath>

#include "ops/copy.h"
#include "ops/operand.h"
#include "ops/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

namespace unroll {

namespace {

Tensor wrap_number(double value, DType dtype) {
  Tensor t = full({}, value, dtype);
  t.impl()->wrapped_number = true;
  return t;
}

} // namespace

Operand::Operand(double value) : tensor(wrap_number(value, DType::Float64)) {}
Operand::Operand(std::int64_t value) : tensor(wrap_number(static_cast<double>(value), DType::Int64)) {
  // A double holds integers up to 2^53 only.
  *tensor.data<std::int64_t>() = value;
}
Operand::Operand(bool value) : tensor(wrap_number(value, DType::Bool)) {}

const Shape& Tensor::shape() const { return impl_->shape; }
const Shape& Tensor::strides() const { return impl_->strides; }
std::int64_t Tensor::offset() const { return impl_->offset; }
std::int64_t Tensor::size(std::int64_t d) const {
  if (shape().empty()) fail(ErrorKind::Index, "Dimension specified as ", d, " but tensor has no dimensions");
  return shape()[wrap_dim(d, dim())];
}
std::int64_t Tensor::numel() const { return unroll::numel(shape()); }
DType Tensor::dtype() const { return impl_->dtype; }
const std::shared_ptr<Storage>& Tensor::storage() const { return impl_->storage; }
void* Tensor::raw() const { return impl_->storage->data() + impl_->offset * size_of(impl_->dtype); }
bool Tensor::is_wrapped_number() const { return impl_->wrapped_number; }

bool Tensor::is_contiguous() const {
  std::int64_t expected = 1;
  for (std::size_t d = shape().size(); d-- > 0;) {
    if (shape()[d] == 0) return true;
    if (shape()[d] == 1) continue;
    if (strides()[d] != expected) return false;
    expected *= shape()[d];
  }
  return true;
}

double Tensor::item() const {
  check(numel() == 1, "a Tensor with ", numel(), " elements cannot be converted to Scalar");
  return dispatch_any(dtype(), [&](auto t) { return static_cast<double>(*data<decltype(t)>()); });
}

std::int64_t Tensor::item_int() const {
  check(numel() == 1, "a Tensor with ", numel(), " elements cannot be converted to Scalar");
  return dispatch_any(dtype(), [&](auto t) { return static_cast<std::int64_t>(*data<decltype(t)>()); });
}

Tensor empty_strided(const Shape& shape, const Shape& strides, DType dtype) {
  const std::int64_t n = numel(shape);
  for (std::int64_t size : shape)
    if (size < 0) [[unlikely]]
      fail(ErrorKind::Runtime, "Trying to create tensor with negative dimension ", size, ": ", to_string(shape));
  double bytes = static_cast<double>(size_of(dtype));
  for (std::int64_t size : shape) bytes *= static_cast<double>(size);
  if (bytes >= static_cast<double>(PTRDIFF_MAX)) fail_allocation(bytes);
  auto impl = std::make_shared<TensorImpl>();
  impl->storage = std::make_shared<Storage>(static_cast<std::size_t>(n * size_of(dtype)));
  impl->shape = shape;
  impl->strides = strides;
  impl->dtype = dtype;
  impl->version = std::make_shared<std::uint32_t>(0);
  return Tensor(std::move(impl));
}

Tensor empty(const Shape& shape, DType dtype) { return empty_strided(shape, contiguous_strides(shape), dtype); }

Tensor full(const Shape& shape, double value, DType dtype) {
  check_holds(dtype, value);
  Tensor t = empty(shape, dtype);
  dispatch_any(dtype, [&](auto zero) {
    using T = decltype(zero);
    std::fill_n(t.data<T>(), t.numel(), cast_element<T>(value));
  });
  return t;
}

Tensor from_values(const Shape& shape, const std::vector<double>& values, DType dtype) {
  if (is_minor(dtype)) {
    Tensor t = empty(shape, dtype);
    copy_into(t, from_values(shape, values, wide(dtype)));
    return t;
  }
  Tensor t = empty(shape, dtype);
  check(static_cast<std::int64_t>(values.size()) == t.numel(), "[from_values] got ", values.size(),
        " values for shape ", to_string(shape));
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    std::transform(values.begin(), values.end(), t.data<T>(), [](double v) { return static_cast<T>(v); });
  });
  return t;
}

std::vector<double> to_values(const Tensor& x) {
  if (is_minor(x.dtype())) return to_values(cast(x, wide(x.dtype())));
  std::vector<double> values(static_cast<std::size_t>(x.numel()));
  dispatch(x.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* data = x.data<T>();
    Walk<2>(x.shape(), {contiguous_strides(x.shape()), x.strides()}).rows([&](auto n, auto& at, auto& step) {
      for (std::int64_t i = 0; i < n; ++i)
        values[static_cast<std::size_t>(at[0] + i * step[0])] = static_cast<double>(data[at[1] + i * step[1]]);
    });
  });
  return values;
}

} // namespace unroll
