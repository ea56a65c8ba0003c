"""torch.optim.Optimizer: parameter groups, their options and their state."""

from collections import defaultdict
from copy import deepcopy

from .. import _composed, _ops
from .._creation import tensor as make_tensor
from .._tensor import Tensor
from .._warn import warn
from ..autograd.grad_mode import enable_grad


class _Required:
    def __repr__(self):
        return "<required parameter>"


required = _Required()


class Optimizer:
    """Base class of all optimizers. A subclass defines `_update(group, params)`, or `step`."""

    def __init__(self, params, defaults):
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, "
                f"but got {_composed.typename(params)}"
            )
        self.defaults = defaults
        self.state = defaultdict(dict)
        self.param_groups = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def __repr__(self):
        parts = []
        for i, group in enumerate(self.param_groups):
            options = [f"    {key}: {group[key]}\n" for key in sorted(group) if key != "params"]
            parts.append(f"\nParameter Group {i}\n{''.join(options)}")
        return f"{type(self).__name__} ({''.join(parts)})"

    def __getstate__(self):
        return {"defaults": self.defaults, "state": self.state, "param_groups": self.param_groups}

    def __setstate__(self, state):
        self.__dict__.update(state)

    def add_param_group(self, param_group):
        """Add a group of parameters with options of its own. Raises PyTorch's errors for what is no
        parameter.
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError(
                "optimizer parameters need to be organized in ordered collections, but "
                "the ordering of tensors in sets will change between runs. Please use a list "
                "instead."
            )
        params = [params] if isinstance(params, Tensor) else list(params)
        names = [item[0] for item in params if isinstance(item, tuple)]
        params = [item[1] if isinstance(item, tuple) else item for item in params]
        param_group["params"] = params
        if names:
            param_group["param_names"] = names
        for param in params:
            if not isinstance(param, Tensor):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is "
                    f"{_composed.typename(param)}"
                )
            if not (param.is_leaf or param.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError(
                    "parameter group didn't specify a value of required optimization parameter "
                    f"{name}"
                )
            param_group.setdefault(name, default)
        if len(params) != len(set(params)):
            warn(
                "optimizer contains a parameter group with duplicate parameters; in future, this "
                "will cause an error; "
                "see github.com/pytorch/pytorch/issues/40967 for more information",
            )
        known = {param for group in self.param_groups for param in group["params"]}
        if not known.isdisjoint(params):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)

    def zero_grad(self, set_to_none=True):
        """Forget the gradients of all parameters, or set them to zero."""
        for group in self.param_groups:
            for param in group["params"]:
                if set_to_none:
                    _ops.set_grad(param, None)
                elif param.grad is not None:
                    param.grad.detach().zero_()

    def step(self, closure=None):
        """Change the parameters by their gradients; closure computes the loss anew, and is
        returned.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group in self.param_groups:
            params = [param for param in group["params"] if _ops.has_grad(param)]
            if params:
                self._update(group, params)
        return loss

    def _update(self, group, params):
        raise NotImplementedError

    # state

    def state_dict(self):
        """The state and the options as a dict; parameters are numbered in their order."""
        numbers = {}
        groups = []
        for group in self.param_groups:
            for param in group["params"]:
                numbers.setdefault(id(param), len(numbers))
            packed = {key: value for key, value in group.items() if key != "params"}
            packed["params"] = [numbers[id(param)] for param in group["params"]]
            groups.append(packed)
        state = {}
        for param, values in self.state.items():
            packed = dict(values)
            if "step" in packed:
                packed["step"] = make_tensor(float(packed["step"]))
            state[numbers[id(param)]] = packed
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict):
        """Take over a state_dict. Raises ValueError where the groups do not fit."""
        groups, saved = self.param_groups, deepcopy(state_dict["param_groups"])
        if len(groups) != len(saved):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if any(len(a["params"]) != len(b["params"]) for a, b in zip(groups, saved, strict=True)):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                "optimizer's group"
            )
        pairs = zip(groups, saved, strict=True)
        params = {n: p for a, b in pairs for n, p in zip(b["params"], a["params"], strict=True)}
        state = defaultdict(dict)
        for number, values in state_dict["state"].items():
            if number in params:
                state[params[number]] = {
                    k: self._restored(k, v, params[number]) for k, v in values.items()
                }
        for group, new in zip(groups, saved, strict=True):
            new["params"] = group["params"]
        self.state, self.param_groups = state, saved

    @staticmethod
    def _restored(key, value, param):
        if key == "step":
            return int(value)
        if isinstance(value, Tensor):
            return value.detach().to(param.dtype).clone()
        return deepcopy(value)
