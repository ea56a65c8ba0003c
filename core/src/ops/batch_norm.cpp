#include "unroll/ops/batch_norm.h"

#include <cmath>
#include <vector>

#include "kernels/lines.h"
#include "kernels/rows.h"
#include "ops/operand.h"

namespace unroll::ops {

namespace {

/// x seen as `samples` times `channels` rows of n elements.
struct Planes {
  std::int64_t samples, channels, n;
  explicit Planes(const Tensor& x) : samples(x.size(0)), channels(x.size(1)), n(1) {
    for (std::size_t d = 2; d < x.shape().size(); ++d) n *= x.shape()[d];
  }
  std::int64_t count() const { return samples * n; }
  /// Calls f(offset) for each row of channel c.
  template <class F>
  void each(std::int64_t c, F&& f) const {
    for (std::int64_t s = 0; s < samples; ++s) f((s * channels + c) * n);
  }
};

void check_sizes(const Tensor& x, const std::initializer_list<std::pair<const Tensor*, const char*>>& vectors) {
  for (const auto& [t, name] : vectors)
    check(!t->defined() || t->numel() == x.size(1), name, " should contain ", x.size(1), " elements not ",
          t->defined() ? t->numel() : 0);
}

/// Moves running towards the statistics of this batch.
template <class T>
void move_running(const Tensor& running, std::int64_t c, double value, double momentum) {
  if (!running.defined()) return;
  T& place = running.data<T>()[c * running.strides()[0]];
  place = static_cast<T>(momentum * value + (1 - momentum) * static_cast<double>(place));
}

template <class T>
void forward(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean,
             const Tensor& running_var, bool training, double momentum, double eps, const Tensor& y,
             const Tensor& stats) {
  const Planes planes(x);
  const auto row = static_cast<rows::Index>(planes.n);
  const double count = static_cast<double>(planes.count());
  for (std::int64_t c = 0; c < planes.channels; ++c) {
    double mean = 0, var = 0;
    if (training) {
      planes.each(c, [&](std::int64_t at) { mean += rows::sum(x.data<T>() + at, row); });
      mean /= count;
      const T centre = static_cast<T>(mean);
      planes.each(c, [&](std::int64_t at) {
        var += rows::sum_of(x.data<T>() + at, row, [centre](const auto& v) { return (v - centre) * (v - centre); });
      });
      move_running<T>(running_mean, c, mean, momentum);
      move_running<T>(running_var, c, var / (count - 1), momentum);
      var /= count;
    } else {
      mean = static_cast<double>(running_mean.data<T>()[c * running_mean.strides()[0]]);
      var = static_cast<double>(running_var.data<T>()[c * running_var.strides()[0]]);
    }
    const double scale = 1 / std::sqrt(var + eps);
    const T factor = static_cast<T>(weight.defined() ? scale * static_cast<double>(weight.data<T>()[c]) : scale);
    const T shift = (bias.defined() ? bias.data<T>()[c] : T(0)) - static_cast<T>(mean) * factor;
    planes.each(c, [&](std::int64_t at) {
      const T* in = x.data<T>() + at;
      T* out = y.data<T>() + at;
      for (std::int64_t i = 0; i < planes.n; ++i) out[i] = in[i] * factor + shift;
    });
    stats.data<T>()[c] = static_cast<T>(mean);
    stats.data<T>()[planes.channels + c] = static_cast<T>(scale);
  }
}

/// dx = w·scale·(g - mean(g) - x̂·mean(g·x̂)) while training, w·scale·g otherwise;  dw = Σ g·x̂;  db = Σ g.
template <class T>
Grads fused_grads(const Context& ctx, const Tensor& g, const Tensor& x, const Tensor& weight, const Tensor& stats,
                  bool training) {
  const Planes planes(x);
  const Tensor dx = ctx.needs(0) ? empty(x.shape(), x.dtype()) : Tensor();
  std::vector<double> dw(static_cast<std::size_t>(planes.channels)), db(dw.size());
  for (std::int64_t c = 0; c < planes.channels; ++c) {
    const T mean = stats.data<T>()[c], scale = stats.data<T>()[planes.channels + c];
    double sum = 0, product = 0;
    planes.each(c, [&](std::int64_t at) {
      const T *pg = g.data<T>() + at, *px = x.data<T>() + at;
      for (std::int64_t i = 0; i < planes.n; ++i) {
        sum += static_cast<double>(pg[i]);
        product += static_cast<double>(pg[i] * (px[i] - mean) * scale);
      }
    });
    dw[static_cast<std::size_t>(c)] = product;
    db[static_cast<std::size_t>(c)] = sum;
    if (!dx.defined()) continue;
    const T factor = weight.defined() ? scale * weight.data<T>()[c] : scale;
    const double count = static_cast<double>(planes.count());
    const T mean_g = static_cast<T>(training ? sum / count : 0),
            mean_p = static_cast<T>(training ? product / count : 0);
    planes.each(c, [&](std::int64_t at) {
      const T *pg = g.data<T>() + at, *px = x.data<T>() + at;
      T* out = dx.data<T>() + at;
      for (std::int64_t i = 0; i < planes.n; ++i) out[i] = factor * (pg[i] - mean_g - (px[i] - mean) * scale * mean_p);
    });
  }
  return {dx, ctx.needs(1) ? from_values({planes.channels}, dw, x.dtype()) : Tensor(),
          ctx.needs(2) ? from_values({planes.channels}, db, x.dtype()) : Tensor()};
}

/// The same over recorded ops, for gradients of gradients.
Grads recorded_grads(const Context& c, const Tensor& g, const Tensor& x, const Tensor& weight, const Tensor& stats,
                     bool training, double eps) {
  Shape dims{0}, wide(x.shape().size(), 1);
  for (std::int64_t d = 2; d < x.dim(); ++d) dims.push_back(d);
  wide[1] = x.size(1);
  const auto average = [&](const Tensor& t) { return mean(t, OptDims(dims), true, std::nullopt); };
  const auto total = [&](const Tensor& t) { return sum(t, OptDims(dims), false, std::nullopt); };
  const Tensor centre = training ? average(x) : reshape(select(stats, 0, 0), wide);
  const Tensor centred = sub(x, centre);
  const Tensor scale = training ? rsqrt(add(average(mul(centred, centred)), eps)) : reshape(select(stats, 0, 1), wide);
  const Tensor normal = mul(centred, scale), h = weight.defined() ? mul(g, reshape(weight, wide)) : g;
  const Tensor inner = training ? sub(sub(h, average(h)), mul(normal, average(mul(h, normal)))) : h;
  return {c.needs(0) ? mul(scale, inner) : Tensor(), c.needs(1) ? total(mul(g, normal)) : Tensor(),
          c.needs(2) ? total(g) : Tensor()};
}

} // namespace

Tensor batch_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean,
                  const Tensor& running_var, bool training, double momentum, double eps) {
  check(x.dim() >= 2, "[batch_norm] got an input of ", x.dim(), " dims, expected (N, C, *)");
  check_sizes(x,
              {{&running_mean, "running_mean"}, {&running_var, "running_var"}, {&weight, "weight"}, {&bias, "bias"}});
  check(training || (running_mean.defined() && running_var.defined()),
        "running_mean and running_var must be defined in evaluation mode");
  for (const Tensor* t : {&weight, &bias, &running_mean, &running_var})
    check(!t->defined() || t->dtype() == x.dtype(), "mixed dtype (CPU): expect parameter to have scalar type of ",
          scalar_name(x.dtype()));
  const auto dense_or_none = [](const Tensor& t) { return t.defined() ? dense(t) : t; };
  Tensor y = empty(x.shape(), x.dtype()), stats = empty({2, x.size(1)}, x.dtype());
  dispatch_floating(x.dtype(), "batch_norm", [&](auto t) {
    forward<decltype(t)>(dense(x), dense_or_none(weight), dense_or_none(bias), running_mean, running_var, training,
                         momentum, eps, y, stats);
  });
  for (const Tensor* t : {&running_mean, &running_var})
    if (training && t->defined()) t->bump_version();
  if (!wants_grad(x, weight, bias)) return y;
  return record("NativeBatchNormBackward0", {x, weight, bias}, y, {x, weight, stats}, [=](const Context& c) {
    const Tensor x = c.saved(0), weight = c.saved(1), stats = c.saved(2), g = c.grad();
    if (wants_grad(x, weight, g)) return recorded_grads(c, g, x, weight, stats, training, eps);
    const Tensor w = dense_or_none(weight);
    return x.dtype() == DType::Float32 ? fused_grads<float>(c, dense(g), dense(x), w, stats, training)
                                       : fused_grads<double>(c, dense(g), dense(x), w, stats, training);
  });
}

Tensor group_norm(const Tensor& x, std::int64_t groups, const Tensor& weight, const Tensor& bias, double eps) {
  check(x.dim() >= 2, "Expected at least 2 dimensions for input tensor but received ", x.dim());
  check(groups > 0, "Expected num groups to be greater than 0, got ", groups);
  const std::int64_t channels = x.size(1);
  check(channels % groups == 0, "Expected number of channels in input to be divisible by num_groups, but got input of ",
        "shape ", to_string(x.shape()), " and num_groups=", groups);
  for (const auto& [t, name] : {std::pair(&weight, "weight"), std::pair(&bias, "bias")})
    check(!t->defined() || (t->dim() == 1 && t->numel() == channels), "Expected ", name,
          " to be a vector of size equal to the number of channels in input, but got ", name, " of shape ",
          t->defined() ? to_string(t->shape()) : "", " and input of shape ", to_string(x.shape()));
  if (x.numel() == 0) return clone(x);
  const std::int64_t rows = x.size(0) * groups, n = x.numel() / rows;
  Tensor y = reshape(layer_norm(reshape(x, {rows, n}), {n}, Tensor(), Tensor(), eps), x.shape());
  Shape wide(x.shape().size(), 1);
  wide[1] = channels;
  if (weight.defined()) y = mul(y, reshape(weight, wide));
  if (bias.defined()) y = add(y, reshape(bias, wide));
  // One node in PyTorch; here the last of a few carries its name.
  if (y.grad_fn()) y.grad_fn()->name = "NativeGroupNormBackward0";
  return y;
}

} // namespace unroll::ops
