#pragma once
#include "unroll/ops.h"

namespace unroll::ops {

/// Minus the log-probability of each target over all its alignments.                           [Graves et al. 2006]
/// Shapes: log_probs (T, N, C), targets (N, S) or one after the other (ΣS), lengths N each → (N). As PyTorch's, the gradient
/// takes log_probs for the result of log_softmax. Throws PyTorch's errors for lengths that do not fit.
Tensor ctc_loss(const Tensor& log_probs, const Tensor& targets, const Shape& input_lengths, const Shape& target_lengths,
                std::int64_t blank, bool zero_infinity);

} // namespace unroll::ops
