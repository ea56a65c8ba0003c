#pragma once
#include "gru_cell.h"
#include "lstm_cell.h"
#include "rnn_cell.h"
#include "unroll/rnn.h"

namespace unroll::rnn {

/// Calls f with the cell as a type: f(GruCell{}). False where no cell has this number. It has no `default:`, so that the compiler
/// names a cell of the enum that is not here.
template <class F>
bool visit_cell(Cell cell, F&& f) {
  switch (cell) {
  case Cell::RnnTanh: return f(RnnCell<false>{}), true;
  case Cell::RnnRelu: return f(RnnCell<true>{}), true;
  case Cell::Lstm: return f(LstmCell{}), true;
  case Cell::Gru: return f(GruCell{}), true;
  }
  return false;
}

} // namespace unroll::rnn
