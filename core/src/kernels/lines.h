#pragma once
#include <vector>

#include "unroll/tensor.h"

namespace unroll {

/// The lines of a contiguous tensor along one dimension: `n` elements each, `step` apart.
struct Lines {
  std::int64_t outer = 1, n = 1, step = 1;

  Lines(const Shape& shape, std::int64_t dim) {
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const auto at = static_cast<std::int64_t>(d);
      (at < dim ? outer : at == dim ? n : step) *= shape[d];
    }
  }
  std::int64_t count() const { return outer * step; }

  /// Calls f(number, offset) for each line: how many came before it in row-major order, and where it starts.
  template <class F>
  void each(F&& f) const {
    for (std::int64_t o = 0; o < outer; ++o)
      for (std::int64_t i = 0; i < step; ++i) f(o * step + i, o * n * step + i);
  }
};

/// One line of a tensor as elements next to each other: its own memory, or a copy where they are apart.
template <class T>
class LineBuffer {
public:
  explicit LineBuffer(const Lines& lines)
      : lines_(lines), copy_(lines.step == 1 ? 0 : static_cast<std::size_t>(lines.n)) {}

  const T* read(const T* line) {
    if (lines_.step == 1) return line;
    for (std::int64_t i = 0; i < lines_.n; ++i) copy_[static_cast<std::size_t>(i)] = line[i * lines_.step];
    return copy_.data();
  }
  /// Where to put results that store() then brings to `line`.
  T* room(T* line) { return lines_.step == 1 ? line : copy_.data(); }
  void store(T* line) const {
    if (lines_.step == 1) return;
    for (std::int64_t i = 0; i < lines_.n; ++i) line[i * lines_.step] = copy_[static_cast<std::size_t>(i)];
  }

private:
  const Lines& lines_;
  std::vector<T> copy_;
};

} // namespace unroll
