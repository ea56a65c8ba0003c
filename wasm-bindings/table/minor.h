#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unroll/tensor.h"

namespace unroll::table {

class Row;
struct Results;

/// A call that was given a tensor of a minor dtype, for an op that computes in the wide types only: arguments are widened while
/// they are read, results become what PyTorch makes them, and what was written in place goes back to where it belongs.
class MinorCall {
public:
  /// The arguments are those of the whole call.
  MinorCall(const Row& row, const double* first, const double* last);
  const Tensor& widened(const Tensor& x);
  std::int64_t whole(std::int64_t value) const;
  void finish(Results& results);
  /// An error that speaks of the wide type, in terms of the type that the caller has.
  std::string in_own_words(std::string message) const;

private:
  void read_arguments(const double* first, const double* last);
  void write_back();
  const Row& row_;
  DType target_;                                ///< of the results
  std::optional<DType> requested_;              ///< by a dtype argument
  bool mixed_ = false;                          ///< the tensors have several dtypes
  DType first_ = DType::Bool;                   ///< of the first minor tensor
  std::vector<std::pair<Tensor, Tensor>> wide_; ///< what the caller has, and what the op gets
};

} // namespace unroll::table
