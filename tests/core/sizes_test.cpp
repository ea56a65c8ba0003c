#include <limits>

#include "ops_testing.h"
#include "unroll/ops/conv.h"
#include "unroll/ops/ctc_loss.h"
#include "unroll/ops/pool.h"
#include "unroll/sizes.h"

using namespace unroll;
using namespace unroll::testing;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t big = std::int64_t{1} << 32, huge = std::int64_t{1} << 62;

} // namespace

TEST_CASE("products and sums of sizes tell when int64 does not hold them") {
  CHECK(checked_mul(huge, 1) == huge);
  CHECK(checked_mul(-2, huge) == smallest);
  CHECK(checked_add(largest, smallest) == -1);
  for (const auto wrong :
       {+[] { checked_mul(big, big); }, +[] { checked_mul(huge, 2); }, +[] { checked_add(largest, 1); }})
    CHECK(error_of(wrong) == "invalid size, possible overflow?");
  CHECK(saturated_mul(huge, -4) == smallest);
  CHECK(saturated_mul(-huge, -4) == largest);
  CHECK(saturated_add(smallest, -1) == smallest);
  CHECK(floor_div(-7, 2) == -4);
  CHECK(ceil_div(-7, 2) == -3);
  CHECK(ceil_div(largest, 2) == huge);
  CHECK(floor_div(smallest, 5) == smallest / 5 - 1);
}

TEST_CASE("a buffer that no memory holds is an error with its size") {
  CHECK(buffer_size<float>(12) == 12);
  const std::string message = error_of([] { buffer_size<double>(huge); });
  CHECK(message.find("can't allocate memory: you tried to allocate ") != std::string::npos);
  CHECK(error_of([] { empty({huge / 8}, DType::Float32); }).find(" bytes. Error code 12") != std::string::npos);
}

TEST_CASE("shapes with more elements than int64 counts are refused in PyTorch's words") {
  CHECK(error_of([] { numel({big, big}); }) == "numel: integer multiplication overflow");
  CHECK(error_of([] { contiguous_strides({0, big, big}); }) == "Stride calculation overflowed");
  CHECK(error_of([] { empty({big, big}, DType::Float32); }) ==
        "Storage size calculation overflowed with sizes=[4294967296, 4294967296]");
  const Tensor none = zeros({0}, DType::Float32), one = zeros({1}, DType::Float32);
  const char* const many = "numel: integer multiplication overflow";
  CHECK(error_of([&] { ops::view(none, {big, big}); }) == many);
  CHECK(error_of([&] { ops::reshape(none, {big, big}); }) == many);
  CHECK(error_of([&] { ops::unflatten(none, 0, {big, big}); }) == many);
  CHECK(error_of([&] { ops::expand(one, {big, big}); }) == many);
  CHECK(error_of([&] { ops::view(counted({4}), {largest, 4}); }) ==
        "shape '[9223372036854775807, 4]' is invalid for input of size 4");
  CHECK(ops::expand(one, {huge}).numel() == huge);
}

TEST_CASE("no view leaves its storage, whatever its strides and its offset") {
  const Tensor x = counted({20});
  const auto fails = [&](const Shape& shape, const Shape& strides, std::int64_t offset) {
    return !error_of([&] { ops::as_strided(x, shape, strides, offset); }).empty();
  };
  CHECK(fails({2}, {huge}, 0));
  CHECK(fails({5}, {huge}, 0));
  CHECK(fails({2, 2}, {huge, huge}, 0));
  CHECK(fails({(1 << 22) + 1}, {std::int64_t{1} << 42}, 0));
  CHECK(fails({big, big}, {1, 1}, 0));
  CHECK(fails({3}, {1}, 18));
  CHECK(fails({3}, {1}, huge));
  CHECK(fails({3}, {1}, largest));
  CHECK(fails({3}, {1}, -1));
  CHECK(fails({-1}, {1}, 0));
  CHECK_FALSE(fails({3}, {1}, 17));
  CHECK_FALSE(fails({1, 20}, {huge, 1}, 0));
  CHECK(ops::slice(x, 0, std::nullopt, std::nullopt, huge).shape() == Shape{1});
  CHECK(ops::slice(x, 0, smallest, largest, 1).shape() == Shape{20});
  CHECK(!error_of([&] { ops::narrow(x, 0, 2, largest); }).empty());
  CHECK(ops::unfold(x, 0, 2, largest).shape() == Shape{1, 2});
  CHECK(ops::diagonal(counted({3, 3}), smallest, 0, 1).shape() == Shape{0});
  CHECK(ops::diagonal(counted({3, 3}), largest, 0, 1).shape() == Shape{0});
  CHECK(!error_of([&] { ops::split(counted({3}), {largest, largest, 5}, 0); }).empty());
}

TEST_CASE("copies of a huge shape are refused before memory is touched") {
  const Tensor x = counted({4}), wide = ops::expand(counted({1}), {huge});
  CHECK(error_of([&] { ops::repeat(x, {big, big}); }) ==
        "Storage size calculation overflowed with sizes=[4294967296, 17179869184]");
  CHECK(error_of([&] { ops::repeat(x, {huge}); }) == "invalid size, possible overflow?");
  CHECK(!error_of([&] { ops::cat({wide, wide, wide, wide}, 0); }).empty());
  CHECK(!error_of([&] { ops::clone(wide); }).empty());
  for (const Shape& padding :
       {Shape{huge, huge}, Shape{largest, largest}, Shape{-huge, huge}, Shape{smallest, largest}})
    CHECK(!error_of([&] { ops::pad(x, padding, 0); }).empty());
  CHECK(is_close(ops::roll(x, {smallest}, {}), {4}, {0, 1, 2, 3}));
  CHECK(is_close(ops::roll(x, {largest}, {}), {4}, {1, 2, 3, 0}));
  CHECK(is_close(ops::tril(counted({2, 2}), largest), {2, 2}, {0, 1, 2, 3}));
  CHECK(is_close(ops::triu(counted({2, 2}), largest), {2, 2}, {0, 0, 0, 0}));
  CHECK(!error_of([&] { ops::index_select(x, 0, ops::expand(zeros({1}, DType::Int64), {huge})); }).empty());
}

TEST_CASE("windows of huge sizes are refused") {
  const Tensor x = zeros({1, 1, 4}, DType::Float32), w = zeros({1, 1, 2}, DType::Float32);
  const auto conv = [&](std::int64_t stride, std::int64_t padding, std::int64_t dilation, bool transposed) {
    return ops::convolution(x, w, Tensor(), {stride}, {padding}, {dilation}, transposed, {0}, 1);
  };
  CHECK(conv(huge, 0, 1, false).shape() == Shape{1, 1, 1});
  CHECK(!error_of([&] { conv(1, huge / 2, 1, false); }).empty());
  CHECK(!error_of([&] { conv(1, largest, 1, false); }).empty());
  CHECK(!error_of([&] { conv(1, 0, largest, false); }).empty());
  CHECK(!error_of([&] { conv(huge / 2, 0, 1, true); }).empty());
  CHECK(!error_of([&] { conv(largest, 0, 1, true); }).empty());
  for (const std::int64_t size : {huge, largest, std::int64_t{0}, smallest})
    CHECK(!error_of([&] { ops::max_pool(x, {size}, {size}, {0}, {1}, false); }).empty());
  CHECK(!error_of([&] { ops::adaptive_avg_pool(x, {largest}); }).empty());
  const Tensor blocks = zeros({1, 4, 9}, DType::Float32);
  CHECK(error_of([&] { ops::col2im(blocks, {4, 4}, {2, 2}, {1, 1}, {0, 0}, {0, 0}); }) ==
        "stride should be greater than zero, but got stride_height: 0 stride_width: 0");
  CHECK(!error_of([&] { ops::col2im(blocks, {huge, huge}, {2, 2}, {1, 1}, {0, 0}, {1, 1}); }).empty());
  CHECK(!error_of([&] {
           ops::im2col(zeros({1, 1, 4, 4}, DType::Float32), {2, 2}, {1, 1}, {huge, huge}, {1, 1});
         }).empty());
}

TEST_CASE("lengths of ctc_loss that reach outside the targets are refused") {
  const Tensor p = zeros({4, 2, 3}, DType::Float32), targets = ones({5}, DType::Int64);
  for (const Shape& lengths : {Shape{-5, 5}, Shape{5, largest}, Shape{smallest, 1}})
    CHECK(!error_of([&] { ops::ctc_loss(p, targets, {4, 4}, lengths, 0, false); }).empty());
}
