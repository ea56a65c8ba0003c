#pragma once
#include <cmath>
#include <type_traits>

#include "kernels/simd.h"
#include "kernels/walk.h"

// Element-wise kernels. f works on scalars and, wrapped in vectorised(), on xsimd vectors too:
//   map<T, T>(x, vectorised([](const auto& v) { using std::exp; return exp(v); }))
// Operands must already have the element types that the template names. The loops are written over xsimd itself: those
// that xtensor makes of the same expressions are four times as large (71 and 28 KB for four functions) and take twice as
// long to compile.

namespace unroll {

template <class F>
struct Vectorised {
  F f;
};
/// Says that f may also be applied to vectors (arithmetic, and functions found by argument-dependent lookup).
template <class F>
Vectorised<F> vectorised(F f) {
  return {f};
}

namespace detail {

template <class F>
constexpr bool is_vectorised = false;
template <class F>
constexpr bool is_vectorised<Vectorised<F>> = true;

template <class F>
const auto& scalar(const F& f) {
  if constexpr (is_vectorised<F>)
    return f.f;
  else
    return f;
}

// Rows are functions of their own: compiled once however many walks use them, and replaced by a browser's optimised code
// at the next call.
template <class Out, class A, class F>
[[gnu::noinline]] void map_row(std::int64_t n, Out* out, std::int64_t out_step, const A* a, std::int64_t a_step,
                               const F& f) {
  if constexpr (is_vectorised<F>) {
    if (out_step == 1 && a_step == 1) {
      constexpr auto width = static_cast<std::int64_t>(simd::width<A>);
      std::int64_t i = 0;
      for (; i + width <= n; i += width) simd::store(out + i, f.f(simd::load(a + i)));
      for (; i < n; ++i) out[i] = f.f(a[i]);
      return;
    }
  }
  const auto& g = scalar(f);
  if (out_step == 1 && a_step == 1) {
    for (std::int64_t i = 0; i < n; ++i) out[i] = g(a[i]);
  } else {
    for (std::int64_t i = 0; i < n; ++i) out[i * out_step] = g(a[i * a_step]);
  }
}

template <class Out, class A, class B, class F>
[[gnu::noinline]] void map_row(std::int64_t n, Out* out, std::int64_t out_step, const A* a, std::int64_t a_step,
                               const B* b, std::int64_t b_step, const F& f) {
  const auto& g = scalar(f);
  if constexpr (is_vectorised<F>) {
    if (out_step == 1 && (a_step | b_step) == 1) {
      constexpr auto width = static_cast<std::int64_t>(simd::width<A>);
      std::int64_t i = 0;
      if (a_step == 1 && b_step == 1) {
        for (; i + width <= n; i += width) simd::store(out + i, g(simd::load(a + i), simd::load(b + i)));
      } else if (n >= width) {
        const simd::Batch<A> same_a(*a), same_b(*b);
        if (a_step == 1) {
          for (; i + width <= n; i += width) simd::store(out + i, g(simd::load(a + i), same_b));
        } else {
          for (; i + width <= n; i += width) simd::store(out + i, g(same_a, simd::load(b + i * b_step)));
        }
      }
      for (; i < n; ++i) out[i] = g(a[i * a_step], b[i * b_step]);
      return;
    }
  }
  if (out_step == 1 && a_step == 1 && b_step == 1) {
    for (std::int64_t i = 0; i < n; ++i) out[i] = g(a[i], b[i]);
  } else {
    for (std::int64_t i = 0; i < n; ++i) out[i * out_step] = g(a[i * a_step], b[i * b_step]);
  }
}

} // namespace detail

/// out = f(x), element by element; out has x's shape.
template <class Out, class A, class F>
void map_into(const Tensor& out, const Tensor& x, const F& f) {
  Out* o = out.data<Out>();
  const A* a = x.data<A>();
  Walk<2>(out.shape(), {out.strides(), broadcast_strides(x, out.shape())}).rows([&](auto n, auto& at, auto& step) {
    detail::map_row(n, o + at[0], step[0], a + at[1], step[1], f);
  });
}

/// out = f(a, b), element by element; a and b broadcast to out's shape.
template <class Out, class A, class B, class F>
void map_into(const Tensor& out, const Tensor& a, const Tensor& b, const F& f) {
  Out* o = out.data<Out>();
  const A* pa = a.data<A>();
  const B* pb = b.data<B>();
  Walk<3>(out.shape(), {out.strides(), broadcast_strides(a, out.shape()), broadcast_strides(b, out.shape())})
      .rows([&](auto n, auto& at, auto& step) {
        detail::map_row(n, o + at[0], step[0], pa + at[1], step[1], pb + at[2], step[2], f);
      });
}

/// f(x), element by element, as a new tensor.
template <class Out, class A, class F>
Tensor map(const Tensor& x, const F& f) {
  if (x.is_contiguous()) {
    Tensor out = empty(x.shape(), dtype_of<Out>());
    detail::map_row(out.numel(), out.data<Out>(), 1, x.data<A>(), 1, f);
    return out;
  }
  Tensor out = empty_strided(x.shape(), preserved_strides(x), dtype_of<Out>());
  map_into<Out, A>(out, x, f);
  return out;
}

/// f(a, b), element by element over the broadcast shape, as a new tensor.
template <class Out, class A, class B, class F>
Tensor map(const Tensor& a, const Tensor& b, const F& f) {
  if (a.shape() == b.shape() && a.is_contiguous() && b.is_contiguous()) {
    Tensor out = empty(a.shape(), dtype_of<Out>());
    detail::map_row(out.numel(), out.data<Out>(), 1, a.data<A>(), 1, b.data<B>(), 1, f);
    return out;
  }
  Tensor out = a.shape() == b.shape() && a.strides() == b.strides()
                   ? empty_strided(a.shape(), preserved_strides(a), dtype_of<Out>())
                   : empty(broadcast_shapes(a.shape(), b.shape()), dtype_of<Out>());
  map_into<Out, A, B>(out, a, b, f);
  return out;
}

} // namespace unroll
