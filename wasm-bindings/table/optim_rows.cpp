#include "row.h"
#include "unroll/optim.h"

namespace unroll::table {

namespace {

void sgd(const Tensors& params, const Tensors& buffers, double lr, double momentum, double dampening,
         double weight_decay, bool nesterov, bool maximize, bool first_step) {
  optim::sgd(params, buffers, {lr, momentum, dampening, weight_decay, nesterov, maximize, first_step});
}

void adam(const Tensors& params, const Tensors& exp_avgs, const Tensors& exp_avg_sqs, const Tensors& max_exp_avg_sqs,
          const Tensors& steps, double lr, double beta1, double beta2, double eps, double weight_decay, bool decoupled,
          bool amsgrad, bool maximize) {
  optim::adam(params, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, steps,
              {lr, beta1, beta2, eps, weight_decay, decoupled, amsgrad, maximize});
}

} // namespace

std::span<const RowSpec> optim_rows() {
  static constexpr auto rows = each(
      [](RowSpec row) { return row.no_gradient().internal().optimizer(); },
      {
          op<&sgd>("sgd(params, buffers, lr, momentum, dampening, weight_decay, nesterov, maximize, first_step)",
                   "One step of SGD."),
          op<&adam>("adam(params, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, steps, lr, beta1, beta2, eps, weight_decay, "
                    "decoupled, amsgrad, maximize)",
                    "One step of Adam or AdamW."),
          op<&optim::clip_grad_norm>("clip_grad_norm(params, max_norm, p, error_if_nonfinite)",
                                     "Scales all gradients so that their norm is at most max_norm."),
      });
  return rows;
}

} // namespace unroll::table
