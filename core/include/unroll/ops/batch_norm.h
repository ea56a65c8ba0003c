#pragma once
#include "unroll/ops.h"

namespace unroll::ops {

/// Mean 0 and variance 1 for each channel, then weight and bias. Shapes: x (N, C, *), the others (C) or undefined.
/// Training: the statistics are the batch's, and running_mean and running_var (written in place) move towards them by
/// `momentum`. Otherwise they are the running ones. Throws PyTorch's errors for sizes that do not fit.
Tensor batch_norm(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& running_mean,
                  const Tensor& running_var, bool training, double momentum, double eps);
/// The same over each sample's channels in `groups` equal groups.
Tensor group_norm(const Tensor& x, std::int64_t groups, const Tensor& weight, const Tensor& bias, double eps);

} // namespace unroll::ops
