"""All losses, functional and as layers, compute, reduce, print and refuse as in PyTorch."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def numbers(t):
    flat = t.detach().double().flatten()
    weights = torch.arange(1, flat.numel() + 1, dtype=torch.float64).remainder(7)
    sums = [flat.sum(), flat.abs().sum(), (flat * weights).sum()]
    return f"{tuple(t.shape)} " + " ".join(f"{round(s.item(), 4) + 0.0:.4f}" for s in sums)


def show(name, make, *inputs, reductions=("mean", "sum", "none")):
    for reduction in reductions:
        try:
            loss = make(reduction)
            xs = [x.clone().requires_grad_() if isinstance(x, torch.Tensor) and x.is_floating_point() else x for x in inputs]
            y = loss(*xs)
            print(name if reduction == "mean" else " ", loss, type(y.grad_fn).__name__, numbers(y))
            y.sum().backward()
            print("  ", *[numbers(x.grad) for x in xs if isinstance(x, torch.Tensor) and x.grad is not None])
        except Exception as error:
            print(name, type(error).__name__, str(error).split("\n")[0])


torch.manual_seed(0)
x, y = torch.randn(4, 5), torch.randn(4, 5)
p = torch.rand(4, 5)
sign = torch.tensor([1.0, -1, -1, 1])
classes = torch.tensor([1, 0, 4, 2])
r = lambda kind, **options: lambda reduction: kind(reduction=reduction, **options)
show("l1", r(nn.L1Loss), x, y)
show("mse", r(nn.MSELoss), x, y)
show("smooth", r(nn.SmoothL1Loss, beta=0.5), x, y)
show("huber", r(nn.HuberLoss, delta=0.7), x, y)
show("bce", r(nn.BCELoss, weight=torch.arange(1.0, 6)), p, torch.rand(4, 5))
show("logits", r(nn.BCEWithLogitsLoss, pos_weight=torch.arange(1.0, 6)), x, p)
show("cross entropy", r(nn.CrossEntropyLoss, label_smoothing=0.1, ignore_index=4), x, classes)
show("nll", r(nn.NLLLoss, weight=torch.arange(1.0, 6)), x.log_softmax(1), classes)
show("kl", r(nn.KLDivLoss), x.log_softmax(1), p, reductions=("batchmean", "mean", "sum", "none"))
show("kl log", r(nn.KLDivLoss, log_target=True), x.log_softmax(1), y.log_softmax(1))
show("poisson", r(nn.PoissonNLLLoss), x, p * 5)
show("poisson full", r(nn.PoissonNLLLoss, log_input=False, full=True), p, p * 5)
show("gaussian", r(nn.GaussianNLLLoss, full=True), x, y, p)
show("gaussian column", r(nn.GaussianNLLLoss), x, y, p[:, :1])
show("hinge", r(nn.HingeEmbeddingLoss, margin=0.5), x[:, 0], sign)
show("ranking", r(nn.MarginRankingLoss, margin=0.1), x[:, 0], y[:, 0], sign)
show("cosine", r(nn.CosineEmbeddingLoss, margin=0.1), x, y, sign)
show("triplet", r(nn.TripletMarginLoss, margin=0.7), x, y, p)
show("triplet swap", r(nn.TripletMarginLoss, p=1, swap=True), x, y, p)
show("triplet distance", r(nn.TripletMarginWithDistanceLoss, distance_function=lambda a, b: 1 - F.cosine_similarity(a, b)), x, y, p, reductions=())
show("soft margin target", r(nn.SoftMarginLoss), x, torch.where(y > 0, 1.0, -1.0), reductions=("mean",))
show("soft margin", r(nn.SoftMarginLoss), x, torch.where(y > 0, 1, -1))
show("multi margin", r(nn.MultiMarginLoss), x, classes)
show("multi margin 2", r(nn.MultiMarginLoss, p=2, margin=0.5, weight=torch.arange(1.0, 6)), x, classes)
show("multi margin one", r(nn.MultiMarginLoss), x[0], torch.tensor(2))
labels = torch.tensor([[3, 0, -1, 1, 2], [1, -1, 0, 0, 0], [-1, 0, 0, 0, 0], [0, 1, 2, 3, 4]])
show("multilabel margin", r(nn.MultiLabelMarginLoss), x, labels)
show("multilabel margin one", r(nn.MultiLabelMarginLoss), x[0], labels[0])
show("multilabel soft", r(nn.MultiLabelSoftMarginLoss), x, (y > 0).float())
show("multilabel soft weight", r(nn.MultiLabelSoftMarginLoss, weight=torch.arange(1.0, 6)), x, (y > 0).float())
steps = torch.randn(8, 3, 5).log_softmax(2)
targets = torch.tensor([[1, 2, 2, 0], [3, 1, 0, 0], [4, 0, 0, 0]])
show("ctc", r(nn.CTCLoss), steps, targets, torch.tensor([8, 7, 8]), torch.tensor([3, 2, 1]))
show("ctc joined", r(nn.CTCLoss), steps, torch.tensor([1, 2, 2, 3, 1, 4]), (8, 7, 8), (3, 2, 1))
show("ctc blank", r(nn.CTCLoss, blank=4), steps, torch.tensor([[0, 1], [2, 2], [3, 0]]), [8, 8, 5], [2, 2, 1])
show("ctc short", r(nn.CTCLoss), steps, targets, (2, 7, 8), (3, 2, 1))
show("ctc zero infinity", r(nn.CTCLoss, zero_infinity=True), steps, targets, (2, 7, 8), (3, 2, 1))
show("ctc one", r(nn.CTCLoss), steps[:, 0], targets[0, :3], torch.tensor(8), torch.tensor(3))
show("ctc counts", r(nn.CTCLoss), steps, targets, (8, 7), (3, 2), reductions=("mean",))
show("reduction", lambda _: nn.L1Loss(reduction="all"), x, y, reductions=("mean",))
show("target range", r(nn.MultiMarginLoss), x, torch.tensor([1, 0, 5, 2]), reductions=("mean",))
show("margin", r(nn.TripletMarginLoss, margin=0.0), x, y, p, reductions=("mean",))
show("var", r(nn.GaussianNLLLoss), x, y, -p, reductions=("mean",))
torch.manual_seed(0)
adaptive = nn.AdaptiveLogSoftmaxWithLoss(8, 12, [3, 6], div_value=2.0)
print(adaptive)
x = torch.randn(5, 8, requires_grad=True)
out = adaptive(x, torch.tensor([0, 4, 11, 2, 7]))
out.loss.backward()
print(out.output, out.loss, numbers(x.grad))
print(numbers(adaptive.log_prob(x)), adaptive.predict(x))
try:
    adaptive(x, torch.tensor([0, 4, 12, 2, 7]))
except RuntimeError as error:
    print(error)
for distance in (nn.CosineSimilarity(dim=1), nn.PairwiseDistance(p=1, keepdim=True)):
    print(distance, numbers(distance(x, x.flip(0))))
print(numbers(F.pdist(x)), numbers(F.normalize(x, dim=0)))
