"""Ops and their gradients agree over dtypes, strides, empty and one-element tensors."""

import torch
import torch.nn.functional as F

torch.set_printoptions(precision=5, sci_mode=False)
UNARY = """neg abs sign square exp expm1 sqrt rsqrt reciprocal sin cos tan atan sinh cosh tanh erf sigmoid floor ceil trunc
round relu log log2 log10 log1p isnan isinf isfinite logical_not""".split()
REDUCE = "sum mean prod std var amax amin argmax argmin all any logsumexp norm max min".split()
BINARY = "add sub mul div remainder pow maximum minimum eq ne lt le gt ge logical_and logical_or logical_xor".split()
FUNCTIONAL = "leaky_relu elu gelu silu softplus logsigmoid hardtanh selu celu mish softsign tanhshrink".split()


def inputs(dtype):
    torch.manual_seed(3)
    base = torch.rand(3, 4, 2, dtype=torch.float64) * 2 + 0.25
    if dtype == torch.bool:
        x = base > 1
    elif dtype == torch.int64:
        x = (base * 3).long() + 1
    else:
        x = base.to(dtype)
    yield "plain", x
    yield "transposed", x.transpose(0, 2)
    yield "sliced", x[:, 1:4:2, ::1][::2]
    yield "expanded", x[:1, :, :1].expand(2, 4, 3)
    yield "zero-dim", x[0, 0, 0]
    yield "one", x[0:1, 0:1, 0]
    yield "empty", x[:0]


def show(name, make, x):
    wants = x.is_floating_point()
    x = x.detach().clone() if not wants else x.detach().requires_grad_()
    try:
        y = make(x)
    except Exception as error:
        print(name, type(error).__name__)
        return
    parts = y if isinstance(y, tuple) else (y,)
    texts = [f"{p.dtype} {tuple(p.shape)} {p.detach().double().sum().item():.5f}" for p in parts]
    if parts[0].requires_grad:
        weights = torch.linspace(-1, 1, max(parts[0].numel(), 1), dtype=parts[0].dtype)
        (parts[0].reshape(-1) * weights[: parts[0].numel()]).sum().backward()
        grad = torch.zeros(1) if x.grad is None else x.grad
        texts.append(f"grad {tuple(grad.shape)} {grad.double().sum().item():.4f} {grad.double().abs().sum().item():.4f}")
    print(name, " | ".join(texts))


for dtype in (torch.float32, torch.float64, torch.int64, torch.bool):
    for kind, x in inputs(dtype):
        tag = f"{str(dtype)[6:]} {kind}"
        for op in UNARY:
            if not (dtype == torch.bool and op in ("square", "round", "floor", "ceil", "trunc", "sign", "relu", "abs", "neg")):
                show(f"{op} {tag}", getattr(torch, op), x)
        if dtype.is_floating_point:
            for op in FUNCTIONAL:
                show(f"{op} {tag}", getattr(F, op), x)
            for op in ("softmax", "log_softmax", "cumsum"):
                for dim in (0, -1):
                    show(f"{op} {dim} {tag}", lambda t, op=op, dim=dim: getattr(torch, op)(t, dim), x)
        for op in REDUCE:
            if not dtype.is_floating_point and op in ("mean", "std", "var", "norm", "logsumexp"):
                continue
            if op != "logsumexp" and not (kind == "empty" and op in ("max", "min", "amax", "amin", "argmax", "argmin", "std", "var")):
                if not (kind in ("zero-dim", "one") and op in ("std", "var")):
                    show(f"{op} {tag}", getattr(torch, op), x)
            if kind in ("plain", "transposed", "expanded"):
                if not (dtype == torch.bool and op in ("prod", "argmax", "argmin")):
                    show(f"{op} dim {tag}", lambda t, op=op: getattr(t, op)(dim=1), x)
                    if op not in ("argmax", "argmin"):
                        show(f"{op} keep {tag}", lambda t, op=op: getattr(t, op)(dim=-1, keepdim=True), x)
        for op in BINARY:
            f = getattr(torch, op)
            if dtype == torch.bool and op in ("sub", "remainder", "pow"):
                continue
            if dtype == torch.int64 and op == "pow":
                show(f"{op} 2 {tag}", lambda t: t.pow(2), x)
                continue
            show(f"{op} self {tag}", lambda t, f=f: f(t, t.detach() + 0.5 if t.is_floating_point() else t), x)
            if op not in ("maximum", "minimum", "logical_and", "logical_or", "logical_xor"):
                show(f"{op} number {tag}", lambda t, f=f: f(t, 1.5), x)
                show(f"{op} int {tag}", lambda t, f=f: f(t, 2), x)
            if kind == "plain":
                other = torch.tensor([[1.5], [0.5], [2.0], [1.0]])
                show(f"{op} broadcast {tag}", lambda t, f=f, o=other: f(t, o.long() if t.dtype == torch.int64 else o), x)
        for name, make in {
            "reshape": lambda t: t.reshape(-1),
            "flatten": lambda t: t.flatten(),
            "unsqueeze": lambda t: t.unsqueeze(0) * 1,
            "cat": lambda t: torch.cat([t, t], 0),
            "stack": lambda t: torch.stack([t, t], -1),
            "clone": lambda t: t.clone(),
            "double": lambda t: t.double(),
            "where": lambda t: torch.where(t > 1, t, torch.zeros_like(t)),
            "masked_fill": lambda t: t.masked_fill(t > 1, 0),
            "clamp": lambda t: t.clamp(0.5, 1.5),
            "flip": lambda t: t.flip(0),
            "roll": lambda t: t.roll(1, 0),
            "repeat": lambda t: t.repeat(2, *[1] * (t.dim() - 1)),
            "sort": lambda t: t.sort(0)[0],
            "index": lambda t: t[torch.tensor([0, 0])],
            "mask": lambda t: t[t > 1],
            "select": lambda t: t[..., -1],
            "nonzero": lambda t: t.nonzero(),
            "matmul": lambda t: t.double() @ t.double().transpose(-1, -2),
            "tril": lambda t: t.tril(),
            "unbind": lambda t: t.unbind(0)[0],
            "chunk": lambda t: t.chunk(2, -1),
        }.items():
            show(f"{name} {tag}", make, x)
