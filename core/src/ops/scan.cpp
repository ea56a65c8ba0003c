#include "unroll/ops/scan.h"

#include "kernels/lines.h"
#include "ops/operand.h"

// Running results: each line along the dimension is walked once.

namespace unroll::ops {

namespace {

/// Calls f(offset, n, step) for each line of a contiguous tensor of this shape along d.
template <class F>
void lines_along(const Shape& shape, std::int64_t d, F f) {
  const Lines lines(shape, d);
  lines.each([&](std::int64_t, std::int64_t offset) { f(offset, lines.n, lines.step); });
}

/// The running sum from the end.
Tensor sum_from_end(const Tensor& x, std::int64_t d) {
  if (x.dim() == 0) return x;
  return flip(cumsum(flip(x, {d}), d, std::nullopt), {d});
}

/// The gradient of cumprod where an element is zero: the product rule written out.
Tensor cumprod_grad(const Tensor& g, const Tensor& x, std::int64_t d) {
  const Tensor gd = dense(g), xd = dense(x);
  Tensor out = empty(x.shape(), x.dtype());
  dispatch_floating(x.dtype(), "cumprod", [&](auto t) {
    using T = decltype(t);
    const T *pg = gd.data<T>(), *px = xd.data<T>();
    T* po = out.data<T>();
    lines_along(x.shape(), d, [&](std::int64_t at, std::int64_t n, std::int64_t step) {
      double before = 1;
      for (std::int64_t k = 0; k < n; ++k) {
        double product = before, sum = 0;
        for (std::int64_t i = k; i < n; ++i) {
          if (i > k) product *= static_cast<double>(px[at + i * step]);
          sum += product * static_cast<double>(pg[at + i * step]);
        }
        po[at + k * step] = static_cast<T>(sum);
        before *= static_cast<double>(px[at + k * step]);
      }
    });
  });
  return out;
}

/// values[i] is the best so far, where better(candidate, best) says which; NaN stays.
template <class Better>
Pair running_best(const char* name, const Tensor& x, std::int64_t dim, Better better) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const Tensor in = dense(x);
  Tensor values = empty(x.shape(), x.dtype()), indices = empty(x.shape(), DType::Int64);
  dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    const T* px = in.data<T>();
    T* pv = values.data<T>();
    std::int64_t* pi = indices.data<std::int64_t>();
    lines_along(x.shape(), d, [&](std::int64_t at, std::int64_t n, std::int64_t step) {
      std::int64_t best = 0;
      for (std::int64_t i = 0; i < n; ++i) {
        const T v = px[at + i * step], kept = px[at + best * step];
        if (v != v || (kept == kept && better(v, kept))) best = i;
        pv[at + i * step] = px[at + best * step];
        pi[at + i * step] = best;
      }
    });
  });
  if (!needs_grad({x})) return {values, indices};
  record_many(name, {x}, {values, indices}, {detach(indices)}, [d](const Context& c) {
    return Grads{scatter_add(zeros(c.node.inputs[0].shape, c.grad().dtype()), d, c.saved(0), c.grad())};
  });
  return {values, indices};
}

} // namespace

Tensor cumprod(const Tensor& x, std::int64_t dim, OptDType dtype) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const DType result = dtype.value_or(is_floating(x.dtype()) ? x.dtype() : DType::Int64);
  const Tensor in = dense(cast(x, result));
  Tensor y = empty(x.shape(), result);
  dispatch(result, [&](auto t) {
    using T = decltype(t);
    const T* px = in.data<T>();
    T* py = y.data<T>();
    lines_along(x.shape(), d, [&](std::int64_t at, std::int64_t n, std::int64_t step) {
      if constexpr (std::is_integral_v<T>) {
        std::uint64_t product = 1;
        for (std::int64_t i = 0; i < n; ++i)
          py[at + i * step] = static_cast<T>(product *= static_cast<std::uint64_t>(px[at + i * step]));
      } else {
        double product = 1;
        for (std::int64_t i = 0; i < n; ++i)
          py[at + i * step] = static_cast<T>(product *= static_cast<double>(px[at + i * step]));
      }
    });
  });
  return record_unary("CumprodBackward0", x, y, x, [d](const Tensor& g, const Tensor& x) {
    const Tensor values = to(x, g.dtype());
    if (x.dim() == 0) return g;
    if (any(eq(values, 0), std::nullopt, false).item() != 0) return cumprod_grad(g, values, d);
    return div(sum_from_end(mul(g, cumprod(values, d, std::nullopt)), d), values);
  });
}

Pair cummax(const Tensor& x, std::int64_t dim) {
  return running_best("CummaxBackward0", x, dim, [](auto v, auto best) { return v >= best; });
}
Pair cummin(const Tensor& x, std::int64_t dim) {
  return running_best("CumminBackward0", x, dim, [](auto v, auto best) { return v <= best; });
}

namespace {

/// r[i] = g[i] + r[i+1] · exp(y[i] − y[i+1]), then times exp(x[i] − y[i]): no exponent is above zero.
Tensor logcumsumexp_grad(const Tensor& g, const Tensor& x, const Tensor& y, std::int64_t d) {
  const Tensor gd = dense(g), xd = dense(x), yd = dense(y);
  Tensor out = empty(x.shape(), x.dtype());
  dispatch_floating(x.dtype(), "logcumsumexp", [&](auto t) {
    using T = decltype(t);
    const T *pg = gd.data<T>(), *px = xd.data<T>(), *py = yd.data<T>();
    T* po = out.data<T>();
    lines_along(x.shape(), d, [&](std::int64_t at, std::int64_t n, std::int64_t step) {
      double r = 0;
      for (std::int64_t i = n; i-- > 0;) {
        const std::int64_t here = at + i * step;
        const double total = static_cast<double>(py[here]);
        if (i + 1 < n && std::isfinite(total)) r *= std::exp(total - static_cast<double>(py[here + step]));
        r += static_cast<double>(pg[here]);
        po[here] = static_cast<T>(std::isfinite(total) ? r * std::exp(static_cast<double>(px[here]) - total) : 0);
      }
    });
  });
  return out;
}

} // namespace

Tensor logcumsumexp(const Tensor& x, std::int64_t dim) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  const Tensor in = dense(x);
  Tensor y = empty(x.shape(), x.dtype());
  dispatch_floating(x.dtype(), "logcumsumexp_out_cpu", [&](auto t) {
    using T = decltype(t);
    const T* px = in.data<T>();
    T* py = y.data<T>();
    lines_along(x.shape(), d, [&](std::int64_t at, std::int64_t n, std::int64_t step) {
      double sum = -std::numeric_limits<double>::infinity();
      for (std::int64_t i = 0; i < n; ++i) {
        const double v = static_cast<double>(px[at + i * step]), high = std::max(sum, v);
        if (v != v || sum != sum)
          sum = std::numeric_limits<double>::quiet_NaN();
        else if (std::isfinite(high))
          sum = high + std::log1p(std::exp(std::min(sum, v) - high));
        else
          sum = high;
        py[at + i * step] = static_cast<T>(sum);
      }
    });
  });
  if (!wants_grad(x)) return y;
  return record("LogcumsumexpBackward0", {x}, y, {x, y},
                [d](const Context& c) { return Grads{logcumsumexp_grad(c.grad(), c.saved(0), c.saved(1), d)}; });
}

} // namespace unroll::ops
