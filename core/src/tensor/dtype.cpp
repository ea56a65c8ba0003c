#include "unroll/dtype.h"

#include <cmath>

#include "unroll/tensor.h"

namespace unroll {

namespace {
DType default_dtype_ = DType::Float32;

struct Names {
  const char *scalar, *tensor_type, *c_type, *python;
  double limit; ///< what is larger does not fit; 0 where all does
};
constexpr Names names[dtype_count] = {
    {"Bool", "torch.BoolTensor", "bool", "bool", 0},
    {"Long", "torch.LongTensor", "long int", "int64", 0},
    {"Float", "torch.FloatTensor", "float", "float32", 0},
    {"Double", "torch.DoubleTensor", "double", "float64", 0},
    {"Byte", "torch.ByteTensor", "unsigned char", "uint8", 255},
    {"Char", "torch.CharTensor", "signed char", "int8", 127},
    {"Short", "torch.ShortTensor", "short int", "int16", 32767},
    {"Int", "torch.IntTensor", "int", "int32", 2147483647},
    {"Half", "torch.HalfTensor", "c10::Half", "float16", 65504},
    {"BFloat16", "torch.BFloat16Tensor", "c10::BFloat16", "bfloat16", 3.3895313892515355e38},
};
const Names& names_of(DType dtype) { return names[static_cast<int>(dtype)]; }
} // namespace

const char* scalar_name(DType dtype) { return names_of(dtype).scalar; }
const char* tensor_type_name(DType dtype) { return names_of(dtype).tensor_type; }
const char* c_type_name(DType dtype) { return names_of(dtype).c_type; }
const char* dtype_name(DType dtype) { return names_of(dtype).python; }

void fail_dtype(DType dtype) { fail(ErrorKind::Runtime, "not implemented for '", scalar_name(dtype), "'"); }

void check_holds(DType dtype, double value) {
  if (!is_minor(dtype)) return;
  const double limit = names_of(dtype).limit;
  // uint8 takes negative numbers, which wrap around; infinities and NaN are halves.
  const double lowest = is_floating(dtype) || dtype == DType::UInt8 ? -limit : -limit - 1;
  if (is_floating(dtype) ? !std::isfinite(value) : false) return;
  const double whole = is_floating(dtype) ? value : std::trunc(value);
  if (whole >= lowest && whole <= limit) return;
  const char* name = dtype == DType::UInt8     ? "uint8_t"
                     : dtype == DType::Int8    ? "int8_t"
                     : dtype == DType::Int16   ? "int16_t"
                     : dtype == DType::Int32   ? "int"
                     : dtype == DType::Float16 ? "at::Half"
                                               : "at::BFloat16";
  fail(ErrorKind::Runtime, "value cannot be converted to type ", name, " without overflow");
}

DType default_dtype() { return default_dtype_; }

void set_default_dtype(DType dtype) {
  if (!is_floating(dtype)) fail(ErrorKind::Type, "only floating-point types are supported as the default type");
  default_dtype_ = dtype;
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  if (a == DType::Bool) return b;
  if (b == DType::Bool) return a;
  if (is_floating(a) != is_floating(b)) return is_floating(a) ? a : b;
  if (size_of(a) != size_of(b)) {
    const DType large = size_of(a) > size_of(b) ? a : b;
    return large;
  }
  // Two of one size: the halves meet in float32, uint8 and int8 in int16.
  return is_floating(a) ? DType::Float32 : DType::Int16;
}

void Promotion::add(const Tensor& x) {
  const bool number = x.is_wrapped_number();
  const DType dtype = number && is_floating(x.dtype()) ? default_dtype() : x.dtype();
  auto& group = groups_[number ? 0 : x.dim() == 0 ? 1 : 2];
  group = group ? promote(*group, dtype) : dtype;
}

DType Promotion::result() const {
  const auto category = [](DType dtype) { return dtype == DType::Bool ? 0 : is_floating(dtype) ? 2 : 1; };
  std::optional<DType> result;
  for (const auto& group : groups_) {
    if (!group) continue;
    if (!result || category(*group) >= category(*result)) result = group;
  }
  return result.value_or(DType::Float32);
}

DType result_type(const Tensor& a, const Tensor& b) {
  // Two tensors of one dtype are by far the most frequent.
  if (a.dtype() == b.dtype() && !b.is_wrapped_number()) return b.dtype();
  Promotion promotion;
  promotion.add(a);
  promotion.add(b);
  return promotion.result();
}

} // namespace unroll
