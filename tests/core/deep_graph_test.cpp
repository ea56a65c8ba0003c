#include "ops_testing.h"
#include "unroll/hooks.h"

// Graphs of hundreds of thousands of steps: what follows edges by calls would leave the stack.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr int depth = 300'000;

/// Applies step to a leaf, depth times.
template <class Step>
Tensor chain(const Tensor& x, Step step, int length = depth) {
  Tensor y = x;
  for (int i = 0; i < length; ++i) y = step(y);
  return y;
}

Grads same(const Context& c) { return {c.grad()}; }

} // namespace

TEST_CASE("a chain whose steps read a tensor twice is freed without deep recursion") {
  const Tensor x = leaf({1}, {1});
  Tensor y = chain(x, [](const Tensor& y) { return ops::add(y, ops::mul(y, 0.0)); }, depth / 4);
  y = Tensor();
  CHECK(x.grad().defined() == false);
}

TEST_CASE("a chain is differentiated twice and freed without deep recursion") {
  const Tensor x = leaf({1}, {1});
  Tensor y = chain(x, [](const Tensor& y) { return ops::mul(y, 1.0); });
  backward({y}, {}, true);
  backward({y}, {});
  CHECK(is_close(x.grad(), {1}, {2}));
  y = Tensor();
}

TEST_CASE("gradients of gradients of a long chain are freed without deep recursion") {
  const Tensor x = leaf({1}, {1});
  Tensor y = chain(x, [](const Tensor& y) { return ops::mul(y, y); }, depth / 10);
  Tensor g = grad({y}, {x}, {}, true, true)[0];
  y = Tensor();
  CHECK(grad({g}, {x}, {}).size() == 1);
  g = Tensor();
}

TEST_CASE("chains of views and of writes in place are freed without deep recursion") {
  const Tensor x = leaf({1}, {1});
  Tensor y = chain(x, [](const Tensor& y) { return ops::view(y, {1}); });
  backward({y}, {});
  y = Tensor();
  Tensor z = ops::mul(x, 1.0);
  for (int i = 0; i < depth / 20; ++i) assign(ops::view(z, {1}), ops::mul(ops::view(z, {1}), 1.0));
  backward({z}, {});
  z = Tensor();
  CHECK(is_close(x.grad(), {1}, {2}));
}

TEST_CASE("chains through hooks and through functions that keep tensors are freed without deep recursion") {
  const Tensor x = leaf({1}, {1});
  Tensor y = chain(
      x,
      [](const Tensor& y) {
        const Tensor next = ops::mul(y, 1.0);
        register_hook(next, [y](const Tensor& g) { return g; });
        return next;
      },
      depth / 4);
  y = Tensor();
  Tensor z = chain(
      x,
      [](const Tensor& y) {
        return record("HoldBackward", {y}, ops::clone(detach(y)), {}, [y](const Context& c) { return same(c); });
      },
      depth / 4);
  backward({z}, {});
  z = Tensor();
  CHECK(is_close(x.grad(), {1}, {1}));
}
