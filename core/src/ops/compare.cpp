#include "ops/operand.h"

// Comparisons, logic and tests of single values: bool results without gradients.

namespace unroll::ops {

namespace {

template <class F>
Tensor compared(const Tensor& a, const Tensor& b, F f) {
  return dispatch(result_type(a, b), [&](auto t) { return binary<bool, decltype(t)>(a, b, f); });
}

/// f on the truth of the elements.
template <class F>
Tensor logical(const Tensor& a, const Tensor& b, F f) {
  return binary<bool, bool>(a, b, f);
}

template <class F>
Tensor bitwise(const Tensor& a, const Tensor& b, const char* name, F f) {
  const DType dtype = result_type(a, b);
  if (dtype == DType::Bool)
    return binary<bool, bool>(a, b, [f](bool x, bool y) { return static_cast<bool>(f(int{x}, int{y})); });
  check(dtype == DType::Int64, '"', name, "\" not implemented for '", scalar_name(dtype), "'");
  return binary<std::int64_t, std::int64_t>(a, b, f);
}

/// f(x) for floating x, the same answer everywhere for the others.
template <class F>
Tensor tested(const Tensor& x, bool otherwise, F f) {
  if (!is_floating(x.dtype())) return full(x.shape(), otherwise, DType::Bool);
  return dispatch_floating(x.dtype(), "", [&](auto t) { return unary<bool, decltype(t)>(x, f); });
}

/// Whether f(a, b) holds for all pairs; stops at the first row where it does not.
template <class T, class F>
bool all_pairs(const Tensor& a, const Tensor& b, const F& f) {
  const Shape shape = broadcast_shapes(a.shape(), b.shape());
  const Source<T> sa(a), sb(b);
  bool all = true;
  Walk<2>(shape, {broadcast_strides(sa.tensor(), shape), broadcast_strides(sb.tensor(), shape)})
      .rows([&](auto n, auto& at, auto& step) {
        const T *pa = sa.data() + at[0], *pb = sb.data() + at[1];
        for (std::int64_t i = 0; all && i < n; ++i) all = f(pa[i * step[0]], pb[i * step[1]]);
      });
  return all;
}

} // namespace

Tensor eq(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x == y; });
}
Tensor ne(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x != y; });
}
Tensor lt(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x < y; });
}
Tensor le(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x <= y; });
}
Tensor gt(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x > y; });
}
Tensor ge(const Operand& a, const Operand& b) {
  return compared(a, b, [](auto x, auto y) { return x >= y; });
}

Tensor logical_and(const Operand& a, const Operand& b) {
  return logical(a, b, [](bool x, bool y) { return x && y; });
}
Tensor logical_or(const Operand& a, const Operand& b) {
  return logical(a, b, [](bool x, bool y) { return x || y; });
}
Tensor logical_xor(const Operand& a, const Operand& b) {
  return logical(a, b, [](bool x, bool y) { return x != y; });
}
Tensor logical_not(const Tensor& x) {
  return unary<bool, bool>(cast(x, DType::Bool), [](bool v) { return !v; });
}

Tensor bitwise_and(const Operand& a, const Operand& b) {
  return bitwise(a, b, "bitwise_and_cpu", [](auto x, auto y) { return x & y; });
}
Tensor bitwise_or(const Operand& a, const Operand& b) {
  return bitwise(a, b, "bitwise_or_cpu", [](auto x, auto y) { return x | y; });
}
Tensor bitwise_xor(const Operand& a, const Operand& b) {
  return bitwise(a, b, "bitwise_xor_cpu", [](auto x, auto y) { return x ^ y; });
}
Tensor bitwise_not(const Tensor& x) {
  if (x.dtype() == DType::Bool) return logical_not(x);
  if (x.dtype() != DType::Int64)
    fail(ErrorKind::Type,
         "~ (operator.invert) is only implemented on integer "
         "and Boolean-type tensors");
  return unary<std::int64_t, std::int64_t>(x, [](std::int64_t v) { return ~v; });
}

Tensor isnan(const Tensor& x) {
  return tested(x, false, [](auto v) { return std::isnan(v); });
}
Tensor isinf(const Tensor& x) {
  return tested(x, false, [](auto v) { return std::isinf(v); });
}
Tensor isfinite(const Tensor& x) {
  return tested(x, true, [](auto v) { return std::isfinite(v); });
}

bool equal(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) return false;
  return dispatch(result_type(a, b), [&](auto t) {
    using T = decltype(t);
    return all_pairs<T>(a, b, [](T x, T y) { return x == y; });
  });
}

bool allclose(const Tensor& a, const Tensor& b, double rtol, double atol, bool equal_nan) {
  check(a.dtype() == b.dtype(), scalar_name(a.dtype()), " did not match ", scalar_name(b.dtype()));
  check(rtol >= 0, "rtol must be greater than or equal to zero, but got ", rtol);
  check(atol >= 0, "atol must be greater than or equal to zero, but got ", atol);
  return all_pairs<double>(a, b, [=](double x, double y) {
    if (x == y || (equal_nan && std::isnan(x) && std::isnan(y))) return true;
    return std::isfinite(x) && std::isfinite(y) && std::abs(x - y) <= atol + rtol * std::abs(y);
  });
}

} // namespace unroll::ops
