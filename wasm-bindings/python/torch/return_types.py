"""torch.return_types: what functions with several results return, with names."""

from collections import namedtuple


def _make(name, fields=("values", "indices")):
    base = namedtuple(name, fields)

    class Result(base):
        __slots__ = ()

        def __repr__(self):
            body = ",\n".join(
                f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)
            )
            return f"torch.return_types.{name}(\n{body})"

    Result.__name__ = Result.__qualname__ = name
    Result.__module__ = "torch.return_types"
    return Result


max = _make("max")
min = _make("min")
sort = _make("sort")
topk = _make("topk")
median = _make("median")
mode = _make("mode")
kthvalue = _make("kthvalue")
cummax = _make("cummax")
cummin = _make("cummin")
