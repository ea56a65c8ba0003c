#include <unordered_map>

#include "nodes.h"
#include "row.h"
#include "unroll/hooks.h"

// The graph as Python and JavaScript see it: running backward, nodes, hooks, ops whose gradient is computed outside.

namespace unroll::table {

namespace {

using Handle = std::int64_t;

CallbackPtr callback(int id) { return std::make_shared<Callback>(id); }

void tensor_hook(const Tensor& x, int id) {
  register_hook(x, [f = callback(id)](const Tensor& g) {
    const Tensors given = (*f)({g});
    return given.empty() ? Tensor() : given[0];
  });
}

void accumulated_hook(const Tensor& x, int id) {
  register_accumulated_hook(x, [f = callback(id)] { f->call({}); });
}

void node_hook(Handle node, bool before, int id) {
  Hooks& hooks = hooks_of(*nodes().get(node));
  if (before) {
    hooks.before.push_back([f = callback(id)](const Tensors& given) { return (*f)(given); });
    return;
  }
  hooks.after.push_back([f = callback(id)](const Tensors& computed, const Tensors& given) {
    Tensors all = computed;
    all.insert(all.end(), given.begin(), given.end());
    return (*f)(all);
  });
}

/// A handle and the node's address, by which it is known again.
void put_node(Shape& out, const std::shared_ptr<Node>& node) {
  out.push_back(nodes().add(node));
  out.push_back(static_cast<Handle>(reinterpret_cast<std::uintptr_t>(node.get())));
}

Shape node_of(const Tensor& x) {
  Shape found;
  put_node(found, x.grad_fn());
  found.push_back(x.impl()->autograd ? x.impl()->autograd->output : 0);
  return found;
}

Shape gradient_edge_of(const Tensor& x) {
  Shape found;
  const Edge edge = gradient_edge(x);
  put_node(found, edge.node);
  found.push_back(edge.output);
  return found;
}

Shape node_edges(Handle node) {
  Shape found;
  for (const Edge& edge : nodes().get(node)->edges) {
    put_node(found, edge.node);
    found.push_back(edge.output);
  }
  return found;
}

std::int64_t node_callback(Handle node) {
  const auto* custom = nodes().get(node)->backward.target<CustomBackward>();
  return custom ? custom->callback->id() : 0;
}

Tensor node_variable(Handle node) {
  auto leaf = nodes().get(node)->leaf.lock();
  return leaf ? Tensor(leaf) : Tensor();
}

std::vector<std::string_view>& names() {
  static std::vector<std::string_view> all;
  return all;
}

std::int64_t function_name(const Shape& letters) {
  names().push_back(lasting_name(std::string(letters.begin(), letters.end())));
  return static_cast<std::int64_t>(names().size()) - 1;
}

/// The nodes of custom functions by callback, for as long as they live.
std::unordered_map<int, std::weak_ptr<Node>>& custom_nodes() {
  static std::unordered_map<int, std::weak_ptr<Node>> all;
  return all;
}

Tensors custom(int name, const Tensors& inputs, const Tensors& ys, const Shape& marks, const Tensors& saved, int id,
               bool materialize) {
  std::vector<Mark> kinds;
  for (std::int64_t mark : marks) kinds.push_back(static_cast<Mark>(mark));
  CallbackPtr function(new Callback(id), [](Callback* f) {
    custom_nodes().erase(f->id());
    delete f;
  });
  std::shared_ptr<Node> node;
  Tensors results = record_custom(names().at(static_cast<std::size_t>(name)), inputs, ys, kinds, saved,
                                  CustomBackward{std::move(function), materialize}, &node);
  if (node) custom_nodes()[id] = node;
  return results;
}

Tensors custom_saved(int id) {
  const auto found = custom_nodes().find(id);
  const auto node = found == custom_nodes().end() ? nullptr : found->second.lock();
  check(node != nullptr, "[Function] the graph of this context is gone");
  return saved_of(*node);
}

Shape custom_node(int id) {
  const auto found = custom_nodes().find(id);
  Shape place;
  put_node(place, found == custom_nodes().end() ? nullptr : found->second.lock());
  return place;
}

struct PackedOutside : Packed {
  Callback function;
  explicit PackedOutside(int id) : function(id) {}
  Tensor unpack() override {
    const Tensors given = function({});
    return given.empty() ? Tensor() : given[0];
  }
};

void saved_hook_push(int id) {
  push_saved_hook([f = callback(id)](const Tensor& x) { return std::make_shared<PackedOutside>(f->call({x})); });
}

void set_anomaly(bool on, bool check_nan, int recorded, int failed) {
  const auto reported = [](int id) -> std::function<void(Node&)> {
    if (id == 0) return nullptr;
    return
        [f = callback(id)](Node& node) { f->call_with({static_cast<double>(nodes().add(node.shared_from_this()))}); };
  };
  anomaly() = {on, check_nan, reported(recorded), reported(failed)};
}

constexpr RowSpec query(RowSpec row) { return row.no_gradient().internal().any_dtype(); }

} // namespace

std::span<const RowSpec> autograd_rows() {
  static constexpr auto rows = each(
      query,
      {
          op<&backward>("backward(roots, grads, retain_graph, create_graph, inputs)",
                        "Accumulates gradients into leaves, or into inputs only."),
          op<&grad>("autograd_grad(roots, inputs, grads, retain_graph, create_graph, allow_unused)",
                    "Gradients of roots at inputs."),
          op<&retain_grad>("retain_grad(self)", "Keeps the gradient of a result."),
          op<&answer>("callback_results(tensors)", "What the function that the engine called gives back."),
          op<&tensor_hook>("tensor_hook(self, callback)", "Calls back with each gradient of self."),
          op<&accumulated_hook>("accumulated_hook(self, callback)", "Calls back when a leaf has taken a gradient."),
          op<&node_of>("node_of(self)", "Handle and address of the op that made it, and which result it is."),
          op<&gradient_edge_of>("gradient_edge_of(self)", "The same; the accumulator for a leaf."),
          op<[](Handle node) { nodes().free(node); }>("node_free(node)", "Frees the handle of a node."),
          op<[](Handle node) { return std::string(nodes().get(node)->name); }>("node_name(node)", "The op's name."),
          op<[](Handle node) { return static_cast<std::int64_t>(nodes().get(node)->sequence); }>(
              "node_sequence(node)", "The place in the order of recording."),
          op<&node_edges>("node_edges(node)", "Handle, address and result of each op that it was computed from."),
          op<&node_callback>("node_callback(node)", "The number of its function outside, or 0."),
          op<&node_variable>("node_variable(node)", "The leaf that it accumulates into, or None.").may_be_none(),
          op<[](Handle node) { return saved_of(*nodes().get(node)); }>("node_saved(node)",
                                                                       "What it keeps for backward."),
          op<&node_hook>("node_hook(node, before, callback)", "Calls back around the node's backward."),
          op<&function_name>("function_name(letters)", "Notes the name of a custom function."),
          op<&custom>("custom(name, inputs, results, marks, saved, callback, materialize)",
                      "Results of an op whose gradient is computed outside."),
          op<&custom_saved>("custom_saved(callback)", "What such an op keeps for backward."),
          op<&custom_node>("custom_node(callback)", "The node of such an op."),
          op<&saved_hook_push>("saved_hook_push(callback)", "Tensors saved from now on go through the callback."),
          op<&pop_saved_hook>("saved_hook_pop()", "The end of that."),
          op<&set_anomaly>("set_anomaly(on, check_nan, recorded, failed)", "Looks for nan in backward."),
      });
  return rows;
}

} // namespace unroll::table
