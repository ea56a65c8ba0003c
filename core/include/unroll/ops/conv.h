#pragma once
#include "unroll/ops.h"

// Convolution, and the columns that it is a matrix product over. One to three spatial dims; lists have an entry for each.

namespace unroll::ops {

/// torch.convolution. Shapes: x (N, C, *spatial), weight (O, C/groups, *kernel), transposed (C, O/groups, *kernel), bias (O)
/// or undefined → (N, O, *). output_padding is for transposed ones. Throws PyTorch's errors for sizes that do not fit.
Tensor convolution(const Tensor& x, const Tensor& weight, const Tensor& bias, const Shape& stride, const Shape& padding,
                   const Shape& dilation, bool transposed, const Shape& output_padding, std::int64_t groups);

/// Sliding blocks as columns: (N, C, H, W) → (N, C·kH·kW, blocks).                                    [torch.nn.Unfold]
Tensor im2col(const Tensor& x, const Shape& kernel, const Shape& dilation, const Shape& padding, const Shape& stride);
/// Columns summed back into images of `size` (H, W): (N, C·kH·kW, blocks) → (N, C, H, W).               [torch.nn.Fold]
Tensor col2im(const Tensor& x, const Shape& size, const Shape& kernel, const Shape& dilation, const Shape& padding,
              const Shape& stride);

} // namespace unroll::ops
