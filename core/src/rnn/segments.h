#pragma once
#include "layer.h"

namespace unroll::rnn {

/// Some sequences of one step: rows first … first + rows of the step, and where their previous state lies.
template <class T>
struct Segment {
  Index first, rows;
  Index row;       ///< of the (R, …) buffers
  const T* h_prev; ///< null for zeros
  Index h_prev_row;
  const T* c_prev;
  Index c_prev_row;
  bool starts; ///< the previous state is the initial one
};

/// Calls visit with the one or two segments of the s-th visited step: sequences that go on, and sequences that start here.
template <class T, class F>
void for_segments(const Direction<T>& d, const T* zeros, Index s, F&& visit) {
  const Steps& steps = *d.steps;
  const Index t = steps.visited(s, d.reverse), n = steps.sizes[t], going_on = steps.continued(s, d.reverse),
              row = steps.offsets[t];
  if (going_on > 0) {
    const Index before = steps.offsets[steps.visited(s - 1, d.reverse)];
    visit(Segment<T>{0, going_on, row, d.y + before * d.y_row, d.y_row, d.c ? d.c + before * d.hidden : nullptr,
                     d.hidden, false});
  }
  if (going_on < n) {
    const T* h0 = d.h0 ? d.h0 + going_on * d.out : nullptr;
    const T* c0 = d.c0 ? d.c0 + going_on * d.hidden : zeros;
    visit(Segment<T>{going_on, n - going_on, row + going_on, h0, d.out, c0, d.c0 ? d.hidden : 0, true});
  }
}

} // namespace unroll::rnn
