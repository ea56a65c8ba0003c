#include "stack.h"

#include "kept.h"
#include "tensor/geometry.h"
#include "unroll/ops.h"
#include "unroll/random.h"

namespace unroll::rnn {
namespace {

/// One forward run: its buffers, and the list of tensors that backward will want.
class Stack {
public:
  Stack(const Plan& plan, const Tensor& x, const Tensors& hx, const Tensors& weights, bool keep)
      : plan_(plan), rows_(static_cast<std::int64_t>(plan.steps.rows)), keep_(keep) {
    kept_.plan = plan;
    kept_.states = hx.size();
    kept_.first_state = saved_.size();
    for (const Tensor& state : hx) save(ops::contiguous(state));
    kept_.first_weight = saved_.size();
    for (const Tensor& w : weights) save(ops::contiguous(w));
    const std::int64_t sets = plan.layers * plan.directions, batch = static_cast<std::int64_t>(plan.steps.batch);
    h_n_ = empty({sets, batch, plan.out}, plan.dtype);
    if (plan.has_c()) c_n_ = empty({sets, batch, plan.hidden}, plan.dtype);
    x_ = ops::contiguous(x);
    y_shape_ = x.shape();
    y_shape_.back() = plan.out * plan.directions;
  }

  template <class T>
  void run() {
    Tensor x = x_;
    int position = keep(x);
    for (std::int64_t layer = 0; layer < plan_.layers; ++layer) {
      const bool last = layer == plan_.layers - 1;
      KeptLayer kept;
      kept.x = position;
      y_ = empty(y_shape_, plan_.dtype);
      for (std::int64_t direction = 0; direction < plan_.directions; ++direction)
        kept.directions[direction] = run_direction<T>(layer, direction, x);
      position = kept.y = keep(y_);
      x = y_;
      if (!last && plan_.dropout > 0) {
        const Tensor mask = ops::dropout_noise(y_shape_, contiguous_strides(y_shape_), plan_.dtype, plan_.dropout);
        kept.mask = keep(mask);
        x = ops::mul(y_, mask);
        position = keep(x);
      }
      kept_.layers.push_back(kept);
    }
  }

  Tensors results() const { return plan_.has_c() ? Tensors{y_, h_n_, c_n_} : Tensors{y_, h_n_}; }
  const Tensors& saved() const { return saved_; }
  const StackBackward& kept() const { return kept_; }

private:
  int save(const Tensor& x) {
    saved_.push_back(x);
    return static_cast<int>(saved_.size()) - 1;
  }
  int keep(const Tensor& x) { return keep_ ? save(x) : -1; }

  /// A buffer of (R, columns): a fresh one where backward needs it, otherwise the one that the last direction used.
  Tensor buffer(Tensor& shared, std::int64_t columns, bool keep, int& position) {
    if (!shared.defined() || keep) shared = empty({rows_, columns}, plan_.dtype);
    if (keep) position = save(shared);
    return shared;
  }

  template <class T>
  KeptDirection run_direction(std::int64_t layer, std::int64_t direction, const Tensor& x) {
    KeptDirection kept;
    Direction<T> d = direction_of<T>(plan_, layer, direction, saved_.data() + kept_.first_weight,
                                     saved_.data() + kept_.first_state, kept_.states);
    // A plain RNN's activation is its output, which is kept anyway.
    const bool keep_gates = keep_ && plan_.facts().kept.size() > 1;
    d.x = x.data<T>();
    d.y = y_.data<T>() + direction * plan_.out;
    d.gates = buffer(gates_, plan_.gate_columns(), keep_gates, kept.gates).template data<T>();
    if (plan_.has_c()) {
      d.c = buffer(c_, plan_.hidden, keep_, kept.c).template data<T>();
      d.tanh_c = buffer(tanh_c_, plan_.hidden, keep_, kept.tanh_c).template data<T>();
    }
    if (plan_.projects) d.hidden_out = buffer(hidden_out_, plan_.hidden, keep_, kept.hidden_out).template data<T>();
    const std::int64_t first = (layer * plan_.directions + direction) * plan_.steps.batch;
    forward(d, h_n_.data<T>() + first * plan_.out, plan_.has_c() ? c_n_.data<T>() + first * plan_.hidden : nullptr);
    return kept;
  }

  const Plan& plan_;
  const std::int64_t rows_;
  const bool keep_;
  StackBackward kept_;
  Tensors saved_;
  Tensor x_, y_, h_n_, c_n_, gates_, c_, tanh_c_, hidden_out_;
  Shape y_shape_;
};

/// The columns of one gate as a view, without a graph.
Tensor gate_view(const Tensor& gates, std::int64_t gate, std::int64_t hidden) {
  Geometry columns{{gates.size(0), hidden}, {gates.size(1), 1}, gates.offset() + gate * hidden};
  return look(gates.storage(), std::move(columns), gates.dtype(), gates.impl()->version);
}

} // namespace

Tensors run_stack(const Plan& plan, const Tensor& x, const Tensors& hx, const Tensors& weights, const char* name) {
  Tensors inputs{x};
  inputs.insert(inputs.end(), hx.begin(), hx.end());
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  const bool keep = needs_grad(inputs);
  std::optional<Stack> stack;
  {
    NoGrad guard;
    stack.emplace(plan, x, hx, weights, keep);
    if (plan.dtype == DType::Float32)
      stack->run<float>();
    else
      stack->run<double>();
  }
  const Tensors results = stack->results();
  return keep ? record_many(name, inputs, results, stack->saved(), stack->kept()) : results;
}

Tensor renamed(const Tensor& x, const char* name) {
  if (!needs_grad({x})) return x;
  return record(name, {x}, detach(x), {}, [](const Context& c) { return Grads{c.grad()}; });
}

std::vector<Activation> activations(const Node& node) {
  std::vector<Activation> list;
  const auto* kept = node.backward.target<StackBackward>();
  if (!kept || node.released || node.saved[0].packed) return list;
  const auto add = [&](std::int64_t l, std::int64_t d, const char* name, int position) {
    if (position >= 0) list.push_back({l, d, name, node.saved[static_cast<std::size_t>(position)].tensor});
  };
  for (std::int64_t l = 0; l < kept->plan.layers; ++l)
    for (std::int64_t d = 0; d < kept->plan.directions; ++d) {
      const KeptDirection& from = kept->layers[static_cast<std::size_t>(l)].directions[d];
      if (from.gates >= 0) {
        std::int64_t column = 0;
        for (const std::string& name : kept->plan.facts().kept)
          list.push_back(
              {l, d, name,
               gate_view(node.saved[static_cast<std::size_t>(from.gates)].tensor, column++, kept->plan.hidden)});
      }
      add(l, d, "c", from.c);
      add(l, d, "tanh_c", from.tanh_c);
      add(l, d, "h_unprojected", from.hidden_out);
    }
  return list;
}

} // namespace unroll::rnn
