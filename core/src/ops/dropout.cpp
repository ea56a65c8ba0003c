#include "ops/operand.h"
#include "unroll/random.h"

namespace unroll::ops {

Tensor dropout(const Tensor& x, double p, bool training) {
  check(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  if (p == 0 || !training || x.numel() == 0) return x;
  if (p == 1) return mul(x, zeros({}, x.dtype()));
  check(is_floating(x.dtype()), "result type Float can't be cast to the desired output type ", scalar_name(x.dtype()));
  Tensor noise = empty_strided(x.shape(), preserved_strides(x), x.dtype());
  {
    NoGrad guard;
    bernoulli_(noise, 1 - p, 0);
    // A quotient in x's own dtype, as PyTorch's noise.div_(1 - p).
    mul_(noise, x.dtype() == DType::Float32 ? static_cast<double>(1.0f / static_cast<float>(1 - p)) : 1 / (1 - p));
  }
  return mul(x, noise);
}

} // namespace unroll::ops
