"""Convolution, pooling, padding, resizing and normalisation layers start, compute, print and refuse as in PyTorch."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def numbers(t):
    flat = t.detach().double().flatten()
    weights = torch.arange(1, flat.numel() + 1, dtype=torch.float64).remainder(7)
    sums = [flat.sum(), flat.abs().sum(), (flat * weights).sum()]
    return f"{tuple(t.shape)} " + " ".join(f"{round(s.item(), 4) + 0.0:.4f}" for s in sums)


def show(name, make, *shapes):
    torch.manual_seed(1)
    try:
        layer = make()
        print(layer)
        xs = [torch.randn(*shape, dtype=torch.float32, requires_grad=True) for shape in shapes]
        y = layer(*xs)
        y = y[0] if isinstance(y, tuple) else y
        print(name, type(y.grad_fn).__name__, numbers(y))
        if y.numel() == 0:
            return
        (y * torch.linspace(-1, 1, y.numel()).view_as(y)).sum().backward()
        print("  grads", *[numbers(x.grad) for x in xs])
        for key, parameter in layer.named_parameters():
            print(" ", key, numbers(parameter), numbers(parameter.grad))
        for key, buffer in layer.named_buffers():
            print(" ", key, numbers(buffer))
    except Exception as error:
        print(name, type(error).__name__, str(error).split("\n")[0])


CASES = [
    ("conv1d", lambda: nn.Conv1d(3, 4, 3), (2, 3, 9)),
    ("conv1d options", lambda: nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), (2, 4, 11)),
    ("conv1d same", lambda: nn.Conv1d(3, 4, 4, padding="same", dilation=1), (2, 3, 9)),
    ("conv1d valid", lambda: nn.Conv1d(3, 4, 4, padding="valid"), (3, 9)),
    ("conv1d causal", lambda: nn.Sequential(nn.ConstantPad1d((2, 0), 0.5), nn.Conv1d(3, 4, 3)), (2, 3, 9)),
    ("conv1d circular", lambda: nn.Conv1d(3, 4, 3, padding=1, padding_mode="circular"), (2, 3, 9)),
    ("conv1d reflect", lambda: nn.Conv1d(3, 4, 5, padding="same", padding_mode="reflect"), (2, 3, 9)),
    ("conv1d depthwise", lambda: nn.Conv1d(4, 8, 3, groups=4), (2, 4, 9)),
    ("conv1d channels", lambda: nn.Conv1d(3, 4, 3), (2, 5, 9)),
    ("conv1d short", lambda: nn.Conv1d(3, 4, 3), (2, 3, 2)),
    ("conv1d dims", lambda: nn.Conv1d(3, 4, 3), (3,)),
    ("conv1d groups", lambda: nn.Conv1d(3, 4, 3, groups=2), (2, 3, 9)),
    ("conv1d mode", lambda: nn.Conv1d(3, 4, 3, stride=2, padding="same"), (2, 3, 9)),
    ("conv2d", lambda: nn.Conv2d(3, 4, 3, padding=1), (2, 3, 5, 6)),
    ("conv2d options", lambda: nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2), (2, 4, 7, 6)),
    ("conv2d replicate", lambda: nn.Conv2d(3, 4, 3, padding=(1, 2), padding_mode="replicate"), (3, 5, 6)),
    ("conv2d channels", lambda: nn.Conv2d(3, 4, 3), (2, 2, 5, 5)),
    ("conv2d kernel", lambda: nn.Conv2d(3, 4, 3), (2, 3, 2, 5)),
    ("conv2d dims", lambda: nn.Conv2d(3, 4, 3), (5, 5)),
    ("conv3d", lambda: nn.Conv3d(2, 3, 2, stride=2, padding=1), (2, 2, 4, 3, 5)),
    ("transpose1d", lambda: nn.ConvTranspose1d(3, 4, 3, stride=2, padding=1, output_padding=1), (2, 3, 5)),
    ("transpose1d groups", lambda: nn.ConvTranspose1d(4, 6, 3, groups=2, dilation=2, bias=False), (2, 4, 5)),
    ("transpose1d channels", lambda: nn.ConvTranspose1d(4, 6, 3), (2, 3, 5)),
    ("transpose1d output padding", lambda: nn.ConvTranspose1d(3, 4, 3, output_padding=1), (2, 3, 5)),
    ("transpose1d mode", lambda: nn.ConvTranspose1d(3, 4, 3, padding_mode="reflect"), (2, 3, 5)),
    ("transpose2d", lambda: nn.ConvTranspose2d(3, 4, (2, 3), stride=(2, 3), padding=(0, 1)), (2, 3, 4, 5)),
    ("transpose3d", lambda: nn.ConvTranspose3d(2, 3, 2, stride=2), (1, 2, 3, 2, 2)),
    ("maxpool1d", lambda: nn.MaxPool1d(2), (2, 3, 9)),
    ("maxpool1d options", lambda: nn.MaxPool1d(3, stride=2, padding=1, dilation=2, ceil_mode=True), (2, 3, 10)),
    ("maxpool1d no batch", lambda: nn.MaxPool1d(2, return_indices=True), (3, 9)),
    ("maxpool1d short", lambda: nn.MaxPool1d(5), (2, 3, 2)),
    ("maxpool1d dims", lambda: nn.MaxPool1d(5), (3,)),
    ("maxpool1d pad", lambda: nn.MaxPool1d(2, padding=2), (2, 3, 9)),
    ("maxpool2d", lambda: nn.MaxPool2d(2), (2, 3, 5, 6)),
    ("maxpool2d options", lambda: nn.MaxPool2d((3, 2), stride=(2, 1), padding=(1, 0), ceil_mode=True), (3, 6, 6)),
    ("maxpool2d short", lambda: nn.MaxPool2d(5), (2, 3, 2, 2)),
    ("maxpool2d dims", lambda: nn.MaxPool2d(2), (3, 3)),
    ("maxpool3d", lambda: nn.MaxPool3d(2), (1, 2, 4, 5, 4)),
    ("avgpool1d", lambda: nn.AvgPool1d(3, stride=2, padding=1), (2, 3, 9)),
    ("avgpool1d ceil", lambda: nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), (3, 10)),
    ("avgpool2d", lambda: nn.AvgPool2d((2, 3), padding=(1, 1)), (2, 3, 5, 6)),
    ("avgpool2d divisor", lambda: nn.AvgPool2d(2, stride=1, ceil_mode=True, divisor_override=3), (2, 3, 5, 6)),
    ("avgpool2d ceil", lambda: nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), (2, 3, 6, 6)),
    ("avgpool2d short", lambda: nn.AvgPool2d(5), (2, 3, 2, 2)),
    ("avgpool3d", lambda: nn.AvgPool3d(2, stride=1), (1, 2, 3, 3, 4)),
    ("adaptive avg 1d", lambda: nn.AdaptiveAvgPool1d(4), (2, 3, 10)),
    ("adaptive avg 1d one", lambda: nn.AdaptiveAvgPool1d(1), (2, 3, 10)),
    ("adaptive avg 2d", lambda: nn.AdaptiveAvgPool2d((None, 3)), (2, 3, 5, 7)),
    ("adaptive avg 2d one", lambda: nn.AdaptiveAvgPool2d(1), (3, 5, 7)),
    ("adaptive avg 3d", lambda: nn.AdaptiveAvgPool3d((2, 1, 2)), (1, 2, 3, 3, 4)),
    ("adaptive max 1d", lambda: nn.AdaptiveMaxPool1d(4), (2, 3, 10)),
    ("adaptive max 2d", lambda: nn.AdaptiveMaxPool2d((2, 3), return_indices=True), (2, 3, 5, 7)),
    ("adaptive max 3d", lambda: nn.AdaptiveMaxPool3d(2), (1, 2, 3, 3, 4)),
    ("lp pool 1d", lambda: nn.LPPool1d(2, 3, stride=2), (2, 3, 9)),
    ("lp pool 2d", lambda: nn.LPPool2d(1.5, (2, 3)), (2, 3, 5, 6)),
    ("constant pad", lambda: nn.ConstantPad2d((1, -1, 2, 0), 3.5), (2, 3, 4, 5)),
    ("zero pad 1d", lambda: nn.ZeroPad1d(2), (2, 3, 4)),
    ("zero pad 2d", lambda: nn.ZeroPad2d((1, 0, 2, 1)), (2, 3, 4, 4)),
    ("zero pad 3d", lambda: nn.ZeroPad3d(1), (1, 2, 2, 2, 2)),
    ("reflection pad 1d", lambda: nn.ReflectionPad1d((3, 1)), (2, 3, 4)),
    ("reflection pad 2d", lambda: nn.ReflectionPad2d((1, 2, 0, 3)), (3, 4, 4)),
    ("reflection pad too much", lambda: nn.ReflectionPad1d(4), (2, 3, 4)),
    ("replication pad 1d", lambda: nn.ReplicationPad1d(2), (2, 3, 4)),
    ("replication pad 2d", lambda: nn.ReplicationPad2d((1, 2, 0, 3)), (2, 3, 4, 4)),
    ("replication pad 3d", lambda: nn.ReplicationPad3d(1), (1, 2, 2, 3, 2)),
    ("circular pad 1d", lambda: nn.CircularPad1d((3, 1)), (2, 3, 4)),
    ("circular pad 2d", lambda: nn.CircularPad2d((1, 2, 0, 3)), (2, 3, 4, 4)),
    ("unfold", lambda: nn.Unfold((2, 3), padding=1, stride=2), (2, 3, 5, 6)),
    ("unfold no batch", lambda: nn.Unfold(kernel_size=2, dilation=2), (3, 5, 6)),
    ("unfold too large", lambda: nn.Unfold(kernel_size=7), (1, 3, 5, 5)),
    ("fold", lambda: nn.Fold((4, 5), (2, 2), padding=1, stride=2), (2, 12, 9)),
    ("fold wrong", lambda: nn.Fold((4, 5), (2, 2)), (2, 12, 5)),
    ("fold wrong rows", lambda: nn.Fold((4, 5), (2, 2)), (2, 11, 12)),
    ("upsample", lambda: nn.Upsample(scale_factor=2), (2, 3, 4)),
    ("upsample nearest size", lambda: nn.Upsample(size=(3, 7), mode="nearest"), (2, 3, 4, 5)),
    ("upsample linear", lambda: nn.Upsample(scale_factor=2.5, mode="linear"), (2, 3, 4)),
    ("upsample linear corners", lambda: nn.Upsample(size=7, mode="linear", align_corners=True), (2, 3, 4)),
    ("upsample bilinear", lambda: nn.Upsample(scale_factor=(2, 1.5), mode="bilinear"), (2, 3, 4, 4)),
    ("upsample bilinear corners", lambda: nn.UpsamplingBilinear2d(scale_factor=2), (2, 3, 4, 4)),
    ("upsample nearest 2d", lambda: nn.UpsamplingNearest2d(size=(5, 3)), (2, 3, 4, 4)),
    ("upsample bicubic", lambda: nn.Upsample(scale_factor=2, mode="bicubic"), (2, 3, 4, 4)),
    ("upsample trilinear", lambda: nn.Upsample(size=(3, 4, 5), mode="trilinear"), (1, 2, 2, 3, 3)),
    ("upsample wrong", lambda: nn.Upsample(scale_factor=2, align_corners=True), (2, 3, 4)),
    ("upsample nothing", lambda: nn.Upsample(), (2, 3, 4)),
    ("pixel shuffle", lambda: nn.PixelShuffle(2), (2, 8, 3, 4)),
    ("pixel shuffle wrong", lambda: nn.PixelShuffle(3), (2, 8, 3, 4)),
    ("pixel unshuffle", lambda: nn.PixelUnshuffle(2), (2, 2, 4, 6)),
    ("channel shuffle", lambda: nn.ChannelShuffle(2), (2, 4, 3, 2)),
    ("batchnorm1d", lambda: nn.BatchNorm1d(3), (4, 3)),
    ("batchnorm1d 3d", lambda: nn.BatchNorm1d(3, momentum=None, eps=1e-3), (4, 3, 5)),
    ("batchnorm1d plain", lambda: nn.BatchNorm1d(3, affine=False, track_running_stats=False), (4, 3)),
    ("batchnorm1d eval", lambda: nn.BatchNorm1d(3).eval(), (4, 3)),
    ("batchnorm1d one", lambda: nn.BatchNorm1d(3), (1, 3)),
    ("batchnorm1d dims", lambda: nn.BatchNorm1d(3), (1, 3, 4, 5)),
    ("batchnorm1d channels", lambda: nn.BatchNorm1d(3), (4, 5)),
    ("batchnorm2d", lambda: nn.BatchNorm2d(3, momentum=0.3), (2, 3, 4, 5)),
    ("batchnorm2d dims", lambda: nn.BatchNorm2d(3), (2, 3, 4)),
    ("batchnorm3d", lambda: nn.BatchNorm3d(2), (2, 2, 2, 3, 2)),
    ("instancenorm1d", lambda: nn.InstanceNorm1d(3), (2, 3, 5)),
    ("instancenorm1d affine", lambda: nn.InstanceNorm1d(3, affine=True, track_running_stats=True), (2, 3, 5)),
    ("instancenorm2d", lambda: nn.InstanceNorm2d(3, affine=True), (3, 4, 5)),
    ("instancenorm2d channels", lambda: nn.InstanceNorm2d(3, affine=True), (2, 4, 4, 5)),
    ("instancenorm2d one", lambda: nn.InstanceNorm2d(3), (2, 3, 1, 1)),
    ("groupnorm", lambda: nn.GroupNorm(2, 4), (3, 4, 5)),
    ("groupnorm plain", lambda: nn.GroupNorm(4, 4, affine=False), (3, 4, 5)),
    ("groupnorm 2d", lambda: nn.GroupNorm(2, 4), (3, 4)),
    ("groupnorm wrong", lambda: nn.GroupNorm(3, 4), (3, 4)),
    ("groupnorm channels", lambda: nn.GroupNorm(2, 4), (3, 5)),
    ("rmsnorm", lambda: nn.RMSNorm(5), (3, 4, 5)),
    ("rmsnorm 2", lambda: nn.RMSNorm((4, 5), eps=1e-3, elementwise_affine=False), (3, 4, 5)),
    ("rmsnorm wrong", lambda: nn.RMSNorm(6), (3, 4, 5)),
    ("layernorm", lambda: nn.LayerNorm((4, 5), bias=False), (3, 4, 5)),
    ("local response", lambda: nn.LocalResponseNorm(3), (2, 5, 4)),
    ("local response 2d", lambda: nn.LocalResponseNorm(2, alpha=0.1), (2, 5, 4, 3)),
]
for name, make, *shapes in CASES:
    show(name, make, *shapes)

torch.manual_seed(0)
norm = nn.BatchNorm1d(3)
for step in range(3):
    norm(torch.randn(5, 3) * 2 + 1)
print(norm.running_mean, norm.running_var, norm.num_batches_tracked)
print(list(norm.state_dict()), norm.eval()(torch.ones(2, 3)))
norm.reset_running_stats()
print(norm.running_mean, norm.num_batches_tracked)
pool, unpool = nn.MaxPool1d(2, stride=2, return_indices=True), nn.MaxUnpool1d(2, stride=2)
x = torch.tensor([[[1.0, 2, 3, 4, 5, 6, 7, 8]]])
values, indices = pool(x)
print(values, indices, unpool(values, indices), unpool)
print(nn.MaxUnpool2d(2)(*F.max_pool2d(torch.arange(16.0).view(1, 1, 4, 4), 2, return_indices=True)))
x = torch.randn(1, 2, 6, requires_grad=True)
weight = torch.randn(3, 2, 3, requires_grad=True)
(first,) = torch.autograd.grad(F.conv1d(x, weight, padding=1).tanh().sum(), x, create_graph=True)
print(*[numbers(grad) for grad in torch.autograd.grad(first.pow(2).sum(), (x, weight))])
x = torch.randn(4, 3, requires_grad=True)
(first,) = torch.autograd.grad(nn.BatchNorm1d(3)(x).pow(3).sum(), x, create_graph=True)
print(numbers(torch.autograd.grad(first.pow(2).sum(), x)[0]))
for module in (nn.LazyLinear(4), nn.LazyConv1d(4, 3, padding=1), nn.LazyBatchNorm1d(), nn.LazyConvTranspose2d(2, 2)):
    print(module, [type(p).__name__ for p in module.parameters()])
torch.manual_seed(0)
lazy = nn.Sequential(nn.LazyConv1d(4, 3), nn.LazyBatchNorm1d(), nn.Flatten(), nn.LazyLinear(2))
print(lazy)
print(lazy[0].weight)
try:
    lazy[0].weight.shape
except RuntimeError as error:
    print(error)
print(numbers(lazy(torch.randn(2, 3, 5))))
print(lazy)
print([tuple(p.shape) for p in lazy.parameters()], type(lazy[0]).__name__)
