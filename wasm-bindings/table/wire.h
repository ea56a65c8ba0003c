#pragma once
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "handles.h"
#include "minor.h"
#include "unroll/ops.h"

// How arguments and results cross the boundary: a flat list of doubles each way.
//   tensor          its handle; 0 for None
//   operand         a handle, or -1 n (int), -2 x (float), -3 b (bool); 0 for None where optional
//   int float bool dtype enum   the number
//   optional        0, or 1 and the value
//   dims, tensors, floats       the count, then the entries
// An integer beyond 2^53 is also said exactly, beside the list (WideInteger).
// A text result is left in Results::text.

namespace unroll::table {

/// An integer beyond 2^53 at a place of the list, where a double only comes near to it.
struct WideInteger {
  std::size_t place;
  std::int64_t value;
};
/// Those among the arguments of the call that is read now.
std::vector<WideInteger>& wide_arguments();

/// Reads the arguments of one call, in order.
class Reader {
public:
  /// With a row, tensors of minor dtypes are read as that row's op takes them.
  Reader(const double* values, std::size_t count, const Row* row = nullptr)
      : first_(values), next_(values), end_(values + count), row_(row) {}
  double number() {
    check(next_ < end_, "[call] got too few arguments");
    return *next_++;
  }
  /// A whole number. Throws PyTorch's RuntimeError for one that int64 does not hold.
  std::int64_t integer() {
    const double value = number();
    return value > -0x1p53 && value < 0x1p53 ? static_cast<std::int64_t>(value) : wide_integer(value);
  }
  bool done() const { return next_ == end_; }
  const Tensor& tensor(std::int64_t handle) {
    const Tensor& x = handles().get(handle);
    return is_minor(x.dtype()) && row_ ? minor_tensor(x) : x;
  }
  DType dtype() {
    const auto dtype = static_cast<DType>(integer());
    return is_minor(dtype) && row_ ? minor_dtype(dtype) : dtype;
  }
  /// A whole number, which wraps around beside a small integer.
  std::int64_t whole(std::int64_t value) const { return minor_ ? minor_->whole(value) : value; }
  MinorCall* minor() { return minor_ ? &*minor_ : nullptr; }

private:
  const Tensor& minor_tensor(const Tensor& x);
  DType minor_dtype(DType dtype);
  std::int64_t wide_integer(double value) const;
  const double *first_, *next_, *end_;
  const Row* row_;
  std::optional<MinorCall> minor_;
};

/// The results of one call.
struct Results {
  std::vector<double> values;
  std::vector<WideInteger> wide; ///< those that a double only comes near to
  std::string text;
};

template <class T>
struct Wire;

template <>
struct Wire<Tensor> {
  static std::string type() { return "tensor"; }
  static Tensor read(Reader& in) {
    const std::int64_t handle = in.integer();
    return handle == 0 ? Tensor() : in.tensor(handle);
  }
  static void write(Results& out, const Tensor& x) { out.values.push_back(static_cast<double>(handles().add(x))); }
};

template <>
struct Wire<Operand> {
  static std::string type() { return "operand"; }
  static Operand read(Reader& in) { return read(in, in.integer()); }
  static Operand read(Reader& in, std::int64_t tag) {
    if (tag > 0) return in.tensor(tag);
    if (tag == -1) return in.whole(in.integer());
    const double value = in.number();
    if (tag == -2) return value;
    return value != 0;
  }
};

template <>
struct Wire<std::int64_t> {
  static std::string type() { return "int"; }
  static std::int64_t read(Reader& in) { return in.integer(); }
  static void write(Results& out, std::int64_t v) {
    if (v <= -(std::int64_t{1} << 53) || v >= std::int64_t{1} << 53) [[unlikely]]
      out.wide.push_back({out.values.size(), v});
    out.values.push_back(static_cast<double>(v));
  }
};
template <>
struct Wire<int> : Wire<std::int64_t> {
  static int read(Reader& in) { return static_cast<int>(in.integer()); }
};
template <>
struct Wire<double> {
  static std::string type() { return "float"; }
  static double read(Reader& in) { return in.number(); }
  static void write(Results& out, double v) { out.values.push_back(v); }
};
template <>
struct Wire<bool> {
  static std::string type() { return "bool"; }
  static bool read(Reader& in) { return in.number() != 0; }
  static void write(Results& out, bool v) { out.values.push_back(v); }
};
template <>
struct Wire<DType> {
  static std::string type() { return "dtype"; }
  static DType read(Reader& in) { return in.dtype(); }
  static void write(Results& out, DType v) { out.values.push_back(static_cast<double>(v)); }
};
template <>
struct Wire<Reduction> {
  static std::string type() { return "enum:none|mean|sum"; }
  static Reduction read(Reader& in) { return static_cast<Reduction>(in.integer()); }
};

/// A counted list; Entry reads one.
template <class List, class T>
struct WireList {
  static List read(Reader& in) {
    const std::int64_t count = in.integer();
    List list;
    for (std::int64_t i = 0; i < count; ++i) list.push_back(Wire<T>::read(in));
    return list;
  }
  static void write(Results& out, const List& list) {
    for (const auto& v : list) Wire<T>::write(out, v);
  }
};
template <>
struct Wire<Shape> : WireList<Shape, std::int64_t> {
  static std::string type() { return "dims"; }
};
template <>
struct Wire<Tensors> : WireList<Tensors, Tensor> {
  static std::string type() { return "tensors"; }
};
template <>
struct Wire<std::vector<double>> : WireList<std::vector<double>, double> {
  static std::string type() { return "floats"; }
};
template <>
struct Wire<Pair> {
  static std::string type() { return "tensors:2"; }
  static void write(Results& out, const Pair& pair) {
    Wire<Tensor>::write(out, std::get<0>(pair));
    Wire<Tensor>::write(out, std::get<1>(pair));
  }
};
template <>
struct Wire<std::string> {
  static std::string type() { return "text"; }
  static void write(Results& out, const std::string& text) { out.text = text; }
};

template <class T>
struct Wire<std::optional<T>> {
  static std::string type() { return Wire<T>::type() + "?"; }
  static std::optional<T> read(Reader& in) {
    if (in.integer() == 0) return std::nullopt;
    return Wire<T>::read(in);
  }
};
template <>
struct Wire<std::optional<Operand>> {
  static std::string type() { return "operand?"; }
  static std::optional<Operand> read(Reader& in) {
    const std::int64_t tag = in.integer();
    if (tag == 0) return std::nullopt;
    return Wire<Operand>::read(in, tag);
  }
};

} // namespace unroll::table
