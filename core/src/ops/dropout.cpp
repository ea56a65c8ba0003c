#include "ops/operand.h"
#include "unroll/random.h"

namespace unroll::ops {

Tensor dropout(const Tensor& x, double p, bool training) {
  check(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  if (p == 0 || !training || x.numel() == 0) return x;
  if (p == 1) return mul(x, zeros({}, x.dtype()));
  check(is_floating(x.dtype()), "result type Float can't be cast to the desired output type ", scalar_name(x.dtype()));
  return mul(x, dropout_noise(x.shape(), preserved_strides(x), x.dtype(), p));
}

} // namespace unroll::ops
