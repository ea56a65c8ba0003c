#include "unroll/tensor.h"

#include <algorithm>
#include <cmath>

#include "kernels/copy.h"
#include "kernels/walk.h"
#include "tensor/geometry.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

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

namespace {

std::shared_ptr<Storage> storage_for(const Shape& shape, DType dtype) {
  std::int64_t bytes = size_of(dtype);
  for (std::int64_t size : shape) {
    if (size < 0) [[unlikely]]
      fail(ErrorKind::Runtime, "Trying to create tensor with negative dimension ", size, ": ", to_string(shape));
    if (!product_fits(bytes, size, bytes)) [[unlikely]]
      fail(ErrorKind::Runtime, "Storage size calculation overflowed with sizes=", to_string(shape));
  }
  return std::make_shared<Storage>(buffer_size<std::byte>(bytes));
}

} // namespace

Tensor empty_strided(const Shape& shape, const Shape& strides, DType dtype) {
  return look(storage_for(shape, dtype), {shape, strides}, dtype);
}

Tensor empty(const Shape& shape, DType dtype) {
  auto storage = storage_for(shape, dtype);
  return look(std::move(storage), {shape, contiguous_strides(shape)}, dtype);
}

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
  if (is_minor(x.dtype())) {
    const Tensor t = empty(x.shape(), wide(x.dtype()));
    copy_into(t, x);
    return to_values(t);
  }
  std::vector<double> values(buffer_size<double>(x.numel()));
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
