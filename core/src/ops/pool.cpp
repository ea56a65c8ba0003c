#include "unroll/ops/pool.h"

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "kernels/lines.h"
#include "ops/operand.h"
#include "unroll/sizes.h"

// All poolings are one loop over windows: for each output place the input places that it sees, and what divides their sum.

namespace unroll::ops {

namespace {

/// What one output place sees along one dim: `count` inputs from `begin`, `step` apart, of a window of `size`.
struct Window {
  std::int64_t begin, count, size;
};

/// The windows along each dim (leading dims missing: one window of one place).
struct Windows {
  std::array<std::vector<Window>, 3> along{{{{0, 1, 1}}, {{0, 1, 1}}, {{0, 1, 1}}}};
  std::array<std::int64_t, 3> in{1, 1, 1}, step{1, 1, 1};
  std::int64_t divisor = 0;
  bool count_padding = false;

  std::int64_t inputs() const { return numel({in[0], in[1], in[2]}); }
  std::int64_t outputs() const {
    const auto count = [&](std::size_t d) { return static_cast<std::int64_t>(along[d].size()); };
    return numel({count(0), count(1), count(2)});
  }
  /// Gives dim d room for `count` windows.
  std::vector<Window>& start(std::size_t d, std::int64_t count) {
    along[d].clear();
    along[d].reserve(buffer_size<Window>(count));
    return along[d];
  }
  static double product(std::int64_t a, std::int64_t b, std::int64_t c) {
    return static_cast<double>(a) * static_cast<double>(b) * static_cast<double>(c);
  }
  double divided_by(const Window& a, const Window& b, const Window& c) const {
    if (divisor) return static_cast<double>(divisor);
    return (count_padding ? product(a.size, b.size, c.size) : product(a.count, b.count, c.count));
  }
  /// Calls f(output, a, b, c) for each output place.
  template <class F>
  void each(F&& f) const {
    std::int64_t at = 0;
    for (const Window& a : along[0])
      for (const Window& b : along[1])
        for (const Window& c : along[2]) f(at++, a, b, c);
  }
  /// Calls f(input) for each place that a window sees.
  template <class F>
  void inside(const Window& a, const Window& b, const Window& c, F&& f) const {
    for (std::int64_t i = 0; i < a.count; ++i)
      for (std::int64_t j = 0; j < b.count; ++j) {
        const std::int64_t row = ((a.begin + i * step[0]) * in[1] + b.begin + j * step[1]) * in[2] + c.begin;
        for (std::int64_t k = 0; k < c.count; ++k) f(row + k * step[2]);
      }
  }
};
using Plan = std::shared_ptr<const Windows>;

/// "(3x4x5)", as PyTorch's message prints sizes.
std::string sizes_text(const Shape& lead, const Shape& rest) {
  std::string text = "(";
  for (std::size_t d = 0; d < lead.size(); ++d) text += (d ? "x" : "") + std::to_string(lead[d]);
  for (std::int64_t size : rest) text += "x" + std::to_string(size);
  return text + ")";
}

/// The number of spatial dimensions, which x has behind its batch and its channels.
std::size_t check_dims(const Tensor& x, const Shape& sizes) {
  check(sizes.size() >= 1 && sizes.size() <= 3 && x.shape().size() == sizes.size() + 2, "[pool] got ", x.dim(),
        " dimensions and windows of ", sizes.size());
  return sizes.size();
}

Plan sliding(const Tensor& x, const Shape& kernel, const Shape& stride, const Shape& padding, const Shape& dilation,
             bool ceil_mode) {
  auto plan = std::make_shared<Windows>();
  const std::size_t dims = check_dims(x, kernel);
  for (const Shape* list : {&stride, &padding, &dilation})
    check(list->size() == dims, "[pool] got ", list->size(), " sizes for ", dims, " spatial dimensions");
  Shape sizes, found;
  for (std::size_t d = 0; d < dims; ++d) {
    const std::int64_t size = x.shape()[x.shape().size() - dims + d], k = kernel[d], s = stride[d], p = padding[d],
                       step = dilation[d];
    check(k > 0, "kernel size should be greater than zero, but got kernel_size=", k);
    check(s > 0, "stride should not be zero");
    check(step > 0, "dilation should be greater than zero, but got dilation=", step);
    check(p >= 0, "pad must be non-negative, but got pad: ", p);
    const std::int64_t reach = checked_mul(k - 1, step);
    check(p <= (reach + 1) / 2, "pad should be at most half of effective kernel size, but got pad=", p,
          ", kernel_size=", k, " and dilation=", step);
    const std::int64_t room = checked_add(checked_add(size, checked_mul(2, p)), -1 - reach);
    std::int64_t out = (ceil_mode ? ceil_div(room, s) : floor_div(room, s)) + 1;
    // The last window has to start inside the image or its left padding.
    if (ceil_mode && saturated_mul(out - 1, s) >= size + p) --out;
    sizes.push_back(size);
    found.push_back(out);
    auto& windows = plan->start(3 - dims + d, std::max<std::int64_t>(out, 0));
    plan->in[3 - dims + d] = size;
    plan->step[3 - dims + d] = step;
    for (std::int64_t o = 0; o < out; ++o) {
      const std::int64_t from = o * s - p, whole = std::min(from + k, size + p) - from;
      const std::int64_t begin = from < 0 ? from + checked_mul(ceil_div(-from, step), step) : from;
      const std::int64_t end = std::min(saturated_add(from + 1, reach), size);
      windows.push_back({begin, end <= begin ? 0 : ceil_div(end - begin, step), whole});
    }
  }
  for (std::int64_t out : found)
    check(out >= 1, "Given input size: ", sizes_text({x.size(1)}, dims == 1 ? Shape{1, sizes[0]} : sizes),
          ". Calculated output size: ", sizes_text({x.size(1)}, dims == 1 ? Shape{1, found[0]} : found),
          ". Output size is too small");
  return plan;
}

Plan adaptive(const Tensor& x, const Shape& size) {
  auto plan = std::make_shared<Windows>();
  const std::size_t dims = check_dims(x, size);
  for (std::size_t d = 0; d < dims; ++d) {
    check(size[d] >= 0, "elements of output_size must be greater than or equal to 0 but received ", size[d]);
    const std::int64_t in = x.shape()[x.shape().size() - dims + d];
    auto& windows = plan->start(3 - dims + d, size[d]);
    plan->in[3 - dims + d] = in;
    checked_mul(size[d], in);
    for (std::int64_t o = 0; o < size[d]; ++o) {
      const std::int64_t begin = o * in / size[d], end = ceil_div((o + 1) * in, size[d]);
      windows.push_back({begin, end - begin, end - begin});
    }
  }
  return plan;
}

Shape output_shape(const Tensor& x, const Windows& w, std::size_t dims) {
  Shape shape{x.size(0), x.size(1)};
  for (std::size_t d = 3 - dims; d < 3; ++d) shape.push_back(static_cast<std::int64_t>(w.along[d].size()));
  return shape;
}

Pair max_over(const Tensor& x, const Plan& plan, std::size_t dims, const char* kernel, const char* name) {
  const std::int64_t planes = x.size(0) * x.size(1), n = plan->inputs(), m = plan->outputs();
  const Shape shape = output_shape(x, *plan, dims);
  Tensor y = empty(shape, x.dtype()), indices = empty(shape, DType::Int64);
  const Tensor px = dense(x);
  dispatch_floating(x.dtype(), kernel, [&](auto t) {
    using T = decltype(t);
    for (std::int64_t p = 0; p < planes; ++p) {
      const T* in = px.data<T>() + p * n;
      T* out = y.data<T>() + p * m;
      std::int64_t* places = indices.data<std::int64_t>() + p * m;
      plan->each([&](std::int64_t o, const Window& a, const Window& b, const Window& c) {
        T best = -std::numeric_limits<T>::infinity();
        std::int64_t place = -1;
        plan->inside(a, b, c, [&](std::int64_t i) {
          if (place < 0 || in[i] > best || std::isnan(in[i])) best = in[i], place = i;
        });
        out[o] = best;
        places[o] = place;
      });
    }
  });
  if (!wants_grad(x)) return {y, indices};
  return {record(name, {x}, y, {indices},
                 [planes, n, m, shape = x.shape()](const Context& c) {
                   const Tensor flat = zeros({planes, n}, c.grad().dtype());
                   const Tensor places = reshape(c.saved(0), {planes, m});
                   return Grads{reshape(scatter_add(flat, 1, places, reshape(c.grad(), {planes, m})), shape)};
                 }),
          indices};
}

/// Means over windows, or with `back` the transposed map: x has the output's shape and the result `shape`.
Tensor average(const Tensor& x, const Plan& plan, const Shape& shape, const char* kernel, const char* name, bool back) {
  const std::int64_t n = plan->inputs(), m = plan->outputs(), planes = x.size(0) * x.size(1);
  Tensor y = zeros(shape, x.dtype());
  const Tensor px = dense(x);
  dispatch_floating(x.dtype(), kernel, [&](auto t) {
    using T = decltype(t);
    for (std::int64_t p = 0; p < planes; ++p) {
      const T* from = px.data<T>() + p * (back ? m : n);
      T* to = y.data<T>() + p * (back ? n : m);
      plan->each([&](std::int64_t o, const Window& a, const Window& b, const Window& c) {
        const T by = static_cast<T>(plan->divided_by(a, b, c));
        if (back) {
          const T share = from[o] / by;
          plan->inside(a, b, c, [&](std::int64_t i) { to[i] += share; });
        } else {
          T total = 0;
          plan->inside(a, b, c, [&](std::int64_t i) { total += from[i]; });
          to[o] = total / by;
        }
      });
    }
  });
  if (!wants_grad(x)) return y;
  return record(name, {x}, y, {}, [=, shape = x.shape()](const Context& c) {
    return Grads{average(c.grad(), plan, shape, kernel, name, !back)};
  });
}

/// The dimension in a name: one-dim pooling is two-dim pooling with one row, as in PyTorch.
const char* by_dims(std::size_t dims, const char* two, const char* three) { return dims == 3 ? three : two; }

} // namespace

Pair max_pool(const Tensor& x, const Shape& kernel, const Shape& stride, const Shape& padding, const Shape& dilation,
              bool ceil_mode) {
  const std::size_t dims = kernel.size();
  return max_over(x, sliding(x, kernel, stride, padding, dilation, ceil_mode), dims,
                  by_dims(dims, "max_pool2d", "max_pool3d"),
                  by_dims(dims, "MaxPool2DWithIndicesBackward0", "MaxPool3DWithIndicesBackward0"));
}

Tensor avg_pool(const Tensor& x, const Shape& kernel, const Shape& stride, const Shape& padding, bool ceil_mode,
                bool count_include_pad, std::int64_t divisor) {
  const std::size_t dims = kernel.size();
  auto plan = std::make_shared<Windows>(*sliding(x, kernel, stride, padding, Shape(dims, 1), ceil_mode));
  plan->divisor = divisor;
  plan->count_padding = count_include_pad;
  return average(x, plan, output_shape(x, *plan, dims), by_dims(dims, "avg_pool2d", "avg_pool3d_out_frame"),
                 by_dims(dims, "AvgPool2DBackward0", "AvgPool3DBackward0"), false);
}

Pair adaptive_max_pool(const Tensor& x, const Shape& size) {
  return max_over(x, adaptive(x, size), size.size(), by_dims(size.size(), "adaptive_max_pool2d", "adaptive_max_pool3d"),
                  by_dims(size.size(), "AdaptiveMaxPool2DBackward0", "AdaptiveMaxPool3DBackward0"));
}

Tensor adaptive_avg_pool(const Tensor& x, const Shape& size) {
  const Plan plan = adaptive(x, size);
  return average(x, plan, output_shape(x, *plan, size.size()),
                 by_dims(size.size(), "adaptive_avg_pool2d", "adaptive_avg_pool3d_cpu"),
                 by_dims(size.size(), "AdaptiveAvgPool2DBackward0", "AdaptiveAvgPool3DBackward0"), false);
}

} // namespace unroll::ops
