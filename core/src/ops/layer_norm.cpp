#include "kernels/lines.h"
#include "kernels/rows.h"
#include "ops/operand.h"

namespace unroll::ops {

namespace {

void check_sizes(const Tensor& x, const Shape& sizes, const Tensor& weight, const Tensor& bias) {
  check(!sizes.empty(),
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got ",
        "normalized_shape = ", to_string(sizes));
  const auto fits = [&](const Tensor& t, const char* name) {
    check(!t.defined() || t.shape() == sizes, "Expected ", name, " to be of same shape as normalized_shape, but got ",
          name, " of shape ", to_string(t.defined() ? t.shape() : sizes), " and normalized_shape = ", to_string(sizes));
  };
  fits(weight, "weight");
  fits(bias, "bias");
  const bool tail =
      x.shape().size() >= sizes.size() && std::equal(sizes.begin(), sizes.end(), x.shape().end() - sizes.size());
  if (!tail) {
    std::string expected = "[*";
    for (std::int64_t size : sizes) expected += ", " + std::to_string(size);
    fail(ErrorKind::Runtime, "Given normalized_shape=", to_string(sizes), ", expected input with shape ", expected,
         "], but got input of size", to_string(x.shape()));
  }
  for (const Tensor* t : {&weight, &bias})
    check(!t->defined() || t->dtype() == x.dtype(), "mixed dtype (CPU): expect parameter to have scalar type of ",
          scalar_name(x.dtype()));
}

/// stats (rows, 2): mean and 1/√(variance + eps) of each row.
template <class T>
void forward(const Tensor& x, const Tensor& weight, const Tensor& bias, double eps, std::int64_t n, const Tensor& y,
             const Tensor& stats) {
  const T *px = x.data<T>(), *w = weight.defined() ? weight.data<T>() : nullptr,
          *b = bias.defined() ? bias.data<T>() : nullptr;
  T *py = y.data<T>(), *ps = stats.data<T>();
  for (std::int64_t r = 0; r < stats.shape()[0]; ++r, px += n, py += n) {
    const auto count = static_cast<rows::Index>(n);
    const T mean = static_cast<T>(rows::sum(px, count) / static_cast<double>(n));
    const double squares = rows::sum_of(px, count, [mean](const auto& v) { return (v - mean) * (v - mean); });
    const T scale = static_cast<T>(1 / std::sqrt(squares / static_cast<double>(n) + eps));
    for (std::int64_t i = 0; i < n; ++i) {
      const T normal = (px[i] - mean) * scale;
      py[i] = (w ? normal * w[i] : normal) + (b ? b[i] : T(0));
    }
    ps[2 * r] = mean;
    ps[2 * r + 1] = scale;
  }
}

/// dx = scale·(h - mean(h) - x̂·mean(h·x̂)) with h = g·weight and x̂ = (x - mean)·scale;  dw = Σ g·x̂;  db = Σ g.
template <class T>
Grads fused_grads(const Context& c, const Tensor& g, const Tensor& x, const Tensor& weight, const Tensor& stats,
                  std::int64_t n) {
  Grads grads{c.needs(0) ? empty(x.shape(), x.dtype()) : Tensor(), Tensor(), Tensor()};
  std::vector<double> dw(c.needs(1) ? static_cast<std::size_t>(n) : 0),
      db(c.needs(2) ? static_cast<std::size_t>(n) : 0);
  const T *pg = g.data<T>(), *px = x.data<T>(), *ps = stats.data<T>(),
          *w = weight.defined() ? weight.data<T>() : nullptr;
  T* dx = c.needs(0) ? grads[0].data<T>() : nullptr;
  for (std::int64_t r = 0; r < stats.shape()[0]; ++r, pg += n, px += n) {
    const T mean = ps[2 * r], scale = ps[2 * r + 1];
    double sum = 0, product = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const T normal = (px[i] - mean) * scale, h = w ? pg[i] * w[i] : pg[i];
      sum += static_cast<double>(h);
      product += static_cast<double>(h * normal);
      if (!dw.empty()) dw[static_cast<std::size_t>(i)] += static_cast<double>(pg[i] * normal);
      if (!db.empty()) db[static_cast<std::size_t>(i)] += static_cast<double>(pg[i]);
    }
    if (!dx) continue;
    const T mean_h = static_cast<T>(sum / static_cast<double>(n)),
            mean_product = static_cast<T>(product / static_cast<double>(n));
    for (std::int64_t i = 0; i < n; ++i) {
      const T normal = (px[i] - mean) * scale, h = w ? pg[i] * w[i] : pg[i];
      dx[i] = scale * (h - mean_h - normal * mean_product);
    }
    dx += n;
  }
  if (c.needs(1)) grads[1] = from_values({n}, dw, x.dtype());
  if (c.needs(2)) grads[2] = from_values({n}, db, x.dtype());
  return grads;
}

/// The same over recorded ops; x and g are (rows, n).
Grads recorded_grads(const Context& c, const Tensor& g, const Tensor& x, const Tensor& weight, double eps) {
  const OptDims last = Shape{-1};
  const auto average = [&](const Tensor& t) { return mean(t, last, true, std::nullopt); };
  const Tensor centred = sub(x, average(x));
  const Tensor scale = rsqrt(add(average(mul(centred, centred)), eps));
  const Tensor normal = mul(centred, scale), h = weight.defined() ? mul(g, weight) : g;
  const OptDims rows = Shape{0};
  return {c.needs(0) ? mul(scale, sub(sub(h, average(h)), mul(normal, average(mul(h, normal))))) : Tensor(),
          c.needs(1) ? sum(mul(g, normal), rows, false, std::nullopt) : Tensor(),
          c.needs(2) ? sum(g, rows, false, std::nullopt) : Tensor()};
}

} // namespace

Tensor layer_norm(const Tensor& x, const Shape& normalized_shape, const Tensor& weight, const Tensor& bias,
                  double eps) {
  check_sizes(x, normalized_shape, weight, bias);
  const std::int64_t n = numel(normalized_shape);
  const std::int64_t rows = n == 0 ? 0 : x.numel() / n;
  Tensor y = empty(x.shape(), x.dtype()), stats = empty({rows, 2}, is_floating(x.dtype()) ? x.dtype() : DType::Float32);
  const auto dense_or_none = [](const Tensor& t) { return t.defined() ? dense(t) : t; };
  dispatch_floating(x.dtype(), "LayerNormKernelImpl", [&](auto t) {
    forward<decltype(t)>(dense(x), dense_or_none(weight), dense_or_none(bias), eps, n, y, stats);
  });
  if (!wants_grad(x, weight, bias)) return y;
  return record("NativeLayerNormBackward0", {x, weight, bias}, y, {x, weight, stats},
                [=, sizes = normalized_shape](const Context& c) {
                  const Tensor x = c.saved(0), weight = c.saved(1), g = c.grad();
                  const Tensor flat = weight.defined() ? reshape(weight, {n}) : weight;
                  Grads grads = wants_grad(x, weight, g)
                                    ? recorded_grads(c, reshape(g, {rows, n}), reshape(x, {rows, n}), flat, eps)
                                : x.dtype() == DType::Float32
                                    ? fused_grads<float>(c, dense(g), dense(x), dense_or_none(flat), c.saved(2), n)
                                    : fused_grads<double>(c, dense(g), dense(x), dense_or_none(flat), c.saved(2), n);
                  for (std::size_t i = 0; i < 3; ++i)
                    if (grads[i].defined()) grads[i] = reshape(grads[i], i == 0 ? x.shape() : sizes);
                  return grads;
                });
}

} // namespace unroll::ops
