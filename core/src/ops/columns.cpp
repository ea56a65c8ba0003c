#include "ops/columns.h"

#include <algorithm>

#include "unroll/sizes.h"

namespace unroll {

Sliding::Sliding(const Shape& in, const Shape& kernel, const Shape& stride, const Shape& padding, const Shape& dilation)
    : dims(in.size()) {
  check(dims <= 3, "[windows] got ", dims, " spatial dimensions, expected at most 3");
  for (const Shape* sizes : {&kernel, &stride, &padding, &dilation})
    check(sizes->size() == dims, "[windows] got ", sizes->size(), " sizes for ", dims, " spatial dimensions");
  for (std::size_t d = 0; d < dims; ++d) {
    const std::size_t to = 3 - dims + d;
    this->in[to] = in[d];
    this->kernel[to] = kernel[d];
    this->stride[to] = stride[d];
    this->padding[to] = padding[d];
    this->dilation[to] = dilation[d];
    const std::int64_t padded = checked_add(in[d], checked_mul(2, padding[d]));
    const std::int64_t room = checked_add(padded, -1 - checked_mul(dilation[d], kernel[d] - 1));
    out[to] = floor_div(room, stride[d]) + 1;
  }
  inputs_ = numel({this->in[0], this->in[1], this->in[2]});
  // An output that is too small is the caller's to refuse.
  if (std::all_of(out.begin(), out.end(), [](std::int64_t n) { return n > 0; }))
    blocks_ = numel({out[0], out[1], out[2]});
  kernel_size_ = numel({this->kernel[0], this->kernel[1], this->kernel[2]});
}

namespace {

/// The outputs whose input, at kernel place `k` of dimension d, lies inside the image.
std::pair<std::int64_t, std::int64_t> inside(const Sliding& s, std::size_t d, std::int64_t k) {
  const std::int64_t first = k * s.dilation[d] - s.padding[d], stride = s.stride[d];
  const std::int64_t begin = first >= 0 ? 0 : ceil_div(-first, stride);
  const std::int64_t last = s.in[d] - 1 - first;
  const std::int64_t end = last < 0 ? 0 : last / stride + 1;
  return {std::min(begin, s.out[d]), std::min(end, s.out[d])};
}

/// Calls row(columns offset, image offset, count) for each run of columns that reads the image along its last dimension,
/// `stride[2]` apart there.
template <class F>
void each_run(std::int64_t channels, const Sliding& s, F&& row) {
  std::int64_t line = 0;
  for (std::int64_t c = 0; c < channels; ++c)
    for (std::int64_t kd = 0; kd < s.kernel[0]; ++kd)
      for (std::int64_t kh = 0; kh < s.kernel[1]; ++kh)
        for (std::int64_t kw = 0; kw < s.kernel[2]; ++kw, line += s.blocks()) {
          const auto [d0, d1] = inside(s, 0, kd);
          const auto [h0, h1] = inside(s, 1, kh);
          const auto [w0, w1] = inside(s, 2, kw);
          if (w0 >= w1) continue;
          for (std::int64_t d = d0; d < d1; ++d)
            for (std::int64_t h = h0; h < h1; ++h) {
              const std::int64_t z = d * s.stride[0] + kd * s.dilation[0] - s.padding[0];
              const std::int64_t y = h * s.stride[1] + kh * s.dilation[1] - s.padding[1];
              const std::int64_t x = w0 * s.stride[2] + kw * s.dilation[2] - s.padding[2];
              row(line + (d * s.out[1] + h) * s.out[2] + w0, ((c * s.in[0] + z) * s.in[1] + y) * s.in[2] + x, w1 - w0);
            }
        }
}

} // namespace

template <class T>
void image_to_columns(const T* image, std::int64_t channels, const Sliding& s, T* columns) {
  std::fill_n(columns, channels * s.kernel_size() * s.blocks(), T(0));
  const std::int64_t step = s.stride[2];
  each_run(channels, s, [&](std::int64_t to, std::int64_t from, std::int64_t count) {
    if (step == 1)
      std::copy_n(image + from, count, columns + to);
    else
      for (std::int64_t i = 0; i < count; ++i) columns[to + i] = image[from + i * step];
  });
}

template <class T>
void columns_to_image(const T* columns, std::int64_t channels, const Sliding& s, T* image) {
  const std::int64_t step = s.stride[2];
  each_run(channels, s, [&](std::int64_t from, std::int64_t to, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) image[to + i * step] += columns[from + i];
  });
}

template void image_to_columns(const float*, std::int64_t, const Sliding&, float*);
template void image_to_columns(const double*, std::int64_t, const Sliding&, double*);
template void columns_to_image(const float*, std::int64_t, const Sliding&, float*);
template void columns_to_image(const double*, std::int64_t, const Sliding&, double*);

} // namespace unroll
