// A GRU learns to continue a sine wave. PyTorch and the panel load the weights that it writes.
#include <unroll/unroll.h>
#include <cstdio>

using namespace unroll;

struct Forecaster : nn::Module {
  nn::GRU gru = add("gru", nn::GRU(1, 16, {.batch_first = true}));
  nn::Linear head = add("head", nn::Linear(16, 1));
  Tensor operator()(const Tensor& x) const { return head(gru(x).output); }
};

int main() {
  manual_seed(0);
  Forecaster model;
  optim::Adam adam(model.parameters(), {.lr = 0.01});
  const Tensor wave = ops::reshape(ops::sin(ops::arange(0, 10, 0.1, DType::Float32)), {1, 100, 1});
  const Tensor x = ops::narrow(wave, 1, 0, 99), target = ops::narrow(wave, 1, 1, 99);
  for (int epoch = 0; epoch <= 100; ++epoch) {
    const Tensor loss = nn::mse_loss(model(x), target);
    adam.zero_grad();
    backward(loss);
    adam.step();
    if (epoch % 20 == 0) std::printf("epoch %3d  loss %.6f\n", epoch, loss.item());
  }
  std::printf("next value: %.6f\n", to_values(model(wave)).back());
  safetensors::save_file(model.state_dict(), "sine.safetensors");
}
