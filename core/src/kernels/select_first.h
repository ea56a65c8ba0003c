#pragma once
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

// The orders in which libstdc++'s partial_sort, nth_element and sort leave equal elements. PyTorch's topk shows them: which
// of several equal values it gives, and in which order, is decided there. Other standard libraries leave them otherwise, so the
// steps are written out here: a heap of k for few out of many; introselect (median of three, insertion sort at the end) otherwise.

namespace unroll {

/// Puts the k elements that come first in the order `before` to the front, in order where `sorted`.  [ATen/native/TopKImpl.h]
template <class T, class Before>
class SelectFirst {
public:
  SelectFirst(std::vector<T>& items, Before before) : items_(items), before_(before) {}

  void operator()(std::ptrdiff_t k, bool sorted) {
    const auto n = static_cast<std::ptrdiff_t>(items_.size());
    if (k == 0) return;
    if (k * 64 <= n) {
      heap_select(0, k, n);
      for (std::ptrdiff_t last = k; last > 1; --last) pop_heap(0, last - 1, last - 1);
    } else {
      nth_element(k - 1, n);
      if (sorted) sort(0, k - 1);
    }
  }

private:
  using Index = std::ptrdiff_t;
  bool before(Index a, Index b) const { return before_(items_[a], items_[b]); }
  void swap(Index a, Index b) { std::swap(items_[a], items_[b]); }

  /// Twice the logarithm of n: how often a range may be cut before a heap takes over.
  static int depth(Index n) {
    int log = 0;
    while (n > 1) {
      n >>= 1;
      ++log;
    }
    return 2 * log;
  }

  /// Lets `value` sink from `hole` to a leaf of the heap [first, first + size), then rise to its place.
  void adjust_heap(Index first, Index hole, Index size, T value) {
    const Index top = hole;
    Index child = hole;
    while (child < (size - 1) / 2) {
      child = 2 * (child + 1);
      if (before(first + child, first + child - 1)) --child;
      items_[first + hole] = std::move(items_[first + child]);
      hole = child;
    }
    if (size % 2 == 0 && child == (size - 2) / 2) {
      child = 2 * (child + 1);
      items_[first + hole] = std::move(items_[first + child - 1]);
      hole = child - 1;
    }
    Index parent = (hole - 1) / 2;
    while (hole > top && before_(items_[first + parent], value)) {
      items_[first + hole] = std::move(items_[first + parent]);
      hole = parent;
      parent = (hole - 1) / 2;
    }
    items_[first + hole] = std::move(value);
  }

  /// The heap's top goes to `result`, what was there goes into the heap.
  void pop_heap(Index first, Index last, Index result) {
    T value = std::move(items_[result]);
    items_[result] = std::move(items_[first]);
    adjust_heap(first, 0, last - first, std::move(value));
  }

  void heap_select(Index first, Index middle, Index last) {
    for (Index parent = (middle - first - 2) / 2; middle - first >= 2 && parent >= 0; --parent)
      adjust_heap(first, parent, middle - first, T(items_[first + parent]));
    for (Index i = middle; i < last; ++i)
      if (before(i, first)) pop_heap(first, middle, i);
  }

  /// Swaps the median of a, b, c to `result`.
  void move_median(Index result, Index a, Index b, Index c) {
    if (before(a, b))
      swap(result, before(b, c) ? b : before(a, c) ? c : a);
    else
      swap(result, before(a, c) ? a : before(b, c) ? c : b);
  }

  /// Cuts [first, last) at the median of three of its elements.
  Index partition(Index first, Index last) {
    move_median(first, first + 1, first + (last - first) / 2, last - 1);
    Index low = first + 1, high = last;
    while (true) {
      while (before(low, first)) ++low;
      --high;
      while (before(first, high)) --high;
      if (low >= high) return low;
      swap(low, high);
      ++low;
    }
  }

  /// Moves the element at `at` down to its place, stopping at `first`.
  void insert(Index first, Index at) {
    T value = std::move(items_[at]);
    while (at > first && before_(value, items_[at - 1])) {
      items_[at] = std::move(items_[at - 1]);
      --at;
    }
    items_[at] = std::move(value);
  }

  void insertion_sort(Index first, Index last) {
    for (Index i = first + 1; i < last; ++i) insert(first, i);
  }

  void nth_element(Index nth, Index last) {
    Index first = 0;
    int left = depth(last);
    if (nth == last) return;
    while (last - first > 3) {
      if (left-- == 0) {
        heap_select(first, nth + 1, last);
        swap(first, nth);
        return;
      }
      const Index cut = partition(first, last);
      (cut <= nth ? first : last) = cut;
    }
    insertion_sort(first, last);
  }

  void cut_down(Index first, Index last, int left) {
    while (last - first > 16) {
      if (left-- == 0) {
        heap_select(first, last, last);
        for (Index end = last; end - first > 1; --end) pop_heap(first, end - 1, end - 1);
        return;
      }
      const Index cut = partition(first, last);
      cut_down(cut, last, left);
      last = cut;
    }
  }

  void sort(Index first, Index last) {
    if (first == last) return;
    cut_down(first, last, depth(last - first));
    insertion_sort(first, last);
  }

  std::vector<T>& items_;
  Before before_;
};

} // namespace unroll
