#include "expect.h"
#include "gradcheck.h"
#include "unroll/hooks.h"
#include "unroll/ops.h"

using namespace unroll;
using namespace unroll::testing;

namespace {
Tensor total(const Tensor& x) { return ops::sum(x, std::nullopt, false, std::nullopt); }
} // namespace

TEST_CASE("backward accumulates into leaves, run after run") {
  const Tensor x = leaf({2}, {1, 2});
  backward({total(x * x)}, {});
  CHECK(is_close(x.grad(), {2}, {2, 4}));
  backward({total(x * 3.0)}, {});
  CHECK(is_close(x.grad(), {2}, {5, 7}));
  x.set_grad({});
  CHECK_FALSE(x.grad().defined());
}

TEST_CASE("a tensor used twice gets both gradients") {
  const Tensor x = leaf({}, {3});
  const Tensor y = x * x;
  backward({y + y * x}, {});
  CHECK(x.grad().item() == 2 * 3 + 3 * 9);
}

TEST_CASE("nothing is recorded under NoGrad, and detach leaves the graph") {
  const Tensor x = leaf({2}, {1, 2});
  {
    NoGrad off;
    CHECK_FALSE((x * 2.0).requires_grad());
  }
  CHECK((x * 2.0).requires_grad());
  CHECK_FALSE(detach(x * 2.0).requires_grad());
  CHECK(detach(x).storage() == x.storage());
}

TEST_CASE("a second backward needs retain_graph") {
  const Tensor x = leaf({2}, {1, 2});
  const Tensor y = total(x * x);
  backward({y}, {}, true);
  backward({y}, {});
  CHECK(is_close(x.grad(), {2}, {4, 8}));
  CHECK(error_of([&] { backward({y}, {}); }).starts_with("Trying to backward through the graph a second time"));
  CHECK(is_close(x.grad(), {2}, {4, 8}));
}

TEST_CASE("backward asks for a scalar, or a gradient of the root's shape") {
  const Tensor x = leaf({2}, {1, 2});
  CHECK(error_of([&] { backward({x * 2.0}, {}); }) == "grad can be implicitly created only for scalar outputs");
  CHECK(error_of([&] { backward({detach(x)}, {}); }) ==
        "element 0 of tensors does not require grad and does not have a grad_fn");
  CHECK(
      error_of([&] { backward({x * 2.0}, {ones({3}, DType::Float64)}); }) ==
      "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([2]).");
  backward({x * 2.0}, {from_values({2}, {1, 10}, DType::Float64)});
  CHECK(is_close(x.grad(), {2}, {2, 20}));
}

TEST_CASE("a saved tensor that was changed in place is reported as PyTorch does") {
  const Tensor x = leaf({3}, {1, 2, 3});
  const Tensor y = x * 2.0;
  const Tensor z = total(y * y);
  ops::add_(y, 1.0);
  CHECK(error_of([&] { backward({z}, {}); })
            .starts_with("one of the variables needed for gradient computation has been modified by an inplace "
                         "operation: [torch.DoubleTensor [3]], which is "
                         "output 0 of AddBackward0, is at version 1; expected version 0 instead. Hint:") == false);
  CHECK(error_of([&] { backward({z}, {}); }).find("is at version 1; expected version 0 instead") != std::string::npos);
}

TEST_CASE("a leaf that requires grad is not written in place") {
  const Tensor x = leaf({3}, {1, 2, 3});
  CHECK(error_of([&] { ops::add_(x, 1.0); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  CHECK(error_of([&] { ops::fill_(ops::select(x, 0, 1), 1.0); }) ==
        "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  NoGrad off;
  ops::add_(x, 1.0);
  CHECK(is_close(x, {3}, {2, 3, 4}));
}

TEST_CASE("writing rows of a buffer carries gradients to what was written") {
  const Tensor x = leaf({2, 2}, {1, 2, 3, 4});
  const Tensor out = zeros({2, 2}, DType::Float64);
  for (int t = 0; t < 2; ++t) ops::copy_(ops::select(out, 0, t), ops::select(x, 0, t) * static_cast<double>(t + 2));
  CHECK(is_close(out, {2, 2}, {2, 4, 9, 12}));
  backward({total(out * out)}, {});
  CHECK(is_close(x.grad(), {2, 2}, {8, 16, 54, 72}));
}

TEST_CASE("x[i][j] = v reaches the tensor, and cuts the gradient of what it covers") {
  const Tensor x = leaf({2, 2}, {1, 2, 3, 4});
  const Tensor y = x * 10.0;
  ops::fill_(ops::select(ops::select(y, 0, 1), 0, 0), -1.0);
  CHECK(is_close(y, {2, 2}, {10, 20, -1, 40}));
  backward({total(y)}, {});
  CHECK(is_close(x.grad(), {2, 2}, {10, 10, 0, 10}));
}

TEST_CASE("a view follows its base through in-place writes") {
  const Tensor x = leaf({3}, {1, 2, 3});
  const Tensor y = x * 1.0;
  const Tensor v = ops::slice(y, 0, 1, 3, 1);
  ops::mul_(y, 5.0);
  CHECK(is_close(v, {2}, {10, 15}));
  backward({total(v * v)}, {});
  CHECK(is_close(x.grad(), {3}, {0, 2 * 10 * 5, 2 * 15 * 5}));
}

TEST_CASE("an in-place op on a view of a transposed tensor has the right gradient") {
  const auto fn = [](const Tensors& in) {
    const Tensor y = ops::clone(ops::t(in[0]));
    const Tensor row = ops::select(y, 0, 1);
    ops::mul_(row, in[1]);
    return ops::tanh(y);
  };
  CHECK(gradcheck(fn, {random_leaf({2, 3}), random_leaf({2})}));
}

TEST_CASE("grad gives gradients without touching leaves, and second derivatives with create_graph") {
  const Tensor x = leaf({}, {2});
  const Tensor y = x * x * x;
  const Tensor first = grad({y}, {x}, {}, true, true)[0];
  CHECK(first.item() == 12);
  CHECK(grad({first}, {x}, {})[0].item() == 12);
  CHECK_FALSE(x.grad().defined());
  const Tensor other = leaf({}, {1});
  CHECK(error_of([&] {
          grad({x * 2.0}, {other}, {});
        }).starts_with("One of the differentiated Tensors appears to not have been used"));
  CHECK_FALSE(grad({x * 2.0}, {other}, {}, false, false, true)[0].defined());
}

TEST_CASE("hooks see and replace gradients, and retain_grad keeps them") {
  const Tensor x = leaf({2}, {1, 2});
  const Tensor y = x * 2.0;
  retain_grad(y);
  register_hook(y, [](const Tensor& g) { return g * 10.0; });
  backward({total(y)}, {});
  // What is kept is what the hooks left, wherever retain_grad stands.
  CHECK(is_close(y.grad(), {2}, {10, 10}));
  CHECK(is_close(x.grad(), {2}, {20, 20}));
}

TEST_CASE("backward into chosen inputs runs only what leads to them") {
  const Tensor a = leaf({}, {2}), b = leaf({}, {3}), c = a * b;
  bool ran = false;
  const Tensor other = record("NeverBackward0", {b}, ops::clone(detach(b)), {}, [&](const Context& context) {
    ran = true;
    return Grads{context.grad()};
  });
  backward({c * a + other}, {}, false, false, {a});
  CHECK(a.grad().item() == 12);
  CHECK_FALSE(b.grad().defined());
  CHECK_FALSE(ran);
  const Tensor d = a * 2.0;
  backward({d * 3.0}, {}, false, false, {d});
  CHECK(d.grad().item() == 3);
}

TEST_CASE("a hook on saved tensors packs what ops keep, and unpacks it for backward") {
  struct Twice : Packed {
    Tensor half;
    explicit Twice(const Tensor& x) : half(x * 0.5) {}
    Tensor unpack() override { return half * 2.0; }
  };
  const Tensor x = leaf({}, {3});
  push_saved_hook([](const Tensor& t) { return std::make_shared<Twice>(t); });
  const Tensor y = x * x;
  pop_saved_hook();
  backward({y}, {});
  CHECK(x.grad().item() == 6);
  CHECK(error_of([] { pop_saved_hook(); }) == "[saved_tensors_hooks] there is no hook to take away");
}

TEST_CASE("a custom op gives an input back as another tensor, or writes it in place") {
  const auto twice = [](const Context& c) { return Grads{c.grad() * 2.0}; };
  const Tensor x = leaf({2}, {1, 2});
  const Tensor same = record_custom("MyBackward", {x}, {x}, {Mark::None}, {}, twice, nullptr)[0];
  CHECK_FALSE(same.is(x));
  backward({total(same)}, {});
  CHECK(is_close(x.grad(), {2}, {2, 2}));
  CHECK(error_of([&] { record_custom("MyBackward", {x}, {x}, {Mark::Dirty}, {}, twice, nullptr); }) ==
        "a leaf Variable that requires grad has been used in an in-place operation.");
  const Tensor y = x * 1.0;
  CHECK(record_custom("MyBackward", {y}, {y}, {Mark::Dirty}, {}, twice, nullptr)[0].is(y));
  CHECK(y.grad_fn()->name == "MyBackward");
  const Tensor outside = record_custom("MyBackward", {x}, {y * 1.0}, {Mark::NotDifferentiable}, {}, twice, nullptr)[0];
  CHECK(outside.grad_fn()->name == "MulBackward0");
}

TEST_CASE("writing to a view of a tensor with gaps gives gradients, and stays in its memory") {
  const Tensor gaps = detach(ops::slice(leaf({9}, {0, 1, 2, 3, 4, 5, 6, 7, 8}), 0, 0, 9, 4)), w = leaf({1}, {3});
  const Tensor part = ops::slice(gaps, 0, 2, 3, 1);
  assign(part, w);
  const Tensor before = ops::slice(gaps, 0, 1, 3, 1);
  assign(ops::slice(gaps, 0, 1, 2, 1), w);
  backward({ops::sum(ops::mul(before, 2.0), std::nullopt, false, std::nullopt)}, {});
  CHECK(is_close(w.grad(), {1}, {4}));
}

TEST_CASE("a graph of a hundred thousand steps is differentiated and freed without deep recursion") {
  const Tensor x = leaf({}, {1});
  Tensor y = x;
  for (int i = 0; i < 100000; ++i) y = y + 1.0;
  backward({y}, {});
  CHECK(x.grad().item() == 1);
  Tensor z = x;
  for (int i = 0; i < 100000; ++i) z = z * 1.0;
  z = Tensor();
}

TEST_CASE("out of memory is an error, and the next call works") {
  CHECK(error_of([] {
          zeros({std::int64_t{1} << 40, std::int64_t{1} << 20}, DType::Float32);
        }).find("can't allocate memory") != std::string::npos);
  CHECK(zeros({2}, DType::Float32).numel() == 2);
}
