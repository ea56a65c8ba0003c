#pragma once
#include <cstdint>
#include <type_traits>
#include <utility>

#include "unroll/error.h"
#include "unroll/half.h"

namespace unroll {

/// Element types. The numbers are part of the wire format.
/// Ops compute in the first four, the major ones. Tensors of the others, the minor ones, are stored, viewed, copied and cast as
/// they are, and computed as their wide type: see minor.h.
enum class DType : std::uint8_t {
  Bool = 0,
  Int64 = 1,
  Float32 = 2,
  Float64 = 3,
  UInt8 = 4,
  Int8 = 5,
  Int16 = 6,
  Int32 = 7,
  Float16 = 8,
  BFloat16 = 9
};
constexpr int dtype_count = 10;

/// Bytes of one element.
constexpr std::int64_t size_of(DType dtype) {
  constexpr std::uint8_t sizes[] = {1, 8, 4, 8, 1, 1, 2, 4, 2, 2};
  return sizes[static_cast<int>(dtype)];
}
constexpr bool is_floating(DType dtype) { return (0b11'0000'1100u >> static_cast<unsigned>(dtype) & 1u) != 0; }
constexpr bool is_minor(DType dtype) { return dtype >= DType::UInt8; }
/// The type in which values of dtype are computed: int64 for the small integers, float32 for the halves, else dtype itself.
constexpr DType wide(DType dtype) {
  return !is_minor(dtype) ? dtype : is_floating(dtype) ? DType::Float32 : DType::Int64;
}

/// "Float", as PyTorch's error messages spell it ("expected scalar type Float but found Double").
const char* scalar_name(DType dtype);
/// "torch.FloatTensor", as PyTorch's autograd messages spell it.
const char* tensor_type_name(DType dtype);
/// "long int", as some of PyTorch's messages spell a dtype.
const char* c_type_name(DType dtype);
/// "float32", as Python has it behind "torch.".
const char* dtype_name(DType dtype);
/// Throws PyTorch's "value cannot be converted to type uint8_t without overflow" where a minor dtype cannot hold value.
void check_holds(DType dtype, double value);

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, bool>) return DType::Bool;
  if constexpr (std::is_same_v<T, std::int64_t>) return DType::Int64;
  if constexpr (std::is_same_v<T, float>) return DType::Float32;
  if constexpr (std::is_same_v<T, double>) return DType::Float64;
  if constexpr (std::is_same_v<T, std::uint8_t>) return DType::UInt8;
  if constexpr (std::is_same_v<T, std::int8_t>) return DType::Int8;
  if constexpr (std::is_same_v<T, std::int16_t>) return DType::Int16;
  if constexpr (std::is_same_v<T, std::int32_t>) return DType::Int32;
  if constexpr (std::is_same_v<T, Half>) return DType::Float16;
  if constexpr (std::is_same_v<T, BFloat16>) return DType::BFloat16;
}

/// Throws for a dtype that a kernel does not compute in.
[[noreturn]] void fail_dtype(DType dtype);

/// Calls f(T{}) with T the C++ type of dtype, a major one. Every branch must return the same type.
template <class F>
decltype(auto) dispatch(DType dtype, F&& f) {
  switch (dtype) {
  case DType::Bool: return f(bool{});
  case DType::Int64: return f(std::int64_t{});
  case DType::Float32: return f(float{});
  case DType::Float64: return f(double{});
  default: fail_dtype(dtype);
  }
}

/// As dispatch, for the minor types.
template <class F>
decltype(auto) dispatch_minor(DType dtype, F&& f) {
  switch (dtype) {
  case DType::UInt8: return f(std::uint8_t{});
  case DType::Int8: return f(std::int8_t{});
  case DType::Int16: return f(std::int16_t{});
  case DType::Int32: return f(std::int32_t{});
  case DType::Float16: return f(Half{});
  case DType::BFloat16: return f(BFloat16{});
  default: fail_dtype(dtype);
  }
}

/// As dispatch, for every type.
template <class F>
decltype(auto) dispatch_any(DType dtype, F&& f) {
  return is_minor(dtype) ? dispatch_minor(dtype, f) : dispatch(dtype, f);
}

/// Calls f(T{}) with T the unsigned integer of the size of dtype: for what moves elements, whatever they mean.
template <class F>
decltype(auto) dispatch_size(DType dtype, F&& f) {
  switch (size_of(dtype)) {
  case 1: return f(std::uint8_t{});
  case 2: return f(std::uint16_t{});
  case 4: return f(std::uint32_t{});
  default: return f(std::uint64_t{});
  }
}

/// As dispatch, for the two floating types. Throws PyTorch's `"name" not implemented for 'Long'` for the others.
template <class F>
decltype(auto) dispatch_floating(DType dtype, const char* name, F&& f) {
  if (dtype == DType::Float32) return f(float{});
  if (dtype == DType::Float64) return f(double{});
  fail(ErrorKind::Runtime, '"', name, "\" not implemented for '", scalar_name(dtype), "'");
}

/// As dispatch, for int64 and the floating types.
template <class F>
decltype(auto) dispatch_numeric(DType dtype, const char* name, F&& f) {
  if (dtype == DType::Int64) return f(std::int64_t{});
  return dispatch_floating(dtype, name, std::forward<F>(f));
}

} // namespace unroll
