"""Activations, dropouts, embeddings and Module's own methods act, print and refuse as in PyTorch."""

import copy
import io
import warnings
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F


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


base = torch.linspace(-4, 4, 24).view(2, 4, 3) + 0.1
for make in (
    nn.CELU, lambda: nn.CELU(0.5), nn.ELU, lambda: nn.ELU(0.3, True), nn.GELU, lambda: nn.GELU("tanh"), lambda: nn.GLU(1), nn.Hardshrink,
    nn.Hardsigmoid, nn.Hardswish, lambda: nn.Hardtanh(-0.5, 2), nn.LeakyReLU, lambda: nn.LeakyReLU(0.2, inplace=True), nn.LogSigmoid,
    lambda: nn.LogSoftmax(dim=1), nn.Mish, nn.PReLU, lambda: nn.PReLU(4, 0.1), nn.ReLU, lambda: nn.ReLU(inplace=True), nn.ReLU6, nn.RReLU,
    lambda: nn.RReLU(0.1, 0.2).eval(), nn.SELU, nn.SiLU, nn.Sigmoid, lambda: nn.Softmax(dim=-1), nn.Softmax2d, lambda: nn.Softmin(dim=0),
    nn.Softplus, lambda: nn.Softplus(2, 3), nn.Softshrink, lambda: nn.Softshrink(1.5), nn.Softsign, nn.Tanh, nn.Tanhshrink,
    lambda: nn.Threshold(0.5, -7), nn.Identity, nn.Dropout, nn.Dropout1d, lambda: nn.Dropout2d(0.3), lambda: nn.Dropout(0.2, inplace=True), nn.AlphaDropout,
    lambda: nn.AlphaDropout(0.2).eval(), nn.FeatureAlphaDropout, lambda: nn.Flatten(0, 1), lambda: nn.Unflatten(1, (2, 2)), lambda: nn.Linear(3, 2), lambda: nn.Bilinear(3, 3, 2),
):
    torch.manual_seed(5)
    layer = make()
    leaf = base.clone().requires_grad_()
    x = leaf * 1
    y = layer(x, x) if isinstance(layer, nn.Bilinear) else layer(x)
    print(layer, type(y.grad_fn).__name__, numbers(y), y is x)
    (y * torch.linspace(-1, 1, y.numel()).view_as(y)).sum().backward()
    print("  ", numbers(leaf.grad), *[numbers(p.grad) for p in layer.parameters()])
for name in ("relu_", "elu_", "selu_", "celu_", "leaky_relu_", "hardtanh_"):
    x = base.clone()
    print(name, getattr(F, name)(x) is x, numbers(x))
attempt("softmax no dim", lambda: F.softmax(base))
attempt("dropout p", lambda: nn.Dropout(1.5))
attempt("dropout functional", lambda: F.dropout(base, -0.1))
attempt("dropout 1", lambda: F.dropout(base, 1.0))
attempt("dropout1d dims", lambda: F.dropout1d(torch.ones(3)))
attempt("prelu channels", lambda: nn.PReLU(3)(base))
attempt("glu odd", lambda: F.glu(base))
attempt("softshrink", lambda: F.softshrink(base, -1))
attempt("gumbel", lambda: F.gumbel_softmax(base, tau=0.5, hard=True, dim=1))
attempt("bilinear", lambda: nn.Bilinear(3, 4, 2)(base, base))

index = torch.tensor([[1, 2, 4, 5], [4, 3, 2, 9]])
for make in (lambda: nn.Embedding(10, 3), lambda: nn.Embedding(10, 3, padding_idx=-1, max_norm=1.0), lambda: nn.Embedding(10, 3, scale_grad_by_freq=True),
             lambda: nn.EmbeddingBag(10, 3), lambda: nn.EmbeddingBag(10, 3, mode="sum", padding_idx=2), lambda: nn.EmbeddingBag(10, 3, mode="max", max_norm=2.0)):
    torch.manual_seed(1)
    layer = make()
    y = layer(index)
    (y * torch.arange(float(y.numel())).view_as(y)).sum().backward()
    print(layer, type(y.grad_fn).__name__, numbers(y), numbers(layer.weight.grad), numbers(layer.weight))
bag = nn.EmbeddingBag(10, 3, mode="sum", include_last_offset=True, _weight=torch.arange(30.0).view(10, 3))
print(bag, bag(index[0], torch.tensor([0, 1, 1, 4])), bag(index[0], torch.tensor([0, 4]), per_sample_weights=torch.tensor([1.0, 0.5, 2, 0])))
attempt("bag offsets", lambda: nn.EmbeddingBag(10, 3)(index[0]))
attempt("bag 2d offsets", lambda: nn.EmbeddingBag(10, 3)(index, torch.tensor([0])))
attempt("embedding range", lambda: nn.Embedding(5, 3)(index))
attempt("embedding float", lambda: nn.Embedding(5, 3)(torch.ones(2)))

# modules
for module in (nn.RNN(2, 3, 2, nonlinearity="relu", bias=False), nn.LSTM(2, 4, proj_size=3, bidirectional=True), nn.GRU(2, 3, dropout=0.1, num_layers=2), nn.LSTMCell(2, 3, bias=False), nn.RNNCell(2, 3, nonlinearity="relu"), nn.GRUCell(2, 3)):
    print(module, [len(w) for w in module.all_weights] if hasattr(module, "all_weights") else "", sum(p.numel() for p in module.parameters()))
lstm = nn.LSTM(2, 4, proj_size=3)
lstm.flatten_parameters()
print(len(lstm._flat_weights), [tuple(w.shape) for w in copy.deepcopy(lstm)._flat_weights], lstm._flat_weights_names)
attempt("gru proj", lambda: nn.GRU(2, 3, proj_size=2))
attempt("rnn nonlinearity", lambda: nn.RNN(2, 3, nonlinearity="gelu"))
attempt("rnn hidden", lambda: nn.RNN(2, 3)(torch.ones(4, 1, 2), torch.ones(1, 2, 3))[0])
attempt("lstm hidden", lambda: nn.LSTM(2, 3)(torch.ones(4, 1, 2), (torch.ones(1, 1, 3), torch.ones(1, 1, 4)))[0])
attempt("lstm tensor hidden", lambda: nn.LSTM(2, 3)(torch.ones(4, 2), (torch.ones(1, 1, 3), torch.ones(1, 1, 3)))[0])
attempt("rnn features", lambda: nn.RNN(2, 3)(torch.ones(4, 1, 5))[0])
attempt("rnn dims", lambda: nn.RNN(2, 3)(torch.ones(4))[0])
attempt("rnn dtype", lambda: nn.RNN(2, 3)(torch.ones(4, 1, 2, dtype=torch.float64))[0])
attempt("rnn dropout", lambda: nn.RNN(2, 3, dropout=0.5))
attempt("cell dims", lambda: nn.LSTMCell(2, 3)(torch.ones(1, 2, 2)))
attempt("cell features", lambda: nn.GRUCell(2, 3)(torch.ones(1, 4)))
attempt("cell hidden", lambda: nn.RNNCell(2, 3)(torch.ones(1, 2), torch.ones(1, 4)))

net = nn.Sequential(OrderedDict(a=nn.Linear(2, 3), b=nn.Sequential(nn.BatchNorm1d(3), nn.ReLU())))
print(list(net.state_dict(prefix="x.")), net.state_dict(keep_vars=True)["a.weight"].requires_grad, dict(net.state_dict()._metadata))
attempt("load size", lambda: net.load_state_dict({**net.state_dict(), "a.weight": torch.ones(2, 2)}))
attempt("load missing", lambda: net.load_state_dict({"a.weight": torch.ones(3, 2)}))
attempt("load unexpected", lambda: net.load_state_dict({**net.state_dict(), "c": torch.ones(1)}))
attempt("load loose", lambda: net.load_state_dict({"a.weight": torch.ones(3, 2), "c": torch.ones(1)}, strict=False))
attempt("load type", lambda: net.load_state_dict([1]))
attempt("load value", lambda: net.load_state_dict({**net.state_dict(), "a.bias": 3}))
weight = torch.full((3, 2), 5.0)
net.load_state_dict({**net.state_dict(), "a.weight": weight}, assign=True)
print(net.a.weight.data_ptr() == weight.data_ptr(), type(net.a.weight).__name__, net.a.weight.requires_grad)
for method in ("double", "float", "half", "bfloat16"):
    print(method, {p.dtype for p in getattr(copy.deepcopy(net), method)().parameters()}, getattr(copy.deepcopy(net), method)().b[0].num_batches_tracked.dtype)
print([name for name, _ in net.named_modules(prefix="m")], [name for name, _ in net.named_parameters(prefix="p", recurse=False)], list(dict(net.b.named_buffers())))
print(net.get_submodule("b.0"), net.get_parameter("a.bias").shape, net.get_buffer("b.0.running_mean"))
attempt("get submodule", lambda: net.get_submodule("b.9"))
attempt("get parameter", lambda: net.get_parameter("b.0.running_mean"))
attempt("get buffer", lambda: net.get_buffer("a.weight"))
print([tuple(p.shape) for p in net.to_empty(device="cpu").parameters()], net.requires_grad_(False).a.weight.requires_grad)
print(net.train(False).training, net.b[0].training, net.apply(lambda m: None) is net, net.to(torch.float64).a.weight.dtype, net.type(torch.float32).a.weight.dtype)


class Extra(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value
        self.register_buffer("kept", torch.ones(1), persistent=False)
        self.register_module("inner", nn.Linear(1, 1))

    def get_extra_state(self):
        return {"value": self.value}

    def set_extra_state(self, state):
        self.value = state["value"]


one, two = Extra(1), Extra(2)
two.load_state_dict(one.state_dict())
print(two.value, list(one.state_dict()), one)
attempt("no extra", lambda: two.load_state_dict({key: value for key, value in one.state_dict().items() if "extra" not in key}))
attempt("register dot", lambda: one.register_module("a.b", nn.Linear(1, 1)))
attempt("register twice", lambda: one.register_buffer("inner", torch.ones(1)))
attempt("register type", lambda: one.add_module("x", 5))
attempt("register none", lambda: one.register_parameter("w", torch.ones(1)))
attempt("forward", lambda: Extra(1)(1))
attempt("train", lambda: one.train(3))
parameters = nn.ParameterList([torch.ones(2), nn.Parameter(torch.zeros(1, 2))])
parameters.append(torch.ones(3))
parameters += [torch.ones(1)]
print(parameters, len(parameters), parameters[1:3], [tuple(p.shape) for p in parameters.parameters()])
table = nn.ParameterDict({"b": torch.ones(2), "a": nn.Parameter(torch.zeros(1))})
table["c"] = torch.ones(1, 2)
print(table, list(table.keys()), table.pop("a").shape, "a" in table, len(table), table.get("z", 3), [k for k, _ in table.items()])
attempt("index", lambda: parameters[9])
attempt("key", lambda: table["z"])
modules = nn.ModuleDict([["lin", nn.Linear(1, 2)], ["act", nn.Tanh()]])
modules.update({"more": nn.ReLU()})
print(modules, list(modules), modules.pop("act"), len(modules))
listed = nn.ModuleList([nn.Linear(1, 1), nn.Tanh()])
listed.insert(1, nn.ReLU())
listed[0] = nn.Linear(2, 2)
print(listed, listed[-1], nn.ModuleList([nn.Tanh()] * 3), listed + [nn.ReLU()])
attempt("listed", lambda: listed[5])
attempt("listed call", lambda: listed(1))
attempt("sequential", lambda: nn.Sequential(nn.Linear(2, 2))[3])
print(nn.DataParallel(nn.Linear(1, 1)).module)
print(isinstance(nn.parameter.UninitializedParameter(), nn.Parameter), nn.modules.conv.Conv1d is nn.Conv1d, nn.Conv1d.__module__)
buffer = io.BytesIO()
torch.save(nn.TransformerEncoderLayer(4, 2, 8).state_dict(), buffer)
buffer.seek(0)
print(len(torch.load(buffer)))
