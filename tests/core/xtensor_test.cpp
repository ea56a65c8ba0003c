#include "unroll/xtensor.h"

#include <catch_amalgamated.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xsort.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xview.hpp>

#include "expect.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

using namespace unroll;
using unroll::testing::error_of;

TEST_CASE("to_xtensor shares a tensor's memory, whatever its strides, and keeps it") {
  Tensor x = from_values({2, 3}, {1, 2, 3, 4, 5, 6});
  auto columns = to_xtensor<float, 2>(ops::transpose(x, 0, 1));
  CHECK(columns(2, 1) == 6);
  columns(0, 1) = 40;
  xt::noalias(xt::view(columns, 2, xt::all())) = xt::view(columns, 2, xt::all()) * 10;
  CHECK(to_values(x) == std::vector<double>{1, 2, 30, 40, 5, 60});
  x = Tensor();
  CHECK(xt::sum(columns)() == 138);
  CHECK(columns.data() == &columns(0, 0));
}

TEST_CASE("to_xtensor reads expanded, empty and zero-dim tensors") {
  const Tensor row = from_values({1, 3}, {1, 2, 3});
  CHECK(xt::sum(to_xtensor<float, 2>(ops::expand(row, {4, 3})))() == 24);
  CHECK(to_xtensor<double, 3>(zeros({2, 0, 3}, DType::Float64)).size() == 0);
  CHECK(to_xtensor<std::int64_t, 0>(full({}, 7, DType::Int64))() == 7);
}

TEST_CASE("to_xtensor refuses another dtype and another number of dimensions") {
  const Tensor x = zeros({2, 3}, DType::Float32);
  CHECK(error_of([&] { to_xtensor<double, 2>(x); }) == "expected scalar type Double but found Float");
  CHECK(error_of([&] { to_xtensor<float, 1>(x); }) == "[to_xtensor] got a tensor of 2 dimensions, expected 1");
}

TEST_CASE("from_xtensor takes the memory of an array that is moved in") {
  xt::xtensor<float, 2> a{{1, 2, 3}, {4, 5, 6}};
  const float* memory = a.data();
  const Tensor x = from_xtensor(std::move(a));
  CHECK(x.raw() == memory);
  CHECK(x.dtype() == DType::Float32);
  CHECK(x.shape() == Shape{2, 3});
  CHECK(x.is_contiguous());
  CHECK(to_values(ops::sum(x, Shape{0}, false, std::nullopt)) == std::vector<double>{5, 7, 9});
}

TEST_CASE("from_xtensor shares the memory of an array that stays, in its layout") {
  xt::xtensor<double, 2, xt::layout_type::column_major> a{{1, 2}, {3, 4}};
  const Tensor x = from_xtensor(a);
  CHECK(x.raw() == a.data());
  CHECK(x.strides() == Shape{1, 2});
  CHECK(to_values(x) == std::vector<double>{1, 2, 3, 4});
  ops::mul_(x, 2);
  CHECK(a(1, 0) == 6);
  auto part = xt::view(a, xt::all(), 1);
  CHECK(to_values(from_xtensor(part)) == std::vector<double>{4, 8});
  // Every second column of a tensor, as an array, as a tensor.
  const Tensor wide = from_values({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8});
  auto columns = to_xtensor<float, 2>(ops::slice(wide, 1, 1, 4, 2));
  const Tensor again = from_xtensor(std::move(columns));
  CHECK(again.strides() == Shape{4, 2});
  CHECK(to_values(again) == std::vector<double>{2, 4, 6, 8});
  auto turned = xt::strided_view(a, {xt::all(), xt::range(xt::placeholders::_, xt::placeholders::_, -1)});
  CHECK_THAT(error_of([&] { from_xtensor(turned); }), Catch::Matchers::ContainsSubstring("negative strides"));
}

TEST_CASE("from_xtensor computes an expression and copies a constant array") {
  const xt::xarray<std::int64_t> a{3, 1, 2};
  CHECK(to_values(from_xtensor(a * 2)) == std::vector<double>{6, 2, 4});
  const Tensor copy = from_xtensor(a);
  CHECK(copy.raw() != a.data());
  CHECK(copy.dtype() == DType::Int64);
  CHECK(to_values(from_xtensor(xt::cast<std::int64_t>(xt::argsort(a)))) == std::vector<double>{1, 2, 0});
}

TEST_CASE("a tensor over an array's memory lives as long as its views, and its memory is not counted") {
  const std::size_t before = Storage::live_bytes();
  Tensor row;
  {
    const Tensor x = from_xtensor(xt::xtensor<float, 2>(xt::ones<float>({300, 4})));
    row = ops::select(x, 0, 299);
  }
  CHECK(Storage::live_bytes() == before);
  CHECK(to_values(row) == std::vector<double>{1, 1, 1, 1});
}

TEST_CASE("a tensor from an array takes part in the graph") {
  const Tensor w = from_xtensor(xt::xtensor<float, 1>{1, 2, 3});
  w.set_requires_grad(true);
  backward({ops::sum(w * w, std::nullopt, false, std::nullopt)}, {});
  CHECK(xt::all(xt::equal(to_xtensor<float, 1>(w.grad()), xt::xtensor<float, 1>{2, 4, 6})));
}
