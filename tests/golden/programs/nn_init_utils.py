"""Initial values, weight and spectral norms, parametrizations, pruning and clipping are those of PyTorch."""

import copy
import warnings

import torch
import torch.nn as nn
from torch.nn.utils import parametrizations, parametrize, prune


def numbers(t):
    flat = t.detach().double().flatten()
    weights = torch.arange(1, flat.numel() + 1, dtype=torch.float64).remainder(7)
    sums = [flat.sum(), flat.abs().sum(), (flat * weights).sum()]
    return f"{tuple(t.shape)} " + " ".join(f"{round(s.item(), 4) + 0.0:.4f}" for s in sums)


def attempt(name, run):
    torch.manual_seed(2)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = run()
            print(name, numbers(value) if isinstance(value, torch.Tensor) else value)
        except Exception as error:
            print(name, type(error).__name__, str(error).split("\n")[0])
        for warning in caught:
            print("  ", warning.category.__name__, str(warning.message).split("\n")[0][:120])


w = lambda *shape: torch.empty(*shape)
for name in ("uniform_", "normal_", "ones_", "zeros_", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "trunc_normal_", "orthogonal_"):
    attempt(name, lambda: getattr(nn.init, name)(w(4, 6)))
attempt("orthogonal tall", lambda: nn.init.orthogonal_(w(7, 3), gain=2))
attempt("orthogonal 3d", lambda: nn.init.orthogonal_(w(4, 3, 2)))
attempt("orthogonal vector", lambda: nn.init.orthogonal_(w(4)))
attempt("trunc", lambda: nn.init.trunc_normal_(w(50), 1.0, 2.0, -1.0, 2.5))
attempt("trunc far", lambda: nn.init.trunc_normal_(w(5), 10.0, 1.0))
attempt("eye", lambda: nn.init.eye_(w(3, 4)))
attempt("eye vector", lambda: nn.init.eye_(w(3)))
attempt("dirac", lambda: nn.init.dirac_(w(4, 2, 3), groups=2))
attempt("dirac 2d", lambda: nn.init.dirac_(w(4, 2)))
attempt("sparse", lambda: nn.init.sparse_(w(5, 4), sparsity=0.4, std=0.1))
attempt("constant", lambda: nn.init.constant_(w(3), 0.3))
attempt("fan", lambda: nn.init.xavier_uniform_(w(3)))
attempt("mode", lambda: nn.init.kaiming_uniform_(w(3, 3), mode="fan"))
attempt("kaiming", lambda: nn.init.kaiming_normal_(w(3, 5, 2), mode="fan_out", nonlinearity="relu"))
attempt("empty", lambda: nn.init.kaiming_uniform_(w(0, 3)))
attempt("old", lambda: nn.init.xavier_uniform(w(3, 2)))
attempt("old orthogonal", lambda: nn.init.orthogonal(w(3, 2)))
for nonlinearity in ("linear", "conv1d", "sigmoid", "tanh", "relu", "leaky_relu", "selu", "gelu"):
    attempt(nonlinearity, lambda: nn.init.calculate_gain(nonlinearity))
attempt("gain slope", lambda: nn.init.calculate_gain("leaky_relu", 0.2))


def trained(module, steps=2, size=3):
    optimizer = torch.optim.SGD(module.parameters(), lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        y = module(torch.randn(4, size))
        (y * y).mean().backward()
        optimizer.step()
    print(type(module).__name__, repr(module))
    for key, value in module.state_dict().items():
        print(" ", key, numbers(value))
    return module


torch.manual_seed(0)
linear = trained(nn.utils.weight_norm(nn.Linear(3, 2)))
print(type(linear.weight.grad_fn).__name__, numbers(nn.utils.remove_weight_norm(linear).weight), list(linear.state_dict()))
attempt("twice", lambda: nn.utils.weight_norm(nn.utils.weight_norm(nn.Linear(3, 2))))
attempt("not there", lambda: nn.utils.remove_weight_norm(nn.Linear(3, 2)))
lstm = nn.utils.weight_norm(nn.LSTM(3, 4), "weight_hh_l0", dim=None)
print(list(lstm.state_dict()), numbers(lstm(torch.randn(2, 1, 3))[0]))
torch.manual_seed(0)
linear = trained(nn.utils.spectral_norm(nn.Linear(3, 2), n_power_iterations=2))
linear.eval()
print(numbers(linear(torch.ones(1, 3))), numbers(nn.utils.remove_spectral_norm(linear).weight))
torch.manual_seed(0)
linear = trained(parametrizations.weight_norm(nn.Linear(3, 2)))
print(parametrize.is_parametrized(linear), parametrize.type_before_parametrizations(linear), linear.parametrizations.weight[0])
parametrize.remove_parametrizations(linear, "weight")
print(linear, parametrize.is_parametrized(linear), numbers(linear.weight))
linear = trained(parametrizations.spectral_norm(nn.Linear(3, 2)))


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).transpose(-1, -2)

    def right_inverse(self, x):
        return x.triu()


layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Symmetric())
print(layer, torch.equal(layer.weight, layer.weight.T), list(dict(layer.named_parameters())))
with parametrize.cached():
    print(layer.weight is layer.weight)
layer.weight = torch.ones(3, 3)
print(layer.parametrizations.weight.original, copy.deepcopy(layer).weight.sum())
attempt("no such", lambda: parametrize.register_parametrization(layer, "nothing", Symmetric()))
attempt("not parametrized", lambda: parametrize.remove_parametrizations(layer, "bias"))

torch.manual_seed(0)
layer = nn.Linear(3, 2)
prune.l1_unstructured(layer, "weight", amount=2)
print(layer.weight_mask, list(dict(layer.named_parameters())), list(dict(layer.named_buffers())), prune.is_pruned(layer))
prune.ln_structured(layer, "weight", amount=0.5, n=2, dim=0)
print(layer.weight_mask)
prune.remove(layer, "weight")
print(layer.weight, list(layer.state_dict()))

parameters = [nn.Parameter(torch.ones(2, 2)), nn.Parameter(torch.ones(3))]
sum((p * p).sum() * 3 for p in parameters).backward()
print(nn.utils.get_total_norm([p.grad for p in parameters]), nn.utils.clip_grad_norm_(parameters, 1.0, foreach=True))
print(parameters[1].grad, nn.utils.clip_grad_norm_(parameters, 0.5, float("inf")), parameters[0].grad)
nn.utils.clip_grad_value_(parameters, 0.1)
print(parameters[0].grad, nn.utils.clip_grad_norm_([], 1.0))
parameters[0].grad.fill_(float("nan"))
attempt("nonfinite", lambda: nn.utils.clip_grad_norm_(parameters, 1.0, error_if_nonfinite=True))
attempt("old clip", lambda: nn.utils.clip_grad_norm(parameters[1:], 1.0))
vector = nn.utils.parameters_to_vector(parameters)
nn.utils.vector_to_parameters(vector * 2, parameters)
print(vector.shape, parameters[1])
print(nn.utils.skip_init(nn.Linear, 2, 3))
model = nn.Linear(2, 1)
print(torch.func.functional_call(model, {"weight": torch.ones(1, 2), "bias": torch.zeros(1)}, torch.ones(1, 2)))
