#include "unroll/ops/conv.h"

#include <algorithm>
#include <vector>

#include "kernels/gemm.h"
#include "kernels/lines.h"
#include "ops/columns.h"
#include "ops/operand.h"
#include "unroll/sizes.h"

// Three products that are linear in each of their two tensors, so that each is the gradient of the others:
//   forward (x, w) → y       Y = W · columns(X)
//   input   (y, w) → x       X = image(Wᵀ · Y)        a transposed convolution
//   weight  (x, y) → w       W = Y · columns(X)ᵀ
// a sample and a group at a time.

namespace unroll::ops {

namespace {

struct Options {
  Shape stride, padding, dilation;
  std::int64_t groups;
};

Shape spatial(const Tensor& x) { return Shape(x.shape().begin() + 2, x.shape().end()); }
Shape joined(std::int64_t a, std::int64_t b, const Shape& rest) {
  Shape shape{a, b};
  for (std::int64_t size : rest) shape.push_back(size);
  return shape;
}

Tensor forward(const Tensor& x, const Tensor& w, const Tensor& bias, const Options& o);
Tensor to_input(const Tensor& y, const Tensor& w, const Tensor& bias, const Shape& size, const Options& o);
Tensor to_weight(const Tensor& x, const Tensor& y, const Shape& kernel, const Options& o);

Tensor bias_grad(const Context& c) {
  Shape dims{0};
  for (std::int64_t d = 2; d < c.grad().dim(); ++d) dims.push_back(d);
  return c.needs(2) ? sum(c.grad(), OptDims(dims), false, std::nullopt) : Tensor();
}

/// Fills each channel of y with its bias, or zero.
template <class T>
void start(const Tensor& y, const Tensor& bias) {
  const std::int64_t channels = y.shape()[1], planes = y.shape()[0] * channels;
  const std::int64_t n = planes == 0 ? 0 : y.numel() / planes;
  const Tensor values = bias.defined() ? dense(bias) : bias;
  for (std::int64_t p = 0; p < planes; ++p)
    std::fill_n(y.data<T>() + p * n, n, bias.defined() ? values.data<T>()[p % channels] : T(0));
}

/// Calls f(sample, group) for all.
template <class F>
void each(std::int64_t samples, std::int64_t groups, F&& f) {
  for (std::int64_t n = 0; n < samples; ++n)
    for (std::int64_t g = 0; g < groups; ++g) f(n, g);
}

Tensor forward(const Tensor& x, const Tensor& w, const Tensor& bias, const Options& o) {
  const Shape kernel = spatial(w);
  const Sliding s(spatial(x), kernel, o.stride, o.padding, o.dilation);
  const std::int64_t channels = w.size(1), outputs = w.size(0) / o.groups, k = checked_mul(channels, s.kernel_size());
  Tensor y = empty(joined(x.size(0), w.size(0), s.output()), x.dtype());
  const Tensor px = dense(x), pw = dense(w);
  dispatch_floating(x.dtype(), "slow_conv2d_cpu", [&](auto t) {
    using T = decltype(t);
    start<T>(y, bias);
    if (y.numel() == 0) return;
    std::vector<T> columns(buffer_size<T>(checked_mul(k, s.blocks())));
    each(x.size(0), o.groups, [&](std::int64_t n, std::int64_t g) {
      const T* image = px.data<T>() + (n * o.groups + g) * channels * s.inputs();
      image_to_columns(image, channels, s, columns.data());
      gemm<T>(outputs, s.blocks(), k, {pw.data<T>() + g * outputs * k, k, 1}, {columns.data(), s.blocks(), 1},
              y.data<T>() + (n * o.groups + g) * outputs * s.blocks(), s.blocks(), true);
    });
  });
  if (!wants_grad(x, w, bias)) return y;
  return record("ConvolutionBackward0", {x, w, bias}, y, {x, w}, [o, kernel](const Context& c) {
    const Tensor x = c.saved(0), w = c.saved(1);
    return Grads{c.needs(0) ? to_input(c.grad(), w, Tensor(), spatial(x), o) : Tensor(),
                 c.needs(1) ? to_weight(x, c.grad(), kernel, o) : Tensor(), bias_grad(c)};
  });
}

Tensor to_input(const Tensor& y, const Tensor& w, const Tensor& bias, const Shape& size, const Options& o) {
  const Shape kernel = spatial(w);
  const Sliding s(size, kernel, o.stride, o.padding, o.dilation);
  const std::int64_t channels = w.size(1), outputs = w.size(0) / o.groups, k = checked_mul(channels, s.kernel_size());
  Tensor x = empty(joined(y.size(0), channels * o.groups, size), y.dtype());
  const Tensor py = dense(y), pw = dense(w);
  dispatch_floating(y.dtype(), "slow_conv_transpose2d_out_cpu", [&](auto t) {
    using T = decltype(t);
    start<T>(x, bias);
    if (x.numel() == 0 || y.numel() == 0) return;
    std::vector<T> columns(buffer_size<T>(checked_mul(k, s.blocks())));
    each(y.size(0), o.groups, [&](std::int64_t n, std::int64_t g) {
      gemm<T>(k, s.blocks(), outputs, {pw.data<T>() + g * outputs * k, 1, k},
              {py.data<T>() + (n * o.groups + g) * outputs * s.blocks(), s.blocks(), 1}, columns.data(), s.blocks(),
              false);
      columns_to_image(columns.data(), channels, s, x.data<T>() + (n * o.groups + g) * channels * s.inputs());
    });
  });
  if (!wants_grad(y, w, bias)) return x;
  return record("ConvolutionBackward0", {y, w, bias}, x, {y, w}, [o, kernel](const Context& c) {
    const Tensor y = c.saved(0), w = c.saved(1);
    return Grads{c.needs(0) ? forward(c.grad(), w, Tensor(), o) : Tensor(),
                 c.needs(1) ? to_weight(c.grad(), y, kernel, o) : Tensor(), bias_grad(c)};
  });
}

Tensor to_weight(const Tensor& x, const Tensor& y, const Shape& kernel, const Options& o) {
  const Sliding s(spatial(x), kernel, o.stride, o.padding, o.dilation);
  const std::int64_t channels = x.size(1) / o.groups, outputs = y.size(1) / o.groups,
                     k = checked_mul(channels, s.kernel_size());
  Tensor w = zeros(joined(y.size(1), channels, kernel), x.dtype());
  const Tensor px = dense(x), py = dense(y);
  dispatch_floating(x.dtype(), "slow_conv2d_cpu", [&](auto t) {
    using T = decltype(t);
    if (y.numel() == 0) return;
    std::vector<T> columns(buffer_size<T>(checked_mul(k, s.blocks())));
    each(x.size(0), o.groups, [&](std::int64_t n, std::int64_t g) {
      image_to_columns(px.data<T>() + (n * o.groups + g) * channels * s.inputs(), channels, s, columns.data());
      gemm<T>(outputs, k, s.blocks(), {py.data<T>() + (n * o.groups + g) * outputs * s.blocks(), s.blocks(), 1},
              {columns.data(), 1, s.blocks()}, w.data<T>() + g * outputs * k, k, true);
    });
  });
  return record("ConvolutionBackwardBackward0", {x, y}, w, {x, y}, [o](const Context& c) {
    const Tensor x = c.saved(0), y = c.saved(1);
    return Grads{c.needs(0) ? to_input(y, c.grad(), Tensor(), spatial(x), o) : Tensor(),
                 c.needs(1) ? forward(x, c.grad(), Tensor(), o) : Tensor()};
  });
}

/// "(4 x 5)", as PyTorch's message prints the sizes of a kernel.
std::string crossed(const Shape& sizes) {
  std::string text = "(";
  for (std::size_t d = 0; d < sizes.size(); ++d) text += (d ? " x " : "") + std::to_string(sizes[d]);
  return text + ")";
}

void check_sizes(const Tensor& x, const Tensor& w, const Tensor& bias, const Options& o, bool transposed,
                 const Shape& output_padding) {
  const auto any = [](const Shape& list, auto test) { return std::any_of(list.begin(), list.end(), test); };
  check(!any(o.padding, [](auto v) { return v < 0; }), "negative padding is not supported");
  check(!any(output_padding, [](auto v) { return v < 0; }), "negative output_padding is not supported");
  check(!any(o.stride, [](auto v) { return v <= 0; }), "non-positive stride is not supported");
  check(!any(o.dilation, [](auto v) { return v <= 0; }), "dilation should be greater than zero");
  check(o.groups > 0, "non-positive groups is not supported");
  check(w.dim() == x.dim(), "weight should have at least three dimensions");
  check(w.size(0) >= o.groups, "Given groups=", o.groups, ", expected weight to be at least ", o.groups,
        " at dimension 0, but got weight of size ", to_string(w.shape()), " instead");
  check(w.size(0) % o.groups == 0, "Given groups=", o.groups, ", expected weight to be divisible by ", o.groups,
        " at dimension 0, but got weight of size [", to_string(w.shape()), "] instead");
  const std::int64_t channels = transposed ? w.size(0) : checked_mul(w.size(1), o.groups);
  const std::int64_t outputs = transposed ? checked_mul(w.size(1), o.groups) : w.size(0);
  const std::string given = transposed ? "transposed=1" : "groups=" + std::to_string(o.groups);
  check(x.size(1) == channels, "Given ", given, ", weight of size ", to_string(w.shape()), ", expected input",
        to_string(x.shape()), " to have ", channels, " channels, but got ", x.size(1), " channels instead");
  check(!bias.defined() || (bias.dim() == 1 && bias.size(0) == outputs), "Given ", transposed ? "transposed=1, " : "",
        "weight of size ", to_string(w.shape()), ", expected bias to be 1-dimensional with ", outputs,
        " elements, but got bias of size ", bias.defined() ? to_string(bias.shape()) : "", " instead");
  check(x.dtype() == w.dtype(), "Input type (", c_type_name(x.dtype()), ") and weight type (", c_type_name(w.dtype()),
        ") should be the same");
  check(!bias.defined() || x.dtype() == bias.dtype(), "Input type (", c_type_name(x.dtype()), ") and bias type (",
        bias.defined() ? c_type_name(bias.dtype()) : "", ") should be the same");
  if (transposed) return;
  Shape padded, effective;
  bool fits = true;
  for (std::size_t d = 0; d < o.stride.size(); ++d) {
    padded.push_back(checked_add(x.shape()[d + 2], checked_mul(2, o.padding[d])));
    effective.push_back(checked_add(checked_mul(o.dilation[d], w.shape()[d + 2] - 1), 1));
    fits = fits && effective[d] <= padded[d];
  }
  check(fits, "Calculated padded input size per channel: ", crossed(padded), ". Kernel size: ", crossed(effective),
        ". Kernel size can't be greater than actual input size");
}

/// Throws for options of im2col and col2im that are none, in PyTorch's words.
void check_blocks(const Shape& kernel, const Shape& dilation, const Shape& padding, const Shape& stride) {
  const auto check_each = [](const Shape& sizes, std::int64_t least, const char* rule, const char* name) {
    check(sizes[0] >= least && sizes[1] >= least, rule, ", but got ", name, "_height: ", sizes[0], " ", name,
          "_width: ", sizes[1]);
  };
  check_each(kernel, 1, "kernel size should be greater than zero", "kernel");
  check_each(dilation, 1, "dilation should be greater than zero", "dilation");
  check(padding[0] >= 0 && padding[1] >= 0, "padding should be non-negative, but got pad_height: ", padding[0],
        " pad_width: ", padding[1]);
  check_each(stride, 1, "stride should be greater than zero", "stride");
}

} // namespace

Tensor convolution(const Tensor& x, const Tensor& weight, const Tensor& bias, const Shape& stride, const Shape& padding,
                   const Shape& dilation, bool transposed, const Shape& output_padding, std::int64_t groups) {
  const Options options{stride, padding, dilation, groups};
  check_sizes(x, weight, bias, options, transposed, output_padding);
  if (!transposed) return forward(x, weight, bias, options);
  Shape size;
  for (std::size_t d = 0; d < stride.size(); ++d) {
    const std::int64_t spread = checked_add(checked_mul(x.shape()[d + 2] - 1, stride[d]), -checked_mul(2, padding[d]));
    const std::int64_t reach = checked_mul(dilation[d], weight.shape()[d + 2] - 1);
    size.push_back(checked_add(checked_add(spread, reach), checked_add(output_padding[d], 1)));
  }
  check(std::all_of(size.begin(), size.end(), [](auto n) { return n > 0; }),
        "Given input size per channel: ", crossed(spatial(x)), ". Calculated output size per channel: ", crossed(size),
        ". Output size is too small");
  return to_input(x, weight, bias, size, options);
}

Tensor im2col(const Tensor& x, const Shape& kernel, const Shape& dilation, const Shape& padding, const Shape& stride) {
  check_blocks(kernel, dilation, padding, stride);
  const Sliding s(spatial(x), kernel, stride, padding, dilation);
  const std::int64_t channels = x.size(1), rows = checked_mul(channels, s.kernel_size());
  check(s.out[1] >= 1 && s.out[2] >= 1, "Given input with spatial size (", s.in[1], ", ", s.in[2], "), kernel_size=(",
        s.kernel[1], ", ", s.kernel[2], "), dilation=(", s.dilation[1], ", ", s.dilation[2], "), padding=(",
        s.padding[1], ", ", s.padding[2], "), calculated shape of the array of sliding blocks as (", s.out[1], ", ",
        s.out[2], "), but its components must be at least one.");
  Tensor y = empty({x.size(0), rows, s.blocks()}, x.dtype());
  const Tensor px = dense(x);
  dispatch_floating(x.dtype(), "im2col_out_cpu", [&](auto t) {
    using T = decltype(t);
    for (std::int64_t n = 0; n < x.size(0); ++n)
      image_to_columns(px.data<T>() + n * channels * s.inputs(), channels, s, y.data<T>() + n * rows * s.blocks());
  });
  return record("Im2ColBackward0", {x}, y, {}, [=, size = spatial(x)](const Context& c) {
    return Grads{col2im(c.grad(), size, kernel, dilation, padding, stride)};
  });
}

Tensor col2im(const Tensor& x, const Shape& size, const Shape& kernel, const Shape& dilation, const Shape& padding,
              const Shape& stride) {
  check_blocks(kernel, dilation, padding, stride);
  const Sliding s(size, kernel, stride, padding, dilation);
  check(x.size(1) % s.kernel_size() == 0, "Expected size of input's dimension 1 to be divisible by the product of ",
        "kernel_size, but got input.size(1)=", x.size(1), " and kernel_size=(", s.kernel[1], ", ", s.kernel[2], ").");
  check(x.size(2) == s.blocks(), "Given output_size=(", s.in[1], ", ", s.in[2], "), kernel_size=(", s.kernel[1], ", ",
        s.kernel[2], "), dilation=(", s.dilation[1], ", ", s.dilation[2], "), padding=(", s.padding[1], ", ",
        s.padding[2], "), stride=(", s.stride[1], ", ", s.stride[2],
        "), expected size of input's dimension 2 to match the calculated number of sliding blocks ", s.out[1], " * ",
        s.out[2], " = ", s.blocks(), ", but got input.size(2)=", x.size(2), ".");
  const std::int64_t channels = x.size(1) / s.kernel_size();
  Tensor y = zeros(joined(x.size(0), channels, size), x.dtype());
  const Tensor px = dense(x);
  dispatch_floating(x.dtype(), "col2im_out_cpu", [&](auto t) {
    using T = decltype(t);
    for (std::int64_t n = 0; n < x.size(0); ++n)
      columns_to_image(px.data<T>() + n * x.size(1) * s.blocks(), channels, s, y.data<T>() + n * channels * s.inputs());
  });
  return record("Col2ImBackward0", {x}, y, {},
                [=](const Context& c) { return Grads{im2col(c.grad(), kernel, dilation, padding, stride)}; });
}

} // namespace unroll::ops
