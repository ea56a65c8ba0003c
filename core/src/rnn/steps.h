#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "kernels/simd.h"

namespace unroll::rnn {

using simd::Index;

/// Where the rows of each time step lie: step t has sizes[t] sequences, in rows offsets[t] and on. Sizes never rise; they
/// differ only in a packed sequence, whose rows have no padding between them.
struct Steps {
  std::vector<Index> sizes, offsets;
  Index rows = 0, batch = 0;
  bool uniform = true;

  Index count() const { return static_cast<Index>(sizes.size()); }
  /// The step that a direction visits s-th.
  Index visited(Index s, bool reverse) const { return reverse ? count() - 1 - s : s; }
  /// How many sequences of the s-th visited step had a step before it in this direction; the others start here.
  Index continued(Index s, bool reverse) const {
    return s == 0 ? 0 : std::min(sizes[visited(s, reverse)], sizes[visited(s - 1, reverse)]);
  }

  static Steps padded(Index steps, Index batch) {
    return packed(std::vector<std::int64_t>(static_cast<std::size_t>(steps), batch), batch);
  }
  /// `batch` is sizes[0], except that it is wanted where there is no step.
  static Steps packed(const std::vector<std::int64_t>& sizes, Index batch) {
    Steps steps;
    steps.batch = batch;
    for (const std::int64_t size : sizes) {
      steps.offsets.push_back(steps.rows);
      steps.sizes.push_back(static_cast<Index>(size));
      steps.rows += static_cast<Index>(size);
      steps.uniform = steps.uniform && static_cast<Index>(size) == batch;
    }
    return steps;
  }
};

} // namespace unroll::rnn
