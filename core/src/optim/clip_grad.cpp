#include <cmath>

#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/optim.h"

namespace unroll::optim {

namespace {

/// As Python prints it: "2.0", "inf".
std::string python_float(double p) {
  const std::string text = short_text(p);
  return std::isfinite(p) && p == std::trunc(p) && text.find('e') == std::string::npos ? text + ".0" : text;
}

} // namespace

Tensor clip_grad_norm(const Tensors& params, double max_norm, double p, bool error_if_nonfinite) {
  NoGrad guard;
  Tensors grads, norms;
  for (const Tensor& param : params) {
    const Tensor g = param.grad();
    if (!g.defined()) continue;
    grads.push_back(g);
    norms.push_back(ops::norm(g, p, std::nullopt, false));
  }
  if (grads.empty()) return zeros({}, default_dtype());
  const Tensor total = ops::norm(ops::stack(norms, 0), p, std::nullopt, false);
  check(!error_if_nonfinite || std::isfinite(total.item()), "The total norm of order ", python_float(p),
        " for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the "
        "gradients by the "
        "non-finite norm anyway, set `error_if_nonfinite=False`");
  const double scale = ops::clamp(ops::div(max_norm, ops::add(total, 1e-6)), std::nullopt, Operand(1.0)).item();
  if (scale != 1)
    for (const Tensor& g : grads) ops::mul_(g, scale);
  return total;
}

} // namespace unroll::optim
