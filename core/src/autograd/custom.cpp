#include <algorithm>

#include "unroll/hooks.h"

namespace unroll {

Tensors record_custom(std::string_view name, const Tensors& inputs, const Tensors& ys, const std::vector<Mark>& marks,
                      const Tensors& saved, Backward backward, std::shared_ptr<Node>* made) {
  const auto is_input = [&](const Tensor& y) {
    return std::any_of(inputs.begin(), inputs.end(), [&](const Tensor& x) { return x.defined() && x.is(y); });
  };
  Tensors results;
  for (std::size_t i = 0; i < ys.size(); ++i) {
    if (marks[i] == Mark::Dirty)
      check(!ys[i].is_leaf() || !ys[i].requires_grad(),
            "a leaf Variable that requires grad has been used in an in-place operation.");
    results.push_back(marks[i] != Mark::Dirty && is_input(ys[i]) ? detach(ys[i]) : ys[i]);
  }
  // Recorded over aliases, whose place in the graph the results then take: a result may be an input.
  Tensors stands;
  for (const Tensor& y : results) stands.push_back(detach(y));
  Tensors kept = saved;
  for (Tensor& x : kept)
    for (std::size_t i = 0; i < ys.size(); ++i)
      if (x.defined() && x.is(ys[i]) && (marks[i] == Mark::Dirty || !is_input(ys[i]))) x = stands[i];
  record_many(lasting_name(name), inputs, stands, kept, std::move(backward));
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!stands[i].impl()->autograd) continue;
    if (made) *made = stands[i].grad_fn();
    if (marks[i] == Mark::NotDifferentiable) continue;
    if (marks[i] == Mark::Dirty) {
      take_place(results[i], stands[i]);
      continue;
    }
    auto& meta = results[i].impl()->meta();
    meta.grad_fn = stands[i].grad_fn();
    meta.output = static_cast<int>(i);
  }
  return results;
}

Tensors saved_of(Node& node) {
  // They have their place in the graph again, whether ops are recorded or not.
  GradMode recording(true);
  Tensors all;
  const Tensors none(node.outputs.size());
  const Context context{node, none};
  for (std::size_t i = 0; i < node.saved.size(); ++i) all.push_back(context.saved(i));
  return all;
}

} // namespace unroll
