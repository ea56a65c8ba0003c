"""Limited-memory BFGS.                                                   [Liu & Nocedal 1989]"""

from .. import _ops
from ..autograd.grad_mode import enable_grad, no_grad
from ._checks import check_options
from ._line_search import Point, strong_wolfe
from .optimizer import Optimizer


class LBFGS(Optimizer):
    """Newton's method with the curvature from the last steps. `step` needs a closure."""

    def __init__(
        self,
        params,
        lr=1,
        max_iter=20,
        max_eval=None,
        tolerance_grad=1e-7,
        tolerance_change=1e-9,
        history_size=100,
        line_search_fn=None,
    ):
        check_options("LBFGS", lr)
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")

    @property
    def _params(self):
        return self.param_groups[0]["params"]

    def _flat_grad(self):
        parts = [
            _ops.full((param.numel(),), 0, param.dtype)
            if param.grad is None
            else param.grad.reshape(-1)
            for param in self._params
        ]
        return _ops.cat(parts, 0)

    def _move(self, t, direction):
        start = 0
        for param in self._params:
            end = start + param.numel()
            param.add_(direction[start:end].view(param.shape), alpha=float(t))
            start = end

    @no_grad()
    def step(self, closure):
        """Up to max_iter iterations; closure computes the loss and its gradients anew.

        Returns the first loss.
        """
        group, state = self.param_groups[0], self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)

        def evaluate():
            with enable_grad():
                loss = closure()
            return loss, self._flat_grad()

        first_loss, grad = evaluate()
        loss, evals = float(first_loss), 1
        state["func_evals"] += 1
        done = grad.abs().max() <= group["tolerance_grad"]
        for count in range(1, 0 if done else group["max_iter"] + 1):
            state["n_iter"] += 1
            direction = self._direction(state, grad, group["history_size"])
            old_loss = state["prev_loss"] = loss
            t = group["lr"]
            if state["n_iter"] == 1:
                t = min(1.0, 1.0 / grad.abs().sum()) * t
            state["d"], state["t"] = direction, t
            slope = grad.dot(direction)
            if slope > -group["tolerance_change"]:
                break
            last = count == group["max_iter"]
            if group["line_search_fn"] is not None:
                if group["line_search_fn"] != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                point, used = self._search(evaluate, Point(0, loss, grad, slope), t, direction)
                loss, grad, t = point.loss, point.grad, point.t
                state["t"] = t
                self._move(t, direction)
            else:
                used = 0
                self._move(t, direction)
                if not last:
                    loss, grad = evaluate()
                    loss, used = float(loss), 1
            evals += used
            state["func_evals"] += used
            if (
                last
                or evals >= group["max_eval"]
                or grad.abs().max() <= group["tolerance_grad"]
                or (direction * t).abs().max() <= group["tolerance_change"]
                or abs(loss - old_loss) < group["tolerance_change"]
            ):
                break
        return first_loss

    def _search(self, evaluate, first, t, direction):
        start = [param.clone() for param in self._params]

        def at(t):
            self._move(t, direction)
            loss, grad = evaluate()
            for param, value in zip(self._params, start, strict=True):
                param.copy_(value)
            return float(loss), grad

        tolerance = self.param_groups[0]["tolerance_change"]
        return strong_wolfe(at, first, t, direction, tolerance)

    @staticmethod
    def _direction(state, grad, history_size):
        """The gradient times the inverse Hessian that the history makes: the two-loop recursion."""
        if state["n_iter"] == 1:
            state.update(old_dirs=[], old_stps=[], ro=[], H_diag=1)
            direction = -grad
        else:
            changes, moves, inverse = state["old_dirs"], state["old_stps"], state["ro"]
            change, move = grad - state["prev_flat_grad"], state["d"] * state["t"]
            product = change.dot(move)
            if product > 1e-10:
                if len(changes) == history_size:
                    for kept in (changes, moves, inverse):
                        kept.pop(0)
                changes.append(change)
                moves.append(move)
                inverse.append(1.0 / product)
                state["H_diag"] = product / change.dot(change)
            shares = state.setdefault("al", [None] * history_size)
            direction = -grad
            for i in reversed(range(len(changes))):
                shares[i] = moves[i].dot(direction) * inverse[i]
                direction.add_(changes[i], alpha=-shares[i])
            direction = direction * state["H_diag"]
            for i in range(len(changes)):
                share = changes[i].dot(direction) * inverse[i]
                direction.add_(moves[i], alpha=shares[i] - share)
        state["prev_flat_grad"] = grad.clone()
        return direction
