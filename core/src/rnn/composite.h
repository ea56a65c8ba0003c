#pragma once
#include "kept.h"

namespace unroll::rnn {

/// Gradients of a recurrent stack that can be differentiated again: forward is repeated out of ordinary ops, and those are
/// differentiated. Takes several times the time of the fused pass.
Grads composite_backward(const StackBackward& kept, const Context& context);

} // namespace unroll::rnn
