"""Parameters as one vector, and back."""

from ... import _ops


def parameters_to_vector(parameters):
    """All parameters, one after the other."""
    return _ops.cat([parameter.reshape(-1) for parameter in parameters], 0)


def vector_to_parameters(vec, parameters):
    """Put the parts of a vector into the parameters."""
    place = 0
    for parameter in parameters:
        count = parameter.numel()
        parameter.data = vec[place : place + count].view_as(parameter).data
        place += count
