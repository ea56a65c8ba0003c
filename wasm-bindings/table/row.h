#pragma once
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "wire.h"

namespace unroll::table {

/// One parameter of an op, as Python sees it.
struct Param {
  std::string name, type, default_value; ///< default_value: Python text, empty where there is none
};

/// Where an op is public: torch.name, Tensor.name, both, or neither.
enum class Kind : unsigned char { Both, Function, Method, Internal };

/// One op: from it come the exported call, the Python and JavaScript functions, the stubs and the coverage page.
///   op<&ops::sum>("sum(self, dim=None, keepdim=False)", "Sum over dim; over all when None.")
///   op<&ops::sort>("sort(self, dim=-1) -> values, indices", "Sorted along dim.")
/// Types come from the C++ function, names and defaults from the text. A tensor whose default is None may be undefined.
/// Results behind an arrow have names: Python gives them as torch.return_types.NAME, JavaScript as ValuesAndIndices.
class Row {
public:
  using Invoke = void (*)(const Row&, Reader&, Results&);

  Row(const char* signature, const char* doc, std::vector<std::string> types, std::string returns, Invoke invoke);
  // Out of line: each row of the table moves and destroys some.
  Row(const Row&);
  Row(Row&&) noexcept;
  Row& operator=(Row&&) noexcept;
  ~Row();

  /// Has no gradient, so it needs no gradient check.
  Row&& no_gradient() && { return gradient_ = false, std::move(*this); }
  /// The in-place form `name_` exists as well: assign(self, name(self, ...)).
  Row&& with_inplace() && { return inplace_ = true, std::move(*this); }
  /// Returns its first argument, which the caller has already: no handle comes back, and there is no gradient of its own.
  Row&& returns_self() && { return returns_ = "none", gradient_ = false, std::move(*this); }
  /// torch.name only; or Tensor.name only; or neither (for the packages' own use).
  Row&& function() && { return kind_ = Kind::Function, std::move(*this); }
  Row&& method() && { return kind_ = Kind::Method, std::move(*this); }
  Row&& internal() && { return kind_ = Kind::Internal, std::move(*this); }
  /// Python (torch/*.py) or JavaScript (js/torch/*.ts) shows a form that is written by hand over this row.
  Row&& python_form() && { return fact(PythonForm); }
  Row&& javascript_form() && { return fact(JavaScriptForm); }
  /// Stands in nn.functional too; in linalg, special.
  Row&& functional() && { return fact(Functional); }
  Row&& linalg() && { return fact(Linalg); }
  Row&& special() && { return fact(Special); }
  /// The result is None where there is no tensor.
  Row&& may_be_none() && { return fact(MayBeNone); }
  /// Python calls it by a function of the engine (engine.mjs), so it has no wrapper there.
  Row&& by_engine() && { return fact(ByEngine); }

  /// Takes tensors of every dtype as they are: it moves elements, whatever they mean.
  Row&& any_dtype() && { return any_dtype_ = true, std::move(*this); }
  /// Over small integers, results from this one on are int64 (indices, sums); the others have the inputs' dtype.
  Row&& int64_results(int from = 0) && { return int64_from_ = from, std::move(*this); }
  /// The result has the dtype of the first tensor, whatever the others are.
  Row&& like_first() && { return like_first_ = true, std::move(*this); }
  /// Throws for tensors of different dtypes.
  Row&& same_dtype() && { return same_dtype_ = true, std::move(*this); }
  /// Takes only int64 (or uint8) class indices as its target.
  Row&& long_target() && { return long_target_ = true, std::move(*this); }

  /// Writes parameters in place, whatever autograd says to that.
  Row&& optimizer() && { return steps_leaves_ = true, std::move(*this); }

  const std::string& name() const { return name_; }
  const std::string& doc() const { return doc_; }
  const std::string& returns() const { return returns_; }
  Kind kind() const { return kind_; }
  /// Names of the results, "values, indices"; empty where they have none.
  const std::string& results() const { return results_; }
  /// What only the generators read of it, as words between spaces.
  std::string facts() const;
  const std::vector<Param>& params() const { return params_; }
  bool gradient() const { return gradient_; }
  bool inplace() const { return inplace_; }
  int int64_from() const { return int64_from_; }
  bool follows_first() const { return like_first_; }
  bool needs_same_dtype() const { return same_dtype_; }
  bool steps_leaves() const { return steps_leaves_; }
  bool needs_long_target() const { return long_target_; }

  /// Calls the function with `count` arguments and gives its results. Throws what the function throws.
  void call(const double* arguments, std::size_t count, Results& out) const;

private:
  enum Fact : unsigned { PythonForm, JavaScriptForm, Functional, Linalg, Special, MayBeNone, ByEngine };
  Row&& fact(Fact fact) { return facts_ |= 1u << fact, std::move(*this); }

  std::string name_, doc_, returns_, results_;
  std::vector<Param> params_;
  bool gradient_ = true, inplace_ = false;
  bool any_dtype_ = false, like_first_ = false, same_dtype_ = false, long_target_ = false, steps_leaves_ = false;
  int int64_from_ = 1 << 20;
  Kind kind_ = Kind::Both;
  unsigned facts_ = 0;
  Invoke invoke_;
};

namespace detail {

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class... Args>
struct Signature<R (*)(Args...)> {
  using Result = std::decay_t<R>;
  using Values = std::tuple<std::decay_t<Args>...>;
};
template <class C, class R, class... Args>
struct Signature<R (C::*)(Args...) const> : Signature<R (*)(Args...)> {};

template <class T>
T read(const Row& row, std::size_t i, Reader& in) {
  T value = Wire<T>::read(in);
  if constexpr (std::is_same_v<T, Tensor>) {
    if (!value.defined() && row.params()[i].default_value != "None")
      fail(ErrorKind::Type, row.name(), "(): argument '", row.params()[i].name, "' must be Tensor, not NoneType");
  }
  return value;
}

template <auto F>
void invoke(const Row& row, Reader& in, Results& out) {
  using S = Signature<std::remove_const_t<decltype(F)>>;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    // Braces read the arguments from left to right.
    typename S::Values values{read<std::tuple_element_t<I, typename S::Values>>(row, I, in)...};
    check(in.done(), "[call] got too many arguments for ", row.name());
    if constexpr (std::is_void_v<typename S::Result>) {
      F(std::get<I>(values)...);
    } else {
      auto result = F(std::get<I>(values)...);
      if (row.returns() != "none") Wire<typename S::Result>::write(out, result);
    }
  }(std::make_index_sequence<std::tuple_size_v<typename S::Values>>{});
}

template <class Values, std::size_t... I>
std::vector<std::string> types(std::index_sequence<I...>) {
  return {Wire<std::tuple_element_t<I, Values>>::type()...};
}

} // namespace detail

/// The row of a function or captureless lambda; see Row.
template <auto F>
Row op(const char* signature, const char* doc) {
  using S = detail::Signature<std::remove_const_t<decltype(F)>>;
  std::string returns = "none";
  if constexpr (!std::is_void_v<typename S::Result>) returns = Wire<typename S::Result>::type();
  return Row(signature, doc,
             detail::types<typename S::Values>(std::make_index_sequence<std::tuple_size_v<typename S::Values>>{}),
             returns, &detail::invoke<F>);
}

/// All rows; a row's place is its number in calls.
const std::vector<Row>& rows();
/// The rows as JSON, for the generators.
std::string rows_json();

// The families, each a file.
std::vector<Row> elementwise_rows();
std::vector<Row> reduce_rows();
std::vector<Row> shape_rows();
std::vector<Row> index_rows();
std::vector<Row> loss_rows();
std::vector<Row> random_rows();
std::vector<Row> rnn_rows();
std::vector<Row> optim_rows();
std::vector<Row> nn_rows();
std::vector<Row> tensor_rows();
std::vector<Row> math_rows();
std::vector<Row> place_rows();
std::vector<Row> linalg_rows();
std::vector<Row> autograd_rows();

} // namespace unroll::table
