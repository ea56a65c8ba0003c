#pragma once
#include <array>

#include "unroll/tensor.h"

namespace unroll {

/// Where a kernel slides over images of one to three spatial dims; missing leading dims have size 1.
struct Sliding {
  std::array<std::int64_t, 3> in{1, 1, 1}, out{1, 1, 1}, kernel{1, 1, 1}, stride{1, 1, 1}, padding{0, 0, 0},
      dilation{1, 1, 1};
  std::size_t dims = 0;

  /// `in`: the spatial sizes; out is worked out. Throws RuntimeError for sizes that int64 does not hold.
  Sliding(const Shape& in, const Shape& kernel, const Shape& stride, const Shape& padding, const Shape& dilation);
  std::int64_t inputs() const { return inputs_; }
  /// Places of the output; 0 where there are none.
  std::int64_t blocks() const { return blocks_; }
  std::int64_t kernel_size() const { return kernel_size_; }
  /// The spatial sizes of the output.
  Shape output() const { return Shape(out.end() - static_cast<std::ptrdiff_t>(dims), out.end()); }

private:
  std::int64_t inputs_, blocks_ = 0, kernel_size_;
};

/// columns (channels·kernel_size, blocks) = what the kernel sees of image (channels, *in); zero outside.
template <class T>
void image_to_columns(const T* image, std::int64_t channels, const Sliding& s, T* columns);
/// The way back: image += columns, each element where it came from.
template <class T>
void columns_to_image(const T* columns, std::int64_t channels, const Sliding& s, T* image);

} // namespace unroll
