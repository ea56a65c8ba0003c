#pragma once
#include <cstdint>
#include <type_traits>
#include <utility>

#include "unroll/error.h"

namespace unroll {

/// Element types, in the order in which PyTorch promotes them. The numbers are part of the wire format.
enum class DType : std::uint8_t { Bool = 0, Int64 = 1, Float32 = 2, Float64 = 3 };

/// Bytes of one element.
constexpr std::int64_t size_of(DType dtype) { return dtype == DType::Bool ? 1 : dtype == DType::Float32 ? 4 : 8; }
constexpr bool is_floating(DType dtype) { return dtype >= DType::Float32; }

/// "Float", as PyTorch's error messages spell it ("expected scalar type Float but found Double").
const char* scalar_name(DType dtype);
/// "torch.FloatTensor", as PyTorch's autograd messages spell it.
const char* tensor_type_name(DType dtype);

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, bool>) return DType::Bool;
  if constexpr (std::is_same_v<T, std::int64_t>) return DType::Int64;
  if constexpr (std::is_same_v<T, float>) return DType::Float32;
  if constexpr (std::is_same_v<T, double>) return DType::Float64;
}

/// Calls f(T{}) with T the C++ type of dtype. Every branch must return the same type.
template <class F>
decltype(auto) dispatch(DType dtype, F&& f) {
  switch (dtype) {
  case DType::Bool: return f(bool{});
  case DType::Int64: return f(std::int64_t{});
  case DType::Float32: return f(float{});
  default: return f(double{});
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
