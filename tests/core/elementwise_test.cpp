#include <limits>

#include "expect.h"
#include "gradcheck.h"

// Expected values are real PyTorch 2.6's.

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

Tensor x_values() { return leaf({2, 3}, {-1.7, -0.6, 0.3, 0.8, 1.4, 2.1}); }
Tensor y_values() { return leaf({2, 3}, {0.5, -1.2, 2, 0.7, -0.4, 1.5}); }
Tensor positive() { return leaf({2, 3}, {0.2, 0.5, 0.9, 1.3, 2.2, 3.1}); }
Tensor mask() { return from_values({2, 3}, {1, 0, 1, 0, 0, 1}, DType::Bool); }
Tensor floats(const std::vector<double>& v) { return from_values({static_cast<std::int64_t>(v.size())}, v); }
Tensor longs(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Int64);
}
Tensor bools(const std::vector<double>& v) {
  return from_values({static_cast<std::int64_t>(v.size())}, v, DType::Bool);
}

const Shape s23{2, 3};

} // namespace

TEST_CASE("arithmetic gives PyTorch's values") {
  const Tensor x = x_values(), y = y_values(), p = positive();
  CHECK(is_close(ops::add(x, y), s23, {-1.2, -1.8, 2.3, 1.5, 1, 3.6}, 1e-14));
  CHECK(is_close(ops::add(x, y, 0.5), s23, {-1.45, -1.2, 1.3, 1.15, 1.2, 2.85}, 1e-14));
  CHECK(is_close(ops::sub(x, y), s23, {-2.2, 0.6, -1.7, 0.1, 1.8, 0.6}, 1e-14));
  CHECK(is_close(ops::sub(x, y, 3), s23, {-3.2, 3, -5.7, -1.3, 2.6, -2.4}, 1e-14));
  CHECK(is_close(ops::sub(1.5, x), s23, {3.2, 2.1, 1.2, 0.7, 0.1, -0.6}, 1e-14));
  CHECK(is_close(ops::mul(x, y), s23, {-0.85, 0.72, 0.6, 0.56, -0.56, 3.15}, 1e-14));
  CHECK(is_close(ops::div(x, y), s23, {-3.4, 0.5, 0.15, 1.14285714285714, -3.5, 1.4}, 1e-14));
  CHECK(is_close(ops::div(2, x), s23,
                 {-1.17647058823529, -3.33333333333333, 6.66666666666667, 2.5, 1.42857142857143, 0.952380952380952},
                 1e-14));
  CHECK(is_close(ops::div(x, y, 1), s23, {-3, 0, 0, 1, -3, 1}));
  CHECK(is_close(ops::div(x, y, 2), s23, {-4, 0, 0, 1, -4, 1}));
  CHECK(is_close(ops::remainder(x, y), s23, {0.3, -0.6, 0.3, 0.1, -0.2, 0.6}, 1e-14));
  CHECK(is_close(ops::remainder(x, 0.7), s23, {0.4, 0.1, 0.3, 0.1, 0, 2.22044604925031e-16}, 1e-14));
  CHECK(is_close(ops::pow(p, y), s23,
                 {0.447213595499958, 2.29739670999407, 0.81, 1.20160118129295, 0.729509459395612, 5.45811322711429},
                 1e-14));
  CHECK(is_close(
      ops::pow(2, x), s23,
      {0.307786103336229, 0.659753955386447, 1.23114441334492, 1.74110112659225, 2.63901582154579, 4.28709385014517},
      1e-14));
  CHECK(is_close(ops::pow(x, 3), s23, {-4.913, -0.216, 0.027, 0.512, 2.744, 9.261}, 1e-14));
  CHECK(is_close(
      ops::pow(p, -1.5), s23,
      {11.1803398874989, 2.82842712474619, 1.17121394821051, 0.674660014851561, 0.306454482937837, 0.183213494918408},
      1e-14));
  CHECK(is_close(
      ops::pow(p, 0.5), s23,
      {0.447213595499958, 0.707106781186548, 0.948683298050514, 1.14017542509914, 1.48323969741913, 1.7606816861659},
      1e-14));
  CHECK(is_close(
      ops::pow(p, -0.5), s23,
      {2.23606797749979, 1.41421356237309, 1.05409255338946, 0.877058019307029, 0.674199862463242, 0.567961834247065},
      1e-14));
  CHECK(is_close(ops::pow(x, -2), s23,
                 {0.346020761245675, 2.77777777777778, 11.1111111111111, 1.5625, 0.510204081632653, 0.226757369614512},
                 1e-14));
  CHECK(is_close(ops::maximum(x, y), s23, {0.5, -0.6, 2, 0.8, 1.4, 2.1}));
  CHECK(is_close(ops::minimum(x, y), s23, {-1.7, -1.2, 0.3, 0.7, -0.4, 1.5}));
  CHECK(is_close(ops::addcmul(x, y, p, 0.5), s23, {-1.65, -0.9, 1.2, 1.255, 0.96, 4.425}, 1e-14));
  CHECK(is_close(ops::addcdiv(x, y, p, 0.5), s23,
                 {-0.45, -1.8, 1.41111111111111, 1.06923076923077, 1.30909090909091, 2.34193548387097}, 1e-14));
  CHECK(is_close(ops::lerp(x, y, 0.3), s23, {-1.04, -0.78, 0.81, 0.77, 0.86, 1.92}, 1e-14));
  CHECK(is_close(ops::lerp(x, y, p), s23, {-1.26, -0.9, 1.83, 0.67, -2.56, 0.24}, 1e-14));
  CHECK(is_close(ops::clamp(x, Operand(-0.5), Operand(1)), s23, {-0.5, -0.5, 0.3, 0.8, 1, 1}));
  CHECK(is_close(ops::clamp(x, y, std::nullopt), s23, {0.5, -0.6, 2, 0.8, 1.4, 2.1}));
  CHECK(is_close(ops::clamp(x, Operand(2), Operand(1)), s23, {1, 1, 1, 1, 1, 1}));
  CHECK(is_close(ops::where(mask(), x, y), s23, {-1.7, -1.2, 0.3, 0.7, -0.4, 2.1}));
  CHECK(is_close(ops::masked_fill(x, mask(), -7), s23, {-7, -0.6, -7, 0.8, 1.4, -7}));
}

TEST_CASE("arithmetic is named in the graph as in PyTorch") {
  const Tensor x = x_values(), y = y_values(), p = positive();
  const auto name = [](const Tensor& t) { return t.grad_fn()->name; };
  CHECK(name(ops::add(x, 2)) == "AddBackward0");
  CHECK(name(ops::sub(x, 2)) == "SubBackward0");
  CHECK(name(ops::sub(2, x)) == "RsubBackward1");
  CHECK(name(ops::mul(x, y)) == "MulBackward0");
  CHECK(name(ops::div(x, y)) == "DivBackward0");
  CHECK(name(ops::div(2, x)) == "MulBackward0");
  CHECK(name(ops::div(x, y, 2)) == "DivBackward2");
  CHECK(name(ops::remainder(x, 2)) == "RemainderBackward0");
  CHECK(name(ops::remainder(x, y)) == "RemainderBackward1");
  CHECK(name(ops::pow(x, 2)) == "PowBackward0");
  CHECK(name(ops::pow(p, y)) == "PowBackward1");
  CHECK(name(ops::pow(2, x)) == "PowBackward2");
  CHECK(name(ops::lerp(x, y, 0.5)) == "LerpBackward0");
  CHECK(name(ops::lerp(x, y, p)) == "LerpBackward1");
  CHECK(name(ops::clamp(x, Operand(0), std::nullopt)) == "ClampBackward1");
  CHECK(name(ops::clamp(x, y, std::nullopt)) == "ClampBackward0");
  CHECK(name(ops::masked_fill(x, mask(), 0)) == "MaskedFillBackward0");
  CHECK(name(ops::where(mask(), x, 0.0)) == "WhereBackward0");
}

TEST_CASE("arithmetic passes the gradient check, twice, with broadcast and strided operands") {
  struct Case {
    const char* name;
    std::function<Tensor(const Tensor&, const Tensor&)> f;
  };
  const std::vector<Case> cases{
      {"add", [](auto& a, auto& b) { return ops::add(a, b, 1.5); }},
      {"sub", [](auto& a, auto& b) { return ops::sub(a, b); }},
      {"sub alpha", [](auto& a, auto& b) { return ops::sub(a, b, 2); }},
      {"rsub", [](auto& a, auto& b) { return ops::mul(ops::sub(3, a), b); }},
      {"mul", [](auto& a, auto& b) { return ops::mul(a, b); }},
      {"div", [](auto& a, auto& b) { return ops::div(a, b); }},
      {"rdiv", [](auto& a, auto& b) { return ops::mul(ops::div(3, a), b); }},
      {"remainder", [](auto& a, auto& b) { return ops::remainder(a, b); }},
      {"pow", [](auto& a, auto& b) { return ops::pow(a, b); }},
      {"pow 2", [](auto& a, auto& b) { return ops::mul(ops::pow(a, 2), b); }},
      {"pow 2.5", [](auto& a, auto& b) { return ops::mul(ops::pow(a, 2.5), b); }},
      {"pow -1", [](auto& a, auto& b) { return ops::mul(ops::pow(a, -1), b); }},
      {"pow 0", [](auto& a, auto& b) { return ops::add(ops::pow(a, 0), b); }},
      {"rpow", [](auto& a, auto& b) { return ops::mul(ops::pow(1.7, a), b); }},
      {"maximum", [](auto& a, auto& b) { return ops::maximum(a, b); }},
      {"minimum", [](auto& a, auto& b) { return ops::minimum(a, b); }},
      {"addcmul", [](auto& a, auto& b) { return ops::addcmul(b, a, b, 0.7); }},
      {"addcdiv", [](auto& a, auto& b) { return ops::addcdiv(a, a, b, 0.7); }},
      {"lerp", [](auto& a, auto& b) { return ops::lerp(a, ops::expand(b, a.shape()), 0.3); }},
      {"lerp tensor", [](auto& a, auto& b) { return ops::lerp(a, ops::square(a), b); }},
      {"clamp", [](auto& a, auto& b) { return ops::mul(ops::clamp(a, Operand(0.8), Operand(1.6)), b); }},
      {"clamp tensors", [](auto& a, auto& b) { return ops::clamp(a, b, ops::mul(b, 1.3)); }},
      {"clamp max tensor", [](auto& a, auto& b) { return ops::clamp(a, std::nullopt, b); }},
      {"where", [](auto& a, auto& b) { return ops::where(ops::gt(a, 1), a, b); }},
      {"masked_fill", [](auto& a, auto& b) { return ops::mul(ops::masked_fill(a, ops::gt(a, 1), 3), b); }},
      {"masked_fill tensor", [](auto& a, auto& b) { return ops::masked_fill(a, ops::gt(a, 1), ops::select(b, 0, 1)); }},
  };
  const Tensor a = random_leaf({2, 3}, 0.5, 2), b = random_leaf({3}, 0.5, 2, 2), c = random_leaf({3, 2}, 0.5, 2, 3);
  for (const Case& test : cases) {
    CAPTURE(test.name);
    const auto broadcast = [&](const Tensors& in) { return test.f(in[0], in[1]); };
    CHECK(gradcheck(broadcast, {a, b}));
    CHECK(gradgradcheck(broadcast, {a, b}));
    const auto strided = [&](const Tensors& in) { return test.f(ops::transpose(in[0], 0, 1), in[1]); };
    CHECK(gradcheck(strided, {c, b}));
  }
}

TEST_CASE("arithmetic keeps the layout of transposed operands and works on slices, empty and zero-dim tensors") {
  const Tensor x = ops::transpose(x_values(), 0, 1);
  CHECK(ops::mul(x, 2).strides() == Shape{1, 3});
  CHECK(ops::add(x, x).strides() == Shape{1, 3});
  CHECK(is_close(ops::add(x, ops::contiguous(x)), {3, 2}, {-3.4, 1.6, -1.2, 2.8, 0.6, 4.2}));
  CHECK(is_close(ops::mul(ops::slice(x_values(), 1, 0, 3, 2), 2), {2, 2}, {-3.4, 0.6, 1.6, 4.2}));
  CHECK(is_close(ops::add(zeros({0, 3}, DType::Float32), zeros({1, 3}, DType::Float32)), {0, 3}, {}));
  CHECK(is_close(ops::add(full({}, 2, DType::Float32), full({}, 3, DType::Float32)), {}, {5}));
  CHECK(is_close(ops::add(from_values({2, 1}, {1, 2}), from_values({3}, {10, 20, 30})), {2, 3},
                 {11, 21, 31, 12, 22, 32}));
  CHECK(is_close(ops::where(bools({1, 0}), from_values({2, 1}, {1, 2}), 5), {2, 2}, {1, 5, 2, 5}));
}

TEST_CASE("dtypes are promoted as in PyTorch") {
  const Tensor f = floats({1.5, -2.5}), i = longs({3, -4}), b = bools({1, 0}),
               d = from_values({2}, {0.1, 0.2}, DType::Float64);
  CHECK(ops::add(f, d).dtype() == DType::Float64);
  CHECK(ops::add(f, 0.5).dtype() == DType::Float32);
  CHECK(ops::mul(i, 0.5).dtype() == DType::Float32);
  CHECK(ops::mul(i, 2).dtype() == DType::Int64);
  CHECK(ops::add(b, b).dtype() == DType::Bool);
  CHECK(ops::add(b, 1).dtype() == DType::Int64);
  CHECK(ops::mul(f, full({}, 2, DType::Float64)).dtype() == DType::Float32);
  CHECK(is_close(ops::mul(d, 0.1), {2}, {0.1 * 0.1, 0.2 * 0.1}, 0));
  CHECK(is_close(ops::div(i, i), {2}, {1, 1}));
  CHECK(is_close(ops::div(i, 0), {2}, {inf, -inf}));
  CHECK(is_close(ops::div(i, 2, 2), {2}, {1, -2}));
  CHECK(is_close(ops::remainder(i, 3), {2}, {0, 2}));
  CHECK(is_close(ops::remainder(f, 0), {2}, {NaN, NaN}));
  CHECK(is_close(ops::pow(i, 2.0), {2}, {9, 16}));
  CHECK(ops::pow(i, 2.0).dtype() == DType::Float32);
  CHECK(is_close(ops::pow(i, longs({-1, -2})), {2}, {0, 0}));
  CHECK(is_close(ops::pow(2, b), {2}, {2, 1}));
  CHECK(is_close(ops::clamp(i, Operand(0.5), Operand(2)), {2}, {2, 0.5}));
  CHECK(is_close(ops::where(b, 1, 2.5), {2}, {1, 2.5}));
  CHECK(ops::where(b, 1.0, 2.5).dtype() == DType::Float32);
  CHECK(is_close(ops::masked_fill(i, b, 1.5), {2}, {1, -4}));
  const Tensor big = from_values({1}, {9.2e18}, DType::Int64);
  CHECK(ops::add(big, big).item_int() < 0);
}

TEST_CASE("NaN wins in maximum, minimum and clamp") {
  CHECK(is_close(ops::maximum(floats({NaN, 1}), floats({1, NaN})), {2}, {NaN, NaN}));
  CHECK(is_close(ops::minimum(floats({NaN, 1}), floats({1, NaN})), {2}, {NaN, NaN}));
  CHECK(is_close(ops::clamp(floats({NaN, 1}), Operand(0), Operand(0.5)), {2}, {NaN, 0.5}));
  CHECK(is_close(ops::clamp(floats({2, 1}), Operand(NaN), std::nullopt), {2}, {NaN, NaN}));
}

TEST_CASE("equal values share the gradient of maximum evenly") {
  const Tensor a = leaf({3}, {1, 2, 3}), b = leaf({3}, {1, 3, 2});
  const Tensors g = grad({ops::maximum(a, b)}, {a, b}, {ones({3}, DType::Float64)});
  CHECK(is_close(g[0], {3}, {0.5, 0, 1}));
  CHECK(is_close(g[1], {3}, {0.5, 1, 0}));
}

TEST_CASE("add_ and mul_ write in place, through views and into the graph") {
  const Tensor x = from_values({2, 3}, {1, 2, 3, 4, 5, 6});
  const std::uint32_t version = x.version();
  CHECK(ops::add_(ops::transpose(x, 0, 1), from_values({3, 1}, {10, 20, 30})).shape() == Shape{3, 2});
  CHECK(is_close(x, s23, {11, 22, 33, 14, 25, 36}));
  CHECK(x.version() > version);
  ops::mul_(ops::select(x, 0, 1), 2);
  CHECK(is_close(x, s23, {11, 22, 33, 28, 50, 72}));
  ops::add_(x, from_values({3}, {1, 1, 1}, DType::Int64), -1);
  CHECK(is_close(x, s23, {10, 21, 32, 27, 49, 71}));
  const Tensor square = from_values({2, 2}, {1, 2, 3, 4});
  ops::add_(square, ops::transpose(square, 0, 1));
  CHECK(is_close(square, {2, 2}, {2, 5, 5, 8}));

  const auto in_place = [](const Tensors& in) {
    const Tensor y = ops::square(in[0]);
    ops::mul_(y, in[1]);
    return ops::add_(y, in[0], 0.5);
  };
  CHECK(gradcheck(in_place, {random_leaf({2, 3}), random_leaf({3}, -2, 2, 2)}));
}

TEST_CASE("mistakes in arithmetic are answered in PyTorch's words") {
  const Tensor f = floats({1.5, -2.5}), i = longs({3, -4}), b = bools({1, 0});
  CHECK(error_of([&] { ops::add(f, floats({1, 2, 3})); }) ==
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0");
  CHECK(error_of([&] { ops::sub(b, b); }) ==
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` "
        "operator instead.");
  CHECK(error_of([&] { ops::sub(b, 1); }).substr(0, 66) ==
        "Subtraction, the `-` operator, with a bool tensor is not supported");
  CHECK(error_of([&] { ops::add(i, i, 1.5); }) ==
        "For integral input tensors, argument alpha must not be a floating point number.");
  CHECK(error_of([&] { ops::add_(i, 1.5); }) == "result type Float can't be cast to the desired output type Long");
  CHECK(error_of([&] { assign(i, ops::div(i, 2)); }) ==
        "result type Float can't be cast to the desired output type Long");
  CHECK(error_of([&] { ops::add_(b, 1); }) == "result type Long can't be cast to the desired output type Bool");
  CHECK(error_of([&] { ops::add_(f, zeros({2, 2}, DType::Float32)); }) ==
        "output with shape [2] doesn't match the broadcast shape [2, 2]");
  CHECK(error_of([&] { ops::mul_(x_values(), 2); }) ==
        "a leaf Variable that requires grad is being used in an in-place operation.");
  CHECK(error_of([&] { ops::div(i, 0, 2); }) == "ZeroDivisionError");
  CHECK(error_of([&] { ops::remainder(i, 0); }) == "ZeroDivisionError");
  CHECK(error_of([&] { ops::pow(i, -1); }) == "Integers to negative integer powers are not allowed.");
  CHECK(error_of([&] { ops::pow(b, b); }) == "\"pow\" not implemented for 'Bool'");
  CHECK(error_of([&] { ops::clamp(f, std::nullopt, std::nullopt); }) ==
        "torch.clamp: At least one of 'min' or 'max' must not be None");
  CHECK(error_of([&] { ops::where(i, f, f); }) ==
        "where expected condition to be a boolean tensor, but got a tensor with dtype Long");
  CHECK(error_of([&] { ops::masked_fill(f, i, 0); }) ==
        "masked_fill_ only supports boolean masks, but got mask with dtype long int");
  CHECK(error_of([&] { ops::masked_fill(f, b, f); }) ==
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with 1 dimension(s).");
  CHECK(error_of([&] { ops::masked_fill(i, b, 1e30); }) ==
        "value cannot be converted to type int64_t without overflow");
  CHECK(error_of([&] { ops::lerp(f, ops::to(f, DType::Float64), 0.5); }) ==
        "expected dtype float for `end` but got dtype double");
  CHECK(error_of([&] { ops::addcmul(b, b, b); }) == "\"addcmul_cpu_out\" not implemented for 'Bool'");
}
