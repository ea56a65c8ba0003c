#include "row.h"

namespace unroll::table {

std::span<const RowSpec> loss_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::mse_loss>("mse_loss(input, target, reduction='mean')", "Squared differences.").internal().functional(),
      op<&ops::l1_loss>("l1_loss(input, target, reduction='mean')", "Absolute differences.").internal().functional(),
      op<&ops::smooth_l1_loss>("smooth_l1_loss(input, target, reduction='mean', beta=1.0)",
                               "Squared below beta, absolute above.")
          .internal()
          .functional(),
      op<&ops::huber_loss>("huber_loss(input, target, reduction='mean', delta=1.0)",
                           "Squared below delta, linear above.")
          .internal()
          .functional(),
      op<&ops::binary_cross_entropy>("binary_cross_entropy(input, target, weight=None, reduction='mean')",
                                     "Cross-entropy of probabilities.")
          .internal()
          .functional(),
      op<&ops::binary_cross_entropy_with_logits>(
          "binary_cross_entropy_with_logits(input, target, weight=None, pos_weight=None, reduction='mean')",
          "Cross-entropy of logits of two classes.")
          .internal()
          .functional(),
      op<&ops::nll_loss>("nll_loss(input, target, weight=None, ignore_index=-100, reduction='mean')",
                         "Negative log-probability of the target class.")
          .long_target()
          .internal()
          .functional(),
      op<&ops::cross_entropy>(
          "cross_entropy(input, target, weight=None, ignore_index=-100, reduction='mean', label_smoothing=0.0)",
          "Negative log-softmax of the target class.")
          .long_target()
          .internal()
          .functional(),
      op<&ops::kl_div>("kl_div(input, target, reduction='mean', log_target=False)",
                       "Kullback–Leibler divergence of log-probabilities.")
          .internal(),
  };
  return rows;
}

} // namespace unroll::table
