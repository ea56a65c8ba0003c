#pragma once
#include "steps.h"
#include "unroll/rnn.h"

// One direction of one recurrent layer over all time steps, on plain memory. T is float or double.
//
// Rows are (step, sequence) pairs in the order of Steps; R is their number, B the batch, I, H, P the input, hidden and output
// features (P = H without a projection), W the columns of the cell's gate buffer.

namespace unroll::rnn {

/// Row-major, contiguous. Biases are null where the layer has none, w_hr where it has no projection.
template <class T>
struct Weights {
  const T *w_ih, *w_hh, *b_ih, *b_hh, *w_hr;
};
template <class T>
struct WeightGrads {
  T *w_ih, *w_hh, *b_ih, *b_hh, *w_hr; ///< null where not wanted
};

template <class T>
struct Direction {
  Cell cell;
  bool reverse;
  const Steps* steps;
  Index input, hidden, out; ///< I, H, P
  Weights<T> weights;
  const T* x;       ///< (R,I)
  const T *h0, *c0; ///< (B,P), (B,H); null for zeros
  T* y;             ///< (R,P), rows y_row apart
  Index y_row;
  T* gates;      ///< (R,W·H): pre-activations, then activations
  T *c, *tanh_c; ///< (R,H), LSTM
  T* hidden_out; ///< (R,H), LSTM with a projection: h before it
};

/// Fills y, gates, c, tanh_c, hidden_out and the final states h_n (B,P), c_n (B,H; null unless LSTM).
template <class T>
void forward(const Direction<T>& d, T* h_n, T* c_n);

template <class T>
struct Backward {
  const T* dy; ///< (R,P), rows dy_row apart; null for zeros
  Index dy_row;
  T *dh, *dc; ///< (B,P), (B,H) in: gradients of the final states; out: of the initial states where `initial`
  bool initial;
  T* dgates;   ///< (R,W·H), work space
  T* dx;       ///< (R,I), null where not wanted
  bool add_dx; ///< adds to what dx holds
  WeightGrads<T> grads;
};

/// One pass back in time over what forward left in d, then weight gradients as one product over all steps.
template <class T>
void backward(const Direction<T>& d, const Backward<T>& b);

} // namespace unroll::rnn
