"""Strings, objects and complex numbers in arrays: the engine holds numbers only, so such an array
is an int64 tensor of places in one list. Equal strings have one place, so that comparing, indexing
and joining need no decoding.
"""

_values = []
_places = {}


def places(values):
    """The place of each value; new values are added."""
    result = []
    for value in values:
        try:
            key = (type(value), repr(value) if type(value) is complex else value)
            place = _places.get(key)
        except TypeError:
            key = place = None
        if place is None:
            place = len(_values)
            _values.append(value)
            if key is not None:
                _places[key] = place
        result.append(place)
    return result


def values(places):
    """What stands at these places."""
    return [_values[place] for place in places]
