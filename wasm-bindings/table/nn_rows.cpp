#include "row.h"
#include "unroll/autograd.h"
#include "unroll/hooks.h"
#include "unroll/ops/batch_norm.h"
#include "unroll/ops/conv.h"
#include "unroll/ops/ctc_loss.h"
#include "unroll/ops/pool.h"

namespace unroll::table {

namespace {

/// x with the name of its graph node set, given as character codes: what PyTorch calls a function that is several ops here.
Tensor name_grad_fn(const Tensor& x, const Shape& name) {
  if (const auto node = x.grad_fn()) node->name = lasting_name(std::string(name.begin(), name.end()));
  return x;
}

} // namespace

std::span<const RowSpec> nn_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::convolution>(
          "convolution(input, weight, bias=None, stride=1, padding=0, dilation=1, transposed=False, output_padding=0, "
          "groups=1)",
          "Sums over a sliding kernel, or their transposed map.")
          .function(),
      op<&ops::im2col>("im2col(input, kernel, dilation, padding, stride)", "Sliding blocks as columns.").internal(),
      op<&ops::col2im>("col2im(input, size, kernel, dilation, padding, stride)", "Columns summed into images.")
          .internal(),
      op<&ops::max_pool>("max_pool(input, kernel, stride, padding, dilation, ceil_mode)",
                         "The largest value of each window, and its index.")
          .internal(),
      op<&ops::avg_pool>("avg_pool(input, kernel, stride, padding, ceil_mode, count_include_pad, divisor)",
                         "The mean of each window.")
          .internal(),
      op<&ops::adaptive_max_pool>("adaptive_max_pool(input, size)",
                                  "The largest of each of `size` parts, and its index.")
          .internal(),
      op<&ops::adaptive_avg_pool>("adaptive_avg_pool(input, size)", "The mean of each of `size` parts.").internal(),
      op<&ops::batch_norm>("batch_norm(input, weight=None, bias=None, running_mean=None, running_var=None, "
                           "training=False, momentum=0.1, "
                           "eps=1e-05)",
                           "Mean 0 and variance 1 for each channel.")
          .internal()
          .functional(),
      op<&ops::group_norm>("group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)",
                           "Mean 0 and variance 1 for each group of channels.")
          .internal()
          .functional(),
      // No gradient check: its gradient takes log_probs for normalised, as PyTorch's does.
      op<&ops::ctc_loss>("ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity)",
                         "Connectionist temporal classification.")
          .no_gradient()
          .internal(),
      op<&name_grad_fn>("name_grad_fn(input, name)", "Names the graph node of a tensor.").returns_self().internal(),
  };
  return rows;
}

} // namespace unroll::table
