#include <functional>
#include <map>
#include <set>

#include "expect.h"
#include "gradcheck.h"
#include "row.h"
#include "unroll/rnn.h"

// The op table as the languages outside use it: every row that has a gradient is checked through its wire format.

using namespace unroll;
using namespace unroll::table;
using namespace unroll::testing;

namespace {

using Args = std::vector<double>;

/// Inputs, and the arguments of a call on the wire, given the inputs' handles.
struct Sample {
  Tensors inputs;
  std::function<Args(const Args&)> args;
};

const Row& row_of(const std::string& name) {
  for (const Row& row : rows())
    if (row.name() == name) return row;
  FAIL("the table has no row " << name);
  return rows()[0];
}

/// All floating results of a call, flattened one after the other.
Tensor call(const Row& row, const Args& args) {
  Results out;
  row.call(args.data(), args.size(), out);
  Tensors flat;
  for (double handle : out.values) {
    const Tensor result = handles().get(static_cast<std::int64_t>(handle));
    handles().free(static_cast<std::int64_t>(handle));
    if (is_floating(result.dtype())) flat.push_back(ops::reshape(result, {-1}));
  }
  return ops::cat(flat, 0);
}

Sample one(double low, double high, Args rest = {}) {
  return {{random_leaf({2, 3}, low, high)}, [rest](const Args& h) {
            Args args{h[0]};
            args.insert(args.end(), rest.begin(), rest.end());
            return args;
          }};
}
Sample two(double low = -2, double high = 2, Args rest = {}) {
  return {{random_leaf({2, 3}, low, high), random_leaf({3}, low, high, 2)}, [rest](const Args& h) {
            Args args{h[0], h[1]};
            args.insert(args.end(), rest.begin(), rest.end());
            return args;
          }};
}
Sample product(const Shape& a, const Shape& b) {
  return {{random_leaf(a), random_leaf(b, -2, 2, 2)}, [](const Args& h) { return h; }};
}
Tensor indices(const Shape& shape, const std::vector<double>& values) {
  return from_values(shape, values, DType::Int64);
}
Tensor mask() { return from_values({2, 3}, {1, 0, 1, 0, 0, 1}, DType::Bool); }

Sample recurrent(Cell which, bool packed) {
  const auto cell = static_cast<double>(which);
  const std::int64_t gates = facts_of(which).gates;
  const std::int64_t h = 2, i = 3;
  Sample sample;
  sample.inputs = {random_leaf({4, i}),
                   random_leaf({1, 2, h}, -1, 1, 2),
                   random_leaf({1, 2, h}, -1, 1, 3),
                   random_leaf({gates * h, i}, -1, 1, 4),
                   random_leaf({gates * h, h}, -1, 1, 5),
                   indices({2}, {2, 2})};
  if (!packed) sample.inputs[0] = random_leaf({2, 2, i});
  sample.args = [cell, packed](const Args& in) {
    const bool lstm = cell == static_cast<double>(Cell::Lstm);
    Args args{in[0]};
    if (packed) args.push_back(in[5]);
    args.insert(args.end(), {lstm ? 2.0 : 1.0, in[1]});
    if (lstm) args.push_back(in[2]);
    args.insert(args.end(), {2, in[3], in[4], cell, 1, 0});
    if (!packed) args.push_back(0);
    args.insert(args.end(), {0, 0, 1});
    return args;
  };
  return sample;
}

Sample cell(Cell which) {
  const std::int64_t gates = facts_of(which).gates;
  Sample sample;
  sample.inputs = {random_leaf({2, 3}),
                   random_leaf({2, 2}, -1, 1, 2),
                   random_leaf({2, 2}, -1, 1, 3),
                   random_leaf({gates * 2, 3}, -1, 1, 4),
                   random_leaf({gates * 2, 2}, -1, 1, 5),
                   random_leaf({gates * 2}, -1, 1, 6),
                   random_leaf({gates * 2}, -1, 1, 7)};
  sample.args = [which](const Args& h) {
    Args args{static_cast<double>(which), h[0], h[1]};
    if (facts_of(which).has_c) args.push_back(h[2]);
    args.insert(args.end(), {h[3], h[4], h[5], h[6]});
    return args;
  };
  return sample;
}

std::map<std::string, Sample> samples() {
  std::map<std::string, Sample> s;
  for (const char* name :
       {"neg",  "abs", "sign",    "square", "exp",  "expm1", "sin",  "cos",  "atan",       "sinh", "cosh",
        "tanh", "erf", "sigmoid", "floor",  "ceil", "trunc", "relu", "silu", "logsigmoid", "clone"})
    s[name] = one(-2, 2);
  for (const char* name : {"log", "log2", "log10", "log1p", "sqrt", "rsqrt", "reciprocal"}) s[name] = one(0.5, 2);
  s["tan"] = one(-1, 1);
  s["round"] = one(-2, 2, {0});
  s["leaky_relu"] = one(-2, 2, {0.1});
  s["elu"] = one(-2, 2, {1.5});
  s["gelu"] = one(-2, 2, {0});
  s["softplus"] = one(-2, 2, {2, 20});
  s["hardtanh"] = one(-2, 2, {-1, 1});
  s["softmax"] = s["log_softmax"] = s["cumsum"] = one(-2, 2, {1, 0});
  s["add"] = s["sub"] = two(-2, 2, {3});
  s["mul"] = s["maximum"] = s["minimum"] = two();
  s["div"] = two(0.5, 2, {0});
  s["remainder"] = two(0.5, 0.9);
  s["pow"] = two(0.5, 2);
  s["addcmul"] = s["addcdiv"] = {{random_leaf({2, 3}), random_leaf({2, 3}, -2, 2, 2), random_leaf({3}, 0.5, 2, 3)},
                                 [](const Args& h) { return Args{h[0], h[1], h[2], 0.5}; }};
  s["lerp"] = {{random_leaf({2, 3}), random_leaf({2, 3}, -2, 2, 2), random_leaf({3}, 0, 1, 3)},
               [](const Args& h) { return h; }};
  s["clamp"] = one(-2, 2, {-2, -1, -2, 1});
  s["where"] = {{mask(), random_leaf({2, 3}), random_leaf({3}, -2, 2, 2)}, [](const Args& h) { return h; }};
  s["masked_fill"] = {{random_leaf({2, 3}), mask(), random_leaf({}, -2, 2, 2)}, [](const Args& h) { return h; }};
  s["dropout"] = one(-2, 2, {0, 1});

  s["sum"] = s["mean"] = one(-2, 2, {1, 1, 1, 0, 0});
  s["prod"] = one(0.5, 2, {1, 1, 0, 0});
  s["var"] = s["std"] = one(-2, 2, {1, 1, 1, 1, 0});
  s["norm"] = one(-2, 2, {2, 1, 1, 1, 0});
  s["logsumexp"] = one(-2, 2, {1, 1, 0});
  s["amax"] = s["amin"] = one(-2, 2, {1, 1, 1, 0});
  s["max"] = s["min"] = one(-2, 2, {1, 0});
  s["matmul"] = product({2, 2, 3}, {3, 2});
  s["mm"] = product({2, 3}, {3, 2});
  s["bmm"] = product({2, 2, 3}, {2, 3, 2});
  s["mv"] = product({2, 3}, {3});
  s["dot"] = product({3}, {3});
  s["outer"] = product({3}, {2});
  s["addmm"] = {{random_leaf({2}), random_leaf({2, 3}, -2, 2, 2), random_leaf({3, 2}, -2, 2, 3)},
                [](const Args& h) { return Args{h[0], h[1], h[2], 2, 3}; }};
  s["linear"] = {{random_leaf({2, 3}), random_leaf({4, 3}, -2, 2, 2), random_leaf({4}, -2, 2, 3)},
                 [](const Args& h) { return h; }};
  s["layer_norm"] = {{random_leaf({2, 3}), random_leaf({3}, -2, 2, 2), random_leaf({3}, -2, 2, 3)},
                     [](const Args& h) { return Args{h[0], 1, 3, h[1], h[2], 1e-5}; }};

  s["tril"] = s["triu"] = s["unbind"] = one(-2, 2, {0});
  s["contiguous"] = s["t"] = one(-2, 2);
  s["to"] = one(-2, 2, {3});
  s["view"] = s["reshape"] = one(-2, 2, {2, 3, 2});
  s["flatten"] = s["transpose"] = one(-2, 2, {0, 1});
  s["unflatten"] = one(-2, 2, {1, 2, 3, 1});
  s["permute"] = one(-2, 2, {2, 1, 0});
  s["squeeze"] = one(-2, 2, {0});
  s["unsqueeze"] = one(-2, 2, {1});
  s["expand"] = one(-2, 2, {3, 2, 2, 3});
  s["as_strided"] = one(-2, 2, {2, 2, 2, 2, 1, 2, 1});
  s["select"] = one(-2, 2, {1, 2});
  s["slice"] = one(-2, 2, {1, 1, 0, 0, 2});
  s["narrow"] = one(-2, 2, {1, 1, 2});
  s["diagonal"] = one(-2, 2, {0, 0, 1});
  s["unfold"] = one(-2, 2, {1, 2, 1});
  s["split"] = one(-2, 2, {2, 1, 2, 1});
  s["chunk"] = one(-2, 2, {2, 1});
  s["cat"] = {{random_leaf({2, 3}), random_leaf({2, 1}, -2, 2, 2)},
              [](const Args& h) { return Args{2, h[0], h[1], 1}; }};
  s["stack"] = {{random_leaf({2, 3}), random_leaf({2, 3}, -2, 2, 2)},
                [](const Args& h) { return Args{2, h[0], h[1], 1}; }};
  s["repeat"] = one(-2, 2, {2, 2, 3});
  s["repeat_interleave"] = one(-2, 2, {2, 1, 1});
  s["flip"] = one(-2, 2, {1, 1});
  s["roll"] = one(-2, 2, {1, 1, 1, 1});
  s["pad"] = one(-2, 2, {2, 1, 2, 0.5});

  s["index"] = {{random_leaf({2, 3}), indices({2}, {2, 0})}, [](const Args& h) { return Args{h[0], 2, 0, h[1]}; }};
  s["index_select"] = {{random_leaf({2, 3}), indices({2}, {2, 0})}, [](const Args& h) { return Args{h[0], 1, h[1]}; }};
  s["gather"] = {{random_leaf({2, 3}), indices({2, 2}, {2, 0, 1, 1})},
                 [](const Args& h) { return Args{h[0], 1, h[1]}; }};
  s["scatter"] = {{random_leaf({2, 3}), indices({2, 2}, {2, 0, 1, 0}), random_leaf({2, 2}, -2, 2, 2)},
                  [](const Args& h) { return Args{h[0], 1, h[1], h[2]}; }};
  s["scatter_add"] = {{random_leaf({2, 3}), indices({2, 2}, {2, 0, 1, 1}), random_leaf({2, 2}, -2, 2, 2)},
                      [](const Args& h) { return Args{h[0], 1, h[1], h[2]}; }};
  s["index_add"] = {{random_leaf({2, 3}), indices({2}, {2, 2}), random_leaf({2, 2}, -2, 2, 2)},
                    [](const Args& h) { return Args{h[0], 1, h[1], h[2], 0.5}; }};
  s["masked_select"] = {{random_leaf({2, 3}), mask()}, [](const Args& h) { return h; }};
  s["topk"] = one(-2, 2, {2, 1, 1, 1});
  s["sort"] = one(-2, 2, {1, 1, 0});
  s["embedding"] = {{random_leaf({4, 3}), indices({2, 2}, {3, 0, 3, 1})},
                    [](const Args& h) { return Args{h[0], h[1], -1}; }};

  for (const char* name : {"asinh", "deg2rad", "rad2deg", "erfc", "exp2", "frac", "i0", "sinc", "sgn", "i0e", "i1",
                           "i1e", "erfcx", "log_ndtr"})
    s[name] = one(-2, 2);
  for (const char* name : {"acos", "asin", "atanh", "erfinv"}) s[name] = one(-0.9, 0.9);
  for (const char* name : {"digamma", "lgamma", "entr", "acosh"}) s[name] = one(1.1, 2);
  s["ndtri"] = one(0.1, 0.9);
  s["logit"] = one(0.1, 0.9, {-1});
  s["polygamma"] = {{random_leaf({2, 3}, 0.5, 2)}, [](const Args& h) { return Args{1, h[0]}; }};
  s["nan_to_num"] = one(-2, 2, {0, 0, 0});
  for (const char* name : {"atan2", "copysign", "hypot", "logaddexp", "logaddexp2", "fmax", "fmin"}) s[name] = two();
  s["xlogy"] = s["xlog1py"] = s["fmod"] = two(0.5, 0.9);
  s["cumprod"] = one(-2, 2, {1, 0});
  s["cummax"] = s["cummin"] = s["logcumsumexp"] = one(-2, 2, {1});
  s["kthvalue"] = one(-2, 2, {2, 1, 0});
  s["median"] = s["nanmedian"] = s["mode"] = one(-2, 2, {1, 0});
  s["index_fill"] = {{random_leaf({2, 3}), indices({2}, {2, 0}), random_leaf({}, -2, 2, 2)},
                     [](const Args& h) { return Args{h[0], 1, h[1], h[2]}; }};
  s["index_copy"] = {{random_leaf({2, 3}), indices({2}, {2, 0}), random_leaf({2, 2}, -2, 2, 2)},
                     [](const Args& h) { return Args{h[0], 1, h[1], h[2]}; }};
  s["masked_scatter"] = {{random_leaf({2, 3}), mask(), random_leaf({4}, -2, 2, 2)}, [](const Args& h) { return h; }};
  s["take"] = {{random_leaf({2, 3}), indices({2, 2}, {5, 0, -1, 2})}, [](const Args& h) { return h; }};
  s["put"] = {{random_leaf({2, 3}), indices({2}, {5, 0}), random_leaf({2}, -2, 2, 2)},
              [](const Args& h) { return Args{h[0], h[1], h[2], 0}; }};
  s["scatter_reduce"] = {{random_leaf({2, 3}), indices({2, 2}, {2, 0, 1, 1}), random_leaf({2, 2}, -2, 2, 2)},
                         [](const Args& h) { return Args{h[0], 1, h[1], h[2], 1, 1}; }};
  const Tensor square = from_values({2, 2}, {2, 1, 0.5, 3}, DType::Float64);
  square.set_requires_grad(true);
  s["det"] = s["slogdet"] = s["inv"] = {{square}, [](const Args& h) { return h; }};
  s["solve"] = {{square, random_leaf({2, 2}, -2, 2, 2)}, [](const Args& h) { return h; }};
  s["solve_triangular"] = {{square, random_leaf({2, 2}, -2, 2, 2)},
                           [](const Args& h) { return Args{h[0], h[1], 1, 0}; }};
  s["qr"] = one(-2, 2, {0});
  s["qr"].inputs = {random_leaf({3, 2})};
  s["svd"] = s["qr"];
  // Symmetric matrices of one element here; larger ones are in linalg_test.cpp.
  s["cholesky"] = one(0.5, 2);
  s["eigh"] = one(0.5, 2, {0});
  s["cholesky"].inputs = s["eigh"].inputs = {random_leaf({2, 1, 1}, 0.5, 2)};

  const Tensor target = from_values({2, 3}, {0.1, 0.9, 0.4, 0.3, 0.8, 0.6}, DType::Float64);
  s["mse_loss"] = s["l1_loss"] = {{random_leaf({2, 3}), target}, [](const Args& h) { return Args{h[0], h[1], 1}; }};
  s["smooth_l1_loss"] =
      s["huber_loss"] = {{random_leaf({2, 3}), target}, [](const Args& h) { return Args{h[0], h[1], 1, 0.7}; }};
  s["binary_cross_entropy"] = {{random_leaf({2, 3}, 0.1, 0.9), target},
                               [](const Args& h) { return Args{h[0], h[1], 0, 1}; }};
  s["binary_cross_entropy_with_logits"] = {{random_leaf({2, 3}), target},
                                           [](const Args& h) { return Args{h[0], h[1], 0, 0, 1}; }};
  s["nll_loss"] = {{random_leaf({2, 3}), indices({2}, {2, 0})},
                   [](const Args& h) { return Args{h[0], h[1], 0, -100, 1}; }};
  s["cross_entropy"] = {{random_leaf({2, 3}), indices({2}, {2, 0})},
                        [](const Args& h) { return Args{h[0], h[1], 0, -100, 1, 0.1}; }};
  s["kl_div"] = {{random_leaf({2, 3}), target}, [](const Args& h) { return Args{h[0], h[1], 1, 0}; }};

  s["convolution"] = {{random_leaf({2, 4, 4, 3}), random_leaf({4, 2, 2, 2}, -2, 2, 2), random_leaf({4}, -2, 2, 3)},
                      [](const Args& h) { return Args{h[0], h[1], h[2], 2, 2, 1, 2, 1, 0, 2, 1, 2, 0, 2, 0, 0, 2}; }};
  s["im2col"] = {{random_leaf({2, 2, 4, 3})},
                 [](const Args& h) { return Args{h[0], 2, 2, 2, 2, 1, 1, 2, 1, 0, 2, 2, 1}; }};
  s["col2im"] = {{random_leaf({2, 8, 6})},
                 [](const Args& h) { return Args{h[0], 2, 4, 3, 2, 2, 2, 2, 1, 1, 2, 0, 0, 2, 1, 1}; }};
  s["max_pool"] = {{random_leaf({1, 2, 5, 4})},
                   [](const Args& h) { return Args{h[0], 2, 2, 3, 2, 2, 1, 2, 1, 1, 2, 1, 1, 1}; }};
  s["avg_pool"] = {{random_leaf({1, 2, 5, 4})},
                   [](const Args& h) { return Args{h[0], 2, 2, 3, 2, 2, 1, 2, 1, 1, 1, 0, 0}; }};
  s["adaptive_max_pool"] =
      s["adaptive_avg_pool"] = {{random_leaf({1, 2, 5, 4})}, [](const Args& h) { return Args{h[0], 2, 3, 2}; }};
  s["batch_norm"] = {{random_leaf({3, 2, 2}), random_leaf({2}, -2, 2, 2), random_leaf({2}, -2, 2, 3)},
                     [](const Args& h) { return Args{h[0], h[1], h[2], 0, 0, 1, 0.1, 1e-5}; }};
  s["group_norm"] = {{random_leaf({2, 4, 2}), random_leaf({4}, -2, 2, 2), random_leaf({4}, -2, 2, 3)},
                     [](const Args& h) { return Args{h[0], 2, h[1], h[2], 1e-5}; }};

  s["rnn"] = recurrent(Cell::Lstm, false);
  s["rnn_packed"] = recurrent(Cell::Gru, true);
  s["cell_step"] = cell(Cell::Gru);
  s["cell_step_with_c"] = cell(Cell::Lstm);
  return s;
}

} // namespace

TEST_CASE("every row of the op table that has a gradient passes a gradient check") {
  const auto all = samples();
  for (const Row& row : rows()) {
    if (!row.gradient()) continue;
    INFO(row.name());
    const auto found = all.find(row.name());
    REQUIRE(found != all.end());
    const auto fn = [&](const Tensors& inputs) {
      Args held;
      for (const Tensor& x : inputs) held.push_back(static_cast<double>(handles().add(x)));
      const Tensor y = call(row, found->second.args(held));
      for (double handle : held) handles().free(static_cast<std::int64_t>(handle));
      return y;
    };
    CHECK(gradcheck(fn, found->second.inputs));
  }
  CHECK(handles().live() == 0);
}

TEST_CASE("a gradient sample without a row in the table is out of date") {
  std::set<std::string> names;
  for (const Row& row : rows()) names.insert(row.name());
  for (const auto& [name, sample] : samples()) CHECK(names.contains(name));
}

TEST_CASE("a call with too many or too few arguments, or a dead handle, is an error that names it") {
  const Tensor x = ones({2}, DType::Float32);
  const auto h = static_cast<double>(handles().add(x));
  CHECK(error_of([&] { call(row_of("tanh"), {}); }) == "[call] got too few arguments");
  CHECK(error_of([&] { call(row_of("tanh"), {h, 1}); }) == "[call] got too many arguments for tanh");
  CHECK(error_of([&] { call(row_of("tanh"), {12345}); }) == "[handle] got 12345, which is no live tensor");
  CHECK(error_of([&] { call(row_of("tanh"), {0}); }) == "tanh(): argument 'self' must be Tensor, not NoneType");
  handles().free(static_cast<std::int64_t>(h));
}

TEST_CASE("row names are unique, and every row has a text") {
  std::set<std::string> names;
  for (const Row& row : rows()) {
    CHECK(names.insert(row.name()).second);
    CHECK_FALSE(row.doc().empty());
  }
}
