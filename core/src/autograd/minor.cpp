#include "unroll/minor.h"

#include "tensor/geometry.h"
#include "unroll/ops.h"

namespace unroll {

Tensor widened(const Tensor& x) { return x.defined() && is_minor(x.dtype()) ? ops::to(x, wide(x.dtype())) : x; }

Tensor narrowed(const Tensor& y, DType dtype) {
  NoGrad guard;
  const Tensor low = ops::to(detach(y), dtype);
  TensorImpl& impl = *y.impl();
  look_into(impl, low.storage(), geometry_of(low), dtype);
  if (impl.autograd) {
    impl.autograd->base = Tensor();
    if (const auto& node = impl.autograd->grad_fn)
      node->outputs[static_cast<std::size_t>(impl.autograd->output)].dtype = dtype;
  }
  return y;
}

} // namespace unroll
