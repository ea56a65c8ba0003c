#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels/copy.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

namespace unroll::ops {

namespace {

/// How many values an arange has; int64 counts in integers, as its values do.          [ATen/native/RangeFactories.cpp]
template <class T>
std::int64_t arange_length(double start, double end, double step) {
  const T first = cast_element<T>(start), last = cast_element<T>(end), by = cast_element<T>(step);
  check(by > 0 || by < 0, "step must be nonzero");
  check(std::isfinite(start) && std::isfinite(end), "unsupported range: ", start, " -> ", end);
  check((by > 0 && last >= first) || (by < 0 && last <= first),
        "upper bound and larger bound inconsistent with step sign");
  if constexpr (std::is_same_v<T, std::int64_t>) {
    // A distance that int64 does not hold still fits without a sign, and so does a step.
    const bool up = by > 0;
    const auto far = up ? static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
                        : static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last);
    const auto each = up ? static_cast<std::uint64_t>(by) : -static_cast<std::uint64_t>(by);
    const std::uint64_t length = far / each + (far % each != 0);
    check(length <= INT64_MAX, "invalid size, possible overflow?");
    return static_cast<std::int64_t>(length);
  }
  const double length = std::ceil((end - start) / step);
  check(length < 9e18, "invalid size, possible overflow?");
  return static_cast<std::int64_t>(length);
}

} // namespace

Tensor arange(double start, double end, double step, DType dtype) {
  return dispatch_numeric(dtype, "arange_cpu", [&](auto t) {
    using T = decltype(t);
    using Wide = std::conditional_t<std::is_same_v<T, float>, double, T>;
    Tensor y = empty({arange_length<Wide>(start, end, step)}, dtype);
    const Wide first = cast_element<Wide>(start), by = cast_element<Wide>(step);
    T* out = y.data<T>();
    for (std::int64_t i = 0; i < y.numel(); ++i) out[i] = static_cast<T>(first + by * static_cast<Wide>(i));
    return y;
  });
}

Tensor linspace(double start, double end, std::int64_t steps, DType dtype) {
  check(steps >= 0, "number of steps must be non-negative");
  return dispatch_numeric(dtype, "linspace_cpu", [&](auto t) {
    using T = decltype(t);
    using Step = std::conditional_t<std::is_same_v<T, float>, float, double>;
    Tensor y = empty({steps}, dtype);
    T* out = y.data<T>();
    const T first = cast_element<T>(start), last = cast_element<T>(end);
    if (steps == 1) out[0] = first;
    if (steps <= 1) return y;
    const Step by = (static_cast<Step>(last) - static_cast<Step>(first)) / static_cast<Step>(steps - 1);
    // From both ends towards the middle, so that both ends are exact.
    for (std::int64_t i = 0; i < steps; ++i)
      out[i] = cast_element<T>(i < steps / 2 ? static_cast<Step>(first) + by * static_cast<Step>(i)
                                             : static_cast<Step>(last) - by * static_cast<Step>(steps - i - 1));
    return y;
  });
}

Tensor eye(std::int64_t n, std::int64_t m, DType dtype) {
  check(n >= 0, "n must be greater or equal to 0, got ", n);
  check(m >= 0, "m must be greater or equal to 0, got ", m);
  Tensor y = zeros({n, m}, dtype);
  dispatch(dtype, [&](auto t) {
    using T = decltype(t);
    for (std::int64_t i = 0; i < std::min(n, m); ++i) y.data<T>()[i * (m + 1)] = T(1);
  });
  return y;
}

namespace {

/// A contiguous copy of x, with zeros in the columns of row i of every matrix that cut(i) = {begin, end} names.
template <class Cut>
Tensor cut_triangle(const Tensor& x, const char* name, Cut cut) {
  check(x.dim() >= 2, name, ": input tensor must have at least 2 dimensions");
  Tensor y = empty(x.shape(), x.dtype());
  copy_into(y, x);
  const std::int64_t rows = x.size(-2), columns = x.size(-1);
  const std::int64_t all_rows = columns == 0 ? 0 : y.numel() / columns;
  for (std::int64_t r = 0; r < all_rows; ++r) {
    auto [begin, end] = cut(r % rows);
    begin = std::clamp<std::int64_t>(begin, 0, columns);
    end = std::clamp<std::int64_t>(end, 0, columns);
    if (end > begin)
      std::memset(address(y, r * columns + begin), 0, static_cast<std::size_t>((end - begin) * size_of(y.dtype())));
  }
  return y;
}

} // namespace

Tensor tril(const Tensor& x, std::int64_t diagonal) {
  Tensor y =
      cut_triangle(x, "tril", [=](std::int64_t i) { return std::pair{saturated_add(i + 1, diagonal), INT64_MAX}; });
  return record("TrilBackward0", {x}, y, {}, [diagonal](const Context& c) { return Grads{tril(c.grad(), diagonal)}; });
}

Tensor triu(const Tensor& x, std::int64_t diagonal) {
  Tensor y =
      cut_triangle(x, "triu", [=](std::int64_t i) { return std::pair{std::int64_t{0}, saturated_add(i, diagonal)}; });
  return record("TriuBackward0", {x}, y, {}, [diagonal](const Context& c) { return Grads{triu(c.grad(), diagonal)}; });
}

} // namespace unroll::ops
