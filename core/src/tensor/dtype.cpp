#include "unroll/dtype.h"

#include "unroll/tensor.h"

namespace unroll {

namespace {
DType default_dtype_ = DType::Float32;

// PyTorch promotes among three groups: tensors with dims, tensors without, and Python numbers. A lower group changes the
// result only where it brings a higher category (bool < integer < floating).
int category(DType dtype) { return dtype == DType::Bool ? 0 : is_floating(dtype) ? 2 : 1; }
int group(const Tensor& x) { return x.is_wrapped_number() ? 0 : x.dim() == 0 ? 1 : 2; }
DType group_dtype(const Tensor& x) {
  return x.is_wrapped_number() && is_floating(x.dtype()) ? default_dtype() : x.dtype();
}
} // namespace

const char* scalar_name(DType dtype) {
  constexpr const char* names[] = {"Bool", "Long", "Float", "Double"};
  return names[static_cast<int>(dtype)];
}

const char* tensor_type_name(DType dtype) {
  constexpr const char* names[] = {"torch.BoolTensor", "torch.LongTensor", "torch.FloatTensor", "torch.DoubleTensor"};
  return names[static_cast<int>(dtype)];
}

DType default_dtype() { return default_dtype_; }

void set_default_dtype(DType dtype) {
  if (!is_floating(dtype)) fail(ErrorKind::Type, "only floating-point types are supported as the default type");
  default_dtype_ = dtype;
}

DType promote(DType a, DType b) { return a > b ? a : b; }

DType result_type(const Tensor& a, const Tensor& b) {
  if (a.dtype() == b.dtype()) return b.is_wrapped_number() ? group_dtype(a) : b.dtype();
  const int ga = group(a), gb = group(b);
  const DType da = group_dtype(a), db = group_dtype(b);
  if (ga == gb) return promote(da, db);
  const DType high = ga > gb ? da : db, low = ga > gb ? db : da;
  return category(low) > category(high) ? low : high;
}

} // namespace unroll
