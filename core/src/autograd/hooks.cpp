#include "unroll/hooks.h"

#include <set>
#include <string>

namespace unroll {

namespace {

std::vector<Pack> packs;

/// The node that x's gradient goes to; kept with a leaf, whose accumulator otherwise lives only as long as a graph does.
Edge lasting_edge(const Tensor& x) {
  Edge edge = gradient_edge(x);
  if (edge.node->accumulates) x.impl()->meta().hooked = edge.node;
  return edge;
}

} // namespace

Hooks& hooks_of(Node& node) {
  if (!node.hooks) node.hooks = std::make_shared<Hooks>();
  return *node.hooks;
}

void register_hook(const Tensor& x, std::function<Tensor(const Tensor&)> hook) {
  check(x.requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  const Edge edge = lasting_edge(x);
  hooks_of(*edge.node).on_result.push_back({edge.output, std::move(hook)});
}

void register_accumulated_hook(const Tensor& x, std::function<void()> hook) {
  check(x.requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  check(x.is_leaf(), "post accumulate grad hooks cannot be registered on non-leaf tensors");
  hooks_of(*lasting_edge(x).node).accumulated.push_back(std::move(hook));
}

void retain_grad(const Tensor& x) {
  check(x.requires_grad(), "can't retain_grad on Tensor that has requires_grad=False");
  if (x.is_leaf() || x.impl()->meta().retains_grad) return;
  x.impl()->meta().retains_grad = true;
  const Edge edge = gradient_edge(x);
  hooks_of(*edge.node).keeps.push_back({edge.output, x.impl_ptr()});
}

void push_saved_hook(Pack pack) { packs.push_back(std::move(pack)); }
void pop_saved_hook() {
  check(!packs.empty(), "[saved_tensors_hooks] there is no hook to take away");
  packs.pop_back();
}
const Pack* saved_hook() { return packs.empty() ? nullptr : &packs.back(); }

Anomaly& anomaly() {
  static Anomaly state;
  return state;
}

std::string_view lasting_name(std::string_view name) {
  static std::set<std::string, std::less<>> names;
  auto found = names.find(name);
  if (found == names.end()) found = names.emplace(name).first;
  return *found;
}

} // namespace unroll
