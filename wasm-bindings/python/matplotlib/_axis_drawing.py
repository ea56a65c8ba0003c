"""Draws an axis: grid, tick marks, tick labels, axis label, offset."""

from ._canvas import place_text
from ._line_style import dash_pattern, normal_style
from ._rc import font_size, rcParams
from .colors import to_rgba


def draw_grid(axis, canvas):
    """The grid lines of an axis."""
    x0, y0, x1, y1 = axis.axes.window()
    before, canvas.clip = canvas.clip, axis.axes.window()
    for kind in ("major", "minor"):
        look = axis.grid_look[kind]
        if look is None or not axis.get_visible():
            continue
        width = look.get("linewidth", look.get("lw", rcParams["grid.linewidth"]))
        style = normal_style(look.get("linestyle", look.get("ls", rcParams["grid.linestyle"])))
        color = look.get("color", look.get("c", rcParams["grid.color"]))
        rgba = to_rgba(color, look.get("alpha", rcParams["grid.alpha"]))
        dash = [canvas.points(part) for part in dash_pattern(style, width)]
        for loc, _ in axis.ticks(kind):
            at = _pixel(axis, loc)
            ends = (at, y0, at, y1) if axis.which == "x" else (x0, at, x1, at)
            canvas.line(*ends, rgba, canvas.points(width), dash)
    canvas.clip = before


def _pixel(axis, loc):
    return axis.axes.pixel(axis.which, loc)


def draw_axis(axis, canvas):
    """Tick marks, tick labels and the axis label."""
    if not axis.get_visible():
        return
    reach = {axis.near: _edge(axis, axis.near), axis.far: _edge(axis, axis.far)}
    for kind in ("major", "minor"):
        ticks = axis.ticks(kind)
        for side in (axis.near, axis.far):
            if axis.sides[side]:
                _draw_marks(axis, canvas, side, kind, ticks)
            if axis.label_sides[side]:
                edge = _draw_labels(axis, canvas, side, kind, ticks)
                outer = max if side in ("top", "right") else min
                reach[side] = outer(reach[side], edge)
    _draw_offset(axis, canvas, reach)
    _draw_label(axis, canvas, reach)


def _edge(axis, side):
    return axis.axes.spines[side].at()


def _outward(side):
    return 1 if side in ("top", "right") else -1


def _draw_marks(axis, canvas, side, kind, ticks):
    look = axis.look[kind]
    size, width = canvas.points(look["size"]), canvas.points(look["width"])
    if not size or not width:
        return
    at, sign = _edge(axis, side), _outward(side)
    inner, outer = {"out": (0, 1), "in": (-1, 0), "inout": (-0.5, 0.5)}[look["direction"]]
    ends = at + sign * size * inner, at + sign * size * outer
    segments = []
    for loc, _ in ticks:
        place = _pixel(axis, loc)
        for pen, end in zip("ML", ends, strict=True):
            segments.append((pen, place, end) if axis.which == "x" else (pen, end, place))
    canvas.path(segments, None, to_rgba(look["color"]), width)


def _draw_labels(axis, canvas, side, kind, ticks):
    """Draws the labels; gives how far out they reach."""
    look = axis.look[kind]
    outside = {"out": 1, "in": 0, "inout": 0.5}[look["direction"]] * look["size"]
    sign = _outward(side)
    at = _edge(axis, side) + sign * canvas.points(outside + look["pad"])
    reach = _edge(axis, side)
    own = {
        round(text._x if axis.which == "x" else text._y, 12): text
        for text in (axis._texts if kind == "major" else ())
    }
    for loc, label in ticks:
        text = own.get(round(loc, 12))
        style = _label_style(axis, text, side)
        if not label or (text is not None and not text.get_visible()):
            continue
        x, y = (_pixel(axis, loc), at) if axis.which == "x" else (at, _pixel(axis, loc))
        size = canvas.points(style["size"])
        where = style["ha"], style["va"], style["angle"], style["bold"]
        anchored = style["anchored"]
        canvas.text(x, y, label, size, style["color"], *where, anchored=anchored)
        box = place_text(label, size, *where, anchored=anchored).box(x, y, style["angle"])
        edge = {"bottom": box[1], "top": box[3], "left": box[0], "right": box[2]}[side]
        reach = max(reach, edge) if sign > 0 else min(reach, edge)
    return reach


def _label_style(axis, text, side):
    look = axis.text_look
    ha = {"left": "right", "right": "left"}.get(side, "center")
    va = {"top": "bottom", "bottom": "top"}.get(side, "center_baseline")
    weight = look.get("fontweight", look.get("weight", "normal"))
    rotation = look.get("rotation", 0)
    rotation = {"vertical": 90.0, "horizontal": 0.0}.get(rotation, rotation)
    style = {
        "size": font_size(look.get("size", look.get("fontsize"))),
        "color": to_rgba(look.get("c", look["color"]), look.get("alpha")),
        "ha": look.get("horizontalalignment", look.get("ha", ha)),
        "va": look.get("verticalalignment", look.get("va", va)),
        "angle": float(rotation or 0) % 360,
        "bold": weight in ("bold", "heavy", "black") or (isinstance(weight, int) and weight > 599),
        "anchored": look.get("rotation_mode") == "anchor",
    }
    if text is not None:
        style |= _own_style(text, look)
    return style


def _own_style(text, look):
    """What a program set on a tick label itself, in the place of what all labels look like."""
    from .text import Text

    fresh = Text(**{key: value for key, value in look.items() if key != "c"})
    own = {}
    if text._rotation != fresh._rotation:
        own["angle"] = text._rotation
    if text._fontsize != fresh._fontsize:
        own["size"] = text._fontsize
    if text._color != fresh._color or text._alpha is not None:
        own["color"] = text.rgba(text._color)
    if text._horizontalalignment != fresh._horizontalalignment:
        own["ha"] = text._horizontalalignment
    if text._verticalalignment != fresh._verticalalignment:
        own["va"] = text._verticalalignment
    if text.bold:
        own["bold"] = True
    if text._rotation_mode == "anchor":
        own["anchored"] = True
    return own


def _draw_offset(axis, canvas, reach):
    text = axis.major.formatter.get_offset()
    if not text or not any(axis.label_sides.values()):
        return
    x0, y0, x1, y1 = axis.axes.window()
    size = canvas.points(font_size(axis.text_look["fontsize"]))
    color = to_rgba(axis.text_look["color"])
    gap = canvas.points(3)
    if axis.which == "x":
        top = axis.label_sides["top"] and not axis.label_sides["bottom"]
        y = reach["top"] + gap if top else reach["bottom"] - gap
        canvas.text(x1, y, text, size, color, "right", "bottom" if top else "top")
    else:
        right = axis.label_sides["right"] and not axis.label_sides["left"]
        x, ha = (x1, "right") if right else (x0, "left")
        canvas.text(x, y1 + gap, text, size, color, ha, "baseline")


def _draw_label(axis, canvas, reach):
    label = axis.label
    if not label.get_text() or not label.get_visible():
        return
    x0, y0, x1, y1 = axis.axes.window()
    side = axis.label_side
    out = reach[side] + _outward(side) * canvas.points(axis.labelpad)
    share, ha = {
        "left": (0.0, "left"),
        "right": (1.0, "right"),
        "center": (0.5, "center"),
        "bottom": (0.0, "left"),
        "top": (1.0, "right"),
    }[axis.label_location]
    if label._horizontalalignment != "left":
        ha = label._horizontalalignment
    place = dict(axes=axis.axes)
    if axis.which == "x":
        x, y = x0 + share * (x1 - x0), out
        va = "top" if side == "bottom" else "bottom"
    else:
        x, y = out, y0 + share * (y1 - y0)
        # Turned by 90 degrees, what was above the text is left of it.
        if label._rotation % 180 == 90:
            ha, va, place["turned"] = ha, "bottom" if side == "left" else "top", True
        else:
            ha, va = "right" if side == "left" else "left", "center"
    if axis.label_position_set is not None:
        fx, fy = axis.label_position_set
        x = x0 + fx * (x1 - x0) if fx is not None else x
        y = y0 + fy * (y1 - y0) if fy is not None else y
    before = label._horizontalalignment, label._verticalalignment, label._rotation_mode
    label._horizontalalignment, label._verticalalignment = ha, va
    label._rotation_mode = "anchor" if axis.which == "y" else before[2]
    label.draw_at(canvas, x, y)
    label._horizontalalignment, label._verticalalignment, label._rotation_mode = before
