#pragma once
#include <array>
#include <span>
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

class Row;

/// What a row says of its op besides name, parameters and text.
struct Facts {
  /// What only the generators read, a bit each; row.cpp has their words.
  enum Word : unsigned { PythonForm, JavaScriptForm, Functional, Linalg, Special, MayBeNone, ByEngine };

  Kind kind = Kind::Both;
  bool gradient = true, inplace = false, returns_self = false;
  bool any_dtype = false, like_first = false, same_dtype = false, long_target = false, steps_leaves = false;
  int int64_from = 1 << 20;
  unsigned words = 0;
};

/// A row as its family writes it: a constant, so that what it says costs no code.
///   op<&ops::sum>("sum(self, dim=None, keepdim=False)", "Sum over dim; over all when None.")
///   op<&ops::sort>("sort(self, dim=-1) -> values, indices", "Sorted along dim.")
/// Types come from the C++ function, names and defaults from the text. A tensor whose default is None may be undefined.
/// Results behind an arrow have names: Python gives them as torch.return_types.NAME, JavaScript as ValuesAndIndices.
struct RowSpec {
  using Invoke = void (*)(const Row&, Reader&, Results&);

  const char *signature = "", *params = "", *doc = ""; ///< params: what follows the signature's text
  std::vector<std::string> (*types)() = nullptr;
  std::string (*returns)() = nullptr;
  Invoke invoke = nullptr;
  Facts facts;

  /// Has no gradient, so it needs no gradient check.
  constexpr RowSpec no_gradient() { return facts.gradient = false, *this; }
  /// The in-place form `name_` exists as well: assign(self, name(self, ...)).
  constexpr RowSpec with_inplace() { return facts.inplace = true, *this; }
  /// Returns its first argument, which the caller has already: no handle comes back, and there is no gradient of its own.
  constexpr RowSpec returns_self() { return facts.returns_self = true, no_gradient(); }

  /// torch.name only; or Tensor.name only; or neither (for the packages' own use).
  constexpr RowSpec function() { return facts.kind = Kind::Function, *this; }
  constexpr RowSpec method() { return facts.kind = Kind::Method, *this; }
  constexpr RowSpec internal() { return facts.kind = Kind::Internal, *this; }
  /// Python (torch/*.py) or JavaScript (js/torch/*.ts) shows a form that is written by hand over this row.
  constexpr RowSpec python_form() { return says(Facts::PythonForm); }
  constexpr RowSpec javascript_form() { return says(Facts::JavaScriptForm); }
  /// Stands in nn.functional too; in linalg, special.
  constexpr RowSpec functional() { return says(Facts::Functional); }
  constexpr RowSpec linalg() { return says(Facts::Linalg); }
  constexpr RowSpec special() { return says(Facts::Special); }
  /// The result is None where there is no tensor.
  constexpr RowSpec may_be_none() { return says(Facts::MayBeNone); }
  /// Python calls it by a function of the engine (engine.mjs), so it has no wrapper there.
  constexpr RowSpec by_engine() { return says(Facts::ByEngine); }

  /// Takes tensors of every dtype as they are: it moves elements, whatever they mean.
  constexpr RowSpec any_dtype() { return facts.any_dtype = true, *this; }
  /// Over small integers, results from this one on are int64 (indices, sums); the others have the inputs' dtype.
  constexpr RowSpec int64_results(int from = 0) { return facts.int64_from = from, *this; }
  /// The result has the dtype of the first tensor, whatever the others are.
  constexpr RowSpec like_first() { return facts.like_first = true, *this; }
  /// Throws for tensors of different dtypes.
  constexpr RowSpec same_dtype() { return facts.same_dtype = true, *this; }
  /// Takes only int64 (or uint8) class indices as its target.
  constexpr RowSpec long_target() { return facts.long_target = true, *this; }

  /// Writes parameters in place, whatever autograd says to that.
  constexpr RowSpec optimizer() { return facts.steps_leaves = true, *this; }

private:
  constexpr RowSpec says(Facts::Word word) { return facts.words |= 1u << word, *this; }
};

/// One op: from it come the exported call, the Python and JavaScript functions, the stubs and the coverage page.
class Row {
public:
  explicit Row(const RowSpec& spec);

  const std::string& name() const { return name_; }
  const std::string& doc() const { return doc_; }
  const std::string& returns() const { return returns_; }
  /// Names of the results, "values, indices"; empty where they have none.
  const std::string& results() const { return results_; }
  const std::vector<Param>& params() const { return params_; }
  /// What only the generators read of it, as words between spaces.
  std::string words() const;
  Kind kind() const { return facts_.kind; }
  bool gradient() const { return facts_.gradient; }
  bool inplace() const { return facts_.inplace; }
  int int64_from() const { return facts_.int64_from; }
  bool follows_first() const { return facts_.like_first; }
  bool needs_same_dtype() const { return facts_.same_dtype; }
  bool steps_leaves() const { return facts_.steps_leaves; }
  bool needs_long_target() const { return facts_.long_target; }

  /// Calls the function with `count` arguments and gives its results. Throws what the function throws.
  void call(const double* arguments, std::size_t count, Results& out) const;

private:
  std::string name_, doc_, returns_, results_;
  std::vector<Param> params_;
  Facts facts_;
  RowSpec::Invoke invoke_;
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

template <class Values>
std::vector<std::string> types() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return std::vector<std::string>{Wire<std::tuple_element_t<I, Values>>::type()...};
  }(std::make_index_sequence<std::tuple_size_v<Values>>{});
}

template <class Result>
std::string returns() {
  if constexpr (std::is_void_v<Result>)
    return "none";
  else
    return Wire<Result>::type();
}

} // namespace detail

/// The row of a function or captureless lambda; see RowSpec. `params` may stand apart from the name.
template <auto F>
constexpr RowSpec op(const char* signature, const char* doc, const char* params = "") {
  using S = detail::Signature<std::remove_const_t<decltype(F)>>;
  return {signature,          params, doc, &detail::types<typename S::Values>, &detail::returns<typename S::Result>,
          &detail::invoke<F>, {}};
}

/// Rows of a family, each changed by a function of RowSpec.
template <class Change, std::size_t N>
constexpr std::array<RowSpec, N> each(Change change, const RowSpec (&rows)[N]) {
  std::array<RowSpec, N> changed;
  for (std::size_t i = 0; i < N; ++i) changed[i] = change(rows[i]);
  return changed;
}

/// All rows; a row's place is its number in calls.
const std::vector<Row>& rows();
/// The rows as JSON, for the generators.
std::string rows_json();

// The families, each a file.
std::span<const RowSpec> elementwise_rows();
std::span<const RowSpec> reduce_rows();
std::span<const RowSpec> shape_rows();
std::span<const RowSpec> index_rows();
std::span<const RowSpec> loss_rows();
std::span<const RowSpec> random_rows();
std::span<const RowSpec> rnn_rows();
std::span<const RowSpec> optim_rows();
std::span<const RowSpec> nn_rows();
std::span<const RowSpec> tensor_rows();
std::span<const RowSpec> math_rows();
std::span<const RowSpec> place_rows();
std::span<const RowSpec> linalg_rows();
std::span<const RowSpec> autograd_rows();

} // namespace unroll::table
