#include "unroll/minor.h"

#include "unroll/autograd.h"
#include "unroll/ops.h"

namespace unroll {

Tensor widened(const Tensor& x) { return x.defined() && is_minor(x.dtype()) ? ops::to(x, wide(x.dtype())) : x; }

Tensor narrowed(const Tensor& y, DType dtype) {
  NoGrad guard;
  const Tensor low = ops::to(detach(y), dtype);
  TensorImpl& impl = *y.impl();
  impl.storage = low.storage();
  impl.offset = 0;
  impl.strides = low.strides();
  impl.dtype = dtype;
  if (impl.autograd) {
    impl.autograd->base = Tensor();
    if (const auto& node = impl.autograd->grad_fn)
      node->outputs[static_cast<std::size_t>(impl.autograd->output)].dtype = dtype;
  }
  return y;
}

} // namespace unroll
