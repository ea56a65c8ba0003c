#include "composite.h"
#include "unroll/ops.h"

namespace unroll::rnn {
namespace {

/// One backward run over a stack: layers from the last to the first, gradients of a layer's input going on as those of the
/// output of the layer before.
class BackwardStack {
public:
  BackwardStack(const StackBackward& kept, const Context& context)
      : kept_(kept), plan_(kept.plan), context_(context), results_(context.node.edges.size()) {
    for (std::size_t i = 0; i < context.node.saved.size(); ++i) saved_.push_back(detached(context.saved(i)));
    dgates_ = empty({static_cast<std::int64_t>(plan_.steps.rows), plan_.gate_columns()}, plan_.dtype);
    const std::int64_t sets = plan_.layers * plan_.directions, batch = static_cast<std::int64_t>(plan_.steps.batch);
    dh_ = state_gradient(1, {sets, batch, plan_.out});
    if (plan_.has_c()) dc_ = state_gradient(2, {sets, batch, plan_.hidden});
  }

  template <class T>
  Grads run() {
    Tensor dy = context_.grad(0).defined() ? ops::contiguous(context_.grad(0)) : Tensor();
    for (std::int64_t layer = plan_.layers - 1; layer >= 0; --layer) {
      const KeptLayer& kept = kept_.layers[static_cast<std::size_t>(layer)];
      Tensor dx;
      if (layer > 0 || context_.needs(0)) dx = empty(saved(kept.x).shape(), plan_.dtype);
      for (std::int64_t direction = 0; direction < plan_.directions; ++direction)
        run_direction<T>(layer, direction, dy, dx);
      dy = dx;
      if (layer > 0 && kept_.layers[static_cast<std::size_t>(layer - 1)].mask >= 0)
        dy = ops::mul(dx, saved(kept_.layers[static_cast<std::size_t>(layer - 1)].mask));
    }
    if (context_.needs(0)) results_[0] = std::move(dy);
    if (kept_.states > 0 && context_.needs(1)) results_[1] = std::move(dh_);
    if (kept_.states > 1 && context_.needs(2)) results_[2] = std::move(dc_);
    return std::move(results_);
  }

private:
  static Tensor detached(const Tensor& x) { return x.defined() ? detach(x) : x; }
  const Tensor& saved(int position) const { return saved_[static_cast<std::size_t>(position)]; }

  /// The gradient of a final state in memory of our own, where the kernel turns it into that of the initial state.
  Tensor state_gradient(std::size_t result, const Shape& shape) const {
    const bool given = kept_.states >= result;
    Tensor g = zeros(given ? context_.node.inputs[result].shape : shape, plan_.dtype);
    if (context_.grad(result).defined()) ops::copy_(ops::view(g, shape), context_.grad(result));
    return g;
  }

  template <class T>
  T* weight_gradient(std::size_t index) {
    const std::size_t input = 1 + kept_.states + index;
    if (!context_.needs(input)) return nullptr;
    results_[input] = empty(context_.node.inputs[input].shape, plan_.dtype);
    return results_[input].template data<T>();
  }

  template <class T>
  void run_direction(std::int64_t layer, std::int64_t direction, const Tensor& dy, const Tensor& dx) {
    const KeptLayer& kept = kept_.layers[static_cast<std::size_t>(layer)];
    const KeptDirection& own = kept.directions[direction];
    Direction<T> d = direction_of<T>(plan_, layer, direction, saved_.data() + kept_.first_weight,
                                     saved_.data() + kept_.first_state, kept_.states);
    d.x = saved(kept.x).template data<T>();
    d.y = saved(kept.y).template data<T>() + direction * plan_.out;
    d.gates = (own.gates >= 0 ? saved(own.gates) : dgates_).template data<T>();
    if (own.c >= 0) d.c = saved(own.c).template data<T>(), d.tanh_c = saved(own.tanh_c).template data<T>();
    if (own.hidden_out >= 0) d.hidden_out = saved(own.hidden_out).template data<T>();

    Backward<T> b{};
    if (dy.defined()) b.dy = dy.data<T>() + direction * plan_.out, b.dy_row = d.y_row;
    const std::int64_t set = layer * plan_.directions + direction, first = set * plan_.steps.batch;
    b.dh = dh_.data<T>() + first * plan_.out;
    if (plan_.has_c()) b.dc = dc_.data<T>() + first * plan_.hidden;
    b.initial = kept_.states > 0 && context_.needs(1);
    b.dgates = dgates_.data<T>();
    if (dx.defined()) b.dx = dx.data<T>(), b.add_dx = direction > 0;
    const std::size_t weight = static_cast<std::size_t>(set * plan_.weights_each());
    b.grads.w_ih = weight_gradient<T>(weight);
    b.grads.w_hh = weight_gradient<T>(weight + 1);
    if (plan_.bias) b.grads.b_ih = weight_gradient<T>(weight + 2), b.grads.b_hh = weight_gradient<T>(weight + 3);
    if (plan_.projects) b.grads.w_hr = weight_gradient<T>(weight + static_cast<std::size_t>(plan_.weights_each()) - 1);
    backward(d, b);
  }

  const StackBackward& kept_;
  const Plan& plan_;
  const Context& context_;
  Grads results_;
  Tensors saved_;
  Tensor dgates_, dh_, dc_;
};

} // namespace

Grads StackBackward::operator()(const Context& context) const {
  if (grad_enabled()) return composite_backward(*this, context);
  BackwardStack stack(*this, context);
  return plan.dtype == DType::Float32 ? stack.run<float>() : stack.run<double>();
}

} // namespace unroll::rnn
