#include "kernels/lines.h"
#include "kernels/rows.h"
#include "ops/operand.h"

namespace unroll::ops {

namespace {

template <class T>
void softmax_row(const T* x, T* y, rows::Index n) {
  const double total = rows::sum_exp(x, rows::max(x, n), n, y);
  const T divisor = static_cast<T>(total);
  rows::map(y, y, n, [divisor](const auto& v) { return v / divisor; });
}

template <class T>
void log_softmax_row(const T* x, T* y, rows::Index n) {
  const T largest = rows::max(x, n);
  const T log_total = static_cast<T>(std::log(rows::sum_exp(x, largest, n, static_cast<T*>(nullptr))));
  // Two differences, so that large inputs lose nothing.
  rows::map(x, y, n, [largest, log_total](const auto& v) { return v - largest - log_total; });
}

/// y·(g - Σ g·y).
template <class T>
void softmax_grad_row(const T* g, const T* y, T* dx, rows::Index n) {
  const T total = static_cast<T>(rows::dot(g, y, n));
  rows::map(g, y, dx, n, [total](const auto& g, const auto& y) { return y * (g - total); });
}

/// g - exp(y)·Σ g.
template <class T>
void log_softmax_grad_row(const T* g, const T* y, T* dx, rows::Index n) {
  const T total = static_cast<T>(rows::sum(g, n));
  rows::map(g, y, dx, n, [total](const auto& g, const auto& y) {
    using std::exp, xsimd::exp;
    return g - exp(y) * total;
  });
}

template <bool log, class T>
Tensor forward(const Tensor& x, std::int64_t dim) {
  const Tensor values = dense(x);
  Tensor y = empty(x.shape(), x.dtype());
  const Lines lines(x.shape(), dim);
  LineBuffer<T> in(lines), out(lines);
  const T* px = values.data<T>();
  T* py = y.data<T>();
  lines.each([&](std::int64_t, std::int64_t at) {
    const auto n = static_cast<rows::Index>(lines.n);
    if constexpr (log)
      log_softmax_row(in.read(px + at), out.room(py + at), n);
    else
      softmax_row(in.read(px + at), out.room(py + at), n);
    out.store(py + at);
  });
  return y;
}

template <bool log, class T>
Tensor fused_grad(const Tensor& g, const Tensor& y, std::int64_t dim) {
  const Tensor gradient = dense(g);
  Tensor dx = empty(y.shape(), y.dtype());
  const Lines lines(y.shape(), dim);
  LineBuffer<T> in_g(lines), in_y(lines), out(lines);
  const T *pg = gradient.data<T>(), *py = y.data<T>();
  T* px = dx.data<T>();
  lines.each([&](std::int64_t, std::int64_t at) {
    const auto n = static_cast<rows::Index>(lines.n);
    if constexpr (log)
      log_softmax_grad_row(in_g.read(pg + at), in_y.read(py + at), out.room(px + at), n);
    else
      softmax_grad_row(in_g.read(pg + at), in_y.read(py + at), out.room(px + at), n);
    out.store(px + at);
  });
  return dx;
}

template <bool log>
Tensor backward(const Tensor& g, const Tensor& y, std::int64_t dim) {
  if (!wants_grad(g, y) && g.dtype() == y.dtype() && y.is_contiguous())
    return y.dtype() == DType::Float32 ? fused_grad<log, float>(g, y, dim) : fused_grad<log, double>(g, y, dim);
  const OptDims over = Shape{dim};
  if (log) return sub(g, mul(exp(y), sum(g, over, true, std::nullopt)));
  return mul(y, sub(g, sum(mul(g, y), over, true, std::nullopt)));
}

template <bool log>
Tensor normalized(const Tensor& x, std::int64_t dim, OptDType dtype, const char* kernel, const char* node) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const Tensor values = dtype ? cast(x, *dtype) : x;
  Tensor y = dispatch_floating(values.dtype(), kernel, [&](auto t) { return forward<log, decltype(t)>(values, d); });
  return record_unary(node, x, y, y, [d](const Tensor& g, const Tensor& y) {
    if (y.dim() > 0) return backward<log>(g, y, d);
    return log ? sub(g, mul(exp(y), g)) : mul(y, sub(g, mul(g, y)));
  });
}

} // namespace

Tensor softmax(const Tensor& x, std::int64_t dim, OptDType dtype) {
  return normalized<false>(x, dim, dtype, "softmax_lastdim_kernel_impl", "SoftmaxBackward0");
}

Tensor log_softmax(const Tensor& x, std::int64_t dim, OptDType dtype) {
  return normalized<true>(x, dim, dtype, "log_softmax_lastdim_kernel_impl", "LogSoftmaxBackward0");
}

} // namespace unroll::ops
