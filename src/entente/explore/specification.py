"""The chart of a scenario as a Vega-Lite specification: alike at every setting but for its data.

The chart's author writes an ordinary chart. Each row of the table that he is given bears its
number, by which the rows are found again in what Altair makes of the chart. Then the axes are
fixed, so that they stay put, and the columns that change are filled in (for a live kernel) or
looked up by number (on the published page).
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from entente.explore.controls import Choice, Control, Slider
from entente.explore.results import Results

ROW = "entente_row"
"""The column with the number of each row."""

STATE = "entente_state"
"""The parameter with the number of the setting."""

# Channels with a scale, whose domain must not move; those that begin at zero; their partners.
_SCALED = (
    *("x", "y", "xOffset", "yOffset", "theta", "radius", "color", "fill", "stroke", "size"),
    *("shape", "angle", "opacity", "fillOpacity", "strokeOpacity", "strokeWidth", "strokeDash"),
)
_FROM_ZERO = ("x", "y", "size", "radius")
_SECOND = {"x": "x2", "y": "y2", "theta": "theta2", "radius": "radius2"}
_FIXED = ("row", "column", "facet", "longitude", "latitude", "longitude2", "latitude2")
_SPLITS = ("color", "fill", "stroke", "detail", "opacity", "fillOpacity", "strokeOpacity", "order")


def tidy(spec: dict[str, Any], results: Results) -> dict[str, Any]:
    """Name the data in order, and keep of the table only the columns that stay."""
    names = list(dict.fromkeys(_named(spec)))
    text = json.dumps(spec)
    for place, name in enumerate(names):
        text = text.replace(json.dumps(name), f'"entente_{place}"')
    # Altair numbers its own parameters through the whole session.
    numbered = dict.fromkeys(re.findall(r'"((?:param|view)_\d+)"', text))
    for place, name in enumerate(numbered):
        text = text.replace(f'"{name}"', f'"own_{place}"')
    spec = json.loads(text)
    for rows in spec.get("datasets", {}).values():
        if _is_table(rows):
            if extra := [name for name in rows[0] if name not in [*results.names, ROW]]:
                raise ValueError(
                    f"draw adds {', '.join(map(repr, extra))} to the table or reshapes it; let "
                    "the model return the table as it is to be drawn"
                )
            for row in rows:
                for name in results.columns:
                    row.pop(name, None)
    if not any(map(_is_table, spec.get("datasets", {}).values())):
        raise ValueError("draw must draw the table that it is given, whole or filtered")
    return spec


def difference(one: Any, other: Any, where: str = "") -> str:
    """Say where two specifications first differ; nothing if they do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        parts = [(key, one.get(key), other.get(key)) for key in dict.fromkeys([*one, *other])]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = list(zip(range(len(one)), one, other, strict=True))
    else:
        return "" if one == other else f"at {where}: {_short(one)} and {_short(other)}"
    for key, left, right in parts:
        if found := difference(left, right, f"{where}.{key}".lstrip(".")):
            return found
    return ""


def steady(spec: dict[str, Any], results: Results) -> dict[str, Any]:
    """Fix the domain of every scale that shows a column that changes.

    Raises
    ------
    ValueError
        If a scale cannot be fixed; the message says what the chart's author must give.
    """
    spec = deepcopy(spec)
    for view, derived in _views(spec):
        for channel, definition in view.get("encoding", {}).items():
            if isinstance(definition, dict):
                _fix(view, channel, definition, derived, results)
                if isinstance(definition.get("condition"), dict):
                    _fix(view, channel, definition["condition"], derived, results)
    return spec


def filled(spec: dict[str, Any], columns: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return the chart with the columns of one setting."""
    datasets = {
        name: [row | {key: column[row[ROW]] for key, column in columns.items()} for row in rows]
        if _is_table(rows)
        else rows
        for name, rows in spec["datasets"].items()
    }
    return spec | {"datasets": datasets}


def looked_up(
    spec: dict[str, Any], results: Results, controls: Mapping[str, Control]
) -> dict[str, Any]:
    """Return the chart for the page: each control a parameter, each column looked up by it."""
    spec = deepcopy(spec)
    tables = {name for name, rows in spec["datasets"].items() if _is_table(rows)}
    params, calculate = [], []
    for (name, column), how in zip(
        results.columns.items(), results.described().values(), strict=True
    ):
        params.append({"name": how["codes"], "value": column.codes.ravel().tolist()})
        code = f"{how['codes']}[{STATE} * {len(results.first)} + datum.{ROW}]"
        if column.words is not None:
            params.append({"name": how["words"], "value": list(column.words)})
            code = f"{how['words']}[{code}]"
        else:
            code = f"{code} {column.factor}"
        calculate.append({"calculate": code, "as": name})
    moved = [_parameter(name, control) for name, control in controls.items()]
    state = ""
    for name, control in controls.items():
        before = f"({state}) * {len(control.values)} + " if state else ""
        state = before + _place(name, control)
    spec["params"] = [
        *moved,
        {"name": STATE, "expr": state},
        *params,
        *spec.get("params", []),
    ]
    for view in _holders(spec):
        if view["data"].get("name") in tables:
            view["transform"] = [*calculate, *view.get("transform", [])]
        for transform in view.get("transform", []):
            if transform.get("from", {}).get("data", {}).get("name") in tables:
                raise ValueError(
                    "the chart looks values up in the model's table, which cannot work on the "
                    "page: draw the table itself, and look up in the other one"
                )
    return spec


def _parameter(name: str, control: Control) -> dict[str, Any]:
    """A control as a parameter that other front ends can show by themselves."""
    if isinstance(control, Slider):
        value = control.default
        ends = {"min": control.least, "max": control.greatest, "step": control.step}
        bind: dict[str, Any] = {"input": "range", **ends}
    elif isinstance(control, Choice):
        value = control.texts[control.index(control.default, name)]
        bind = {"input": "select", "options": list(control.texts)}
    else:
        value, bind = control.default, {"input": "checkbox"}
    return {"name": f"control_{name}", "value": value, "bind": bind | {"name": f"{control.label} "}}


def _place(name: str, control: Control) -> str:
    """The expression for a control's place among its values."""
    if isinstance(control, Slider):
        return f"round((control_{name} - {control.least}) / {control.step})"
    if isinstance(control, Choice):
        return f"indexof({json.dumps(list(control.texts))}, control_{name})"
    return f"(control_{name} ? 1 : 0)"


# --- axes that stay put -----------------------------------------------------------------------


def _fix(
    view: dict[str, Any], channel: str, definition: dict[str, Any], derived: bool, results: Results
) -> None:
    changing = [
        name
        for part in (definition, view["encoding"].get(_SECOND.get(channel, ""), {}))
        if isinstance(name := part.get("field"), str) and name in results.columns
    ]
    field = definition.get("field")
    if channel in _FIXED and changing:
        raise ValueError(
            f"{field!r} changes with the controls, so {channel} cannot show it: places and panels "
            "must stay. Show it by size, colour or words."
        )
    _refuse_moving_order(channel, definition, results)
    scale = definition.setdefault("scale", {}) if changing else definition.get("scale", {})
    if channel not in _SCALED or scale is None or "domain" in scale:
        return
    unknown = derived and isinstance(field, str) and field not in results.names
    if definition.get("type") != "quantitative":
        if field in changing:
            scale["domain"] = results.levels(field)
        return
    if (changing or unknown) and (
        unknown
        or any(key in definition for key in ("aggregate", "bin", "timeUnit"))
        or _stacked(view, channel, definition)
    ):
        raise ValueError(
            f"what {channel} shows of {field!r} is computed in the chart, so its axis would move "
            "with the controls. Give it a domain, such as scale=alt.Scale(domain=[0, 100]), let "
            "the model compute it, or write stack=None for bars that stand alone."
        )
    if changing:
        if scale.get("type", "linear") != "linear" and not results.stated >= set(changing):
            raise ValueError(
                f"{channel} shows {field!r} on a {scale['type']} scale, where small numbers need "
                f"more digits than large ones: state them, such as precision={{{field!r}: 0.001}}"
            )
        names = [name for name in _fields(view, channel, definition) if name in results.names]
        low, high = results.range(names)
        if channel in _FROM_ZERO and scale.get("type", "linear") == "linear":
            from_zero = scale.pop("zero", True)
            low, high = (min(low, 0), max(high, 0)) if from_zero else (low, high)
        if channel in ("x", "y") and _kind(view) not in ("bar", "area", "rect"):
            # Room for the width of lines and points: what sticks out would push the legend.
            room = 0.01 * (high - low)
            low, high = low - room * (low != 0), high + room * (high != 0)
        scale["domain"] = [low, high]
        scale.setdefault("nice", channel in ("x", "y"))


def _fields(view: dict[str, Any], channel: str, definition: dict[str, Any]) -> list[str]:
    second = view["encoding"].get(_SECOND.get(channel, ""), {})
    return [part["field"] for part in (definition, second) if isinstance(part.get("field"), str)]


def _stacked(view: dict[str, Any], channel: str, definition: dict[str, Any]) -> bool:
    """Whether Vega-Lite puts the marks of this channel upon one another."""
    encoding = view["encoding"]
    if channel not in ("x", "y", "theta", "radius") or _SECOND[channel] in encoding:
        return False
    if "stack" in definition:
        return definition["stack"] not in (None, False)
    across = [encoding.get(name, {}).get("field") for name in ("x", "y", "xOffset", "yOffset")]
    splits = [encoding.get(name, {}) for name in _SPLITS]
    fields = [part.get("field") for part in splits if isinstance(part, dict)]
    return _kind(view) in ("bar", "area", "arc") and any(f and f not in across for f in fields)


def _kind(view: dict[str, Any]) -> str:
    mark = view.get("mark", "")
    return mark["type"] if isinstance(mark, dict) else mark


def _refuse_moving_order(channel: str, definition: dict[str, Any], results: Results) -> None:
    sort = definition.get("sort")
    by = sort.get("field") if isinstance(sort, dict) else None
    by_channel = isinstance(sort, str) and sort.lstrip("-") in _SCALED
    if by in results.columns or by_channel or (isinstance(sort, dict) and "encoding" in sort):
        raise ValueError(
            f"the order of {channel} would change with the controls; sort by words or by a column "
            "that stays, or give the order as a list"
        )


# --- walking through a specification ------------------------------------------------------------


def _parts(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("layer", "hconcat", "vconcat", "concat"):
        yield from view.get(key, [])
    if isinstance(view.get("spec"), dict):
        yield view["spec"]


def _views(view: dict[str, Any], name: str = "", derived: bool = False) -> Iterator[Any]:
    """Each view that draws the model's table, and whether the chart computes columns."""
    own = view.get("data", {}).get("name")
    derived = (derived if own in (None, name) else False) or any(
        "filter" not in transform for transform in view.get("transform", [])
    )
    if "encoding" in view:
        yield view, derived
    for part in _parts(view):
        yield from _views(part, own or name, derived)


def _holders(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "data" in view:
        yield view
    for part in _parts(view):
        yield from _holders(part)


def _named(spec: Any) -> Iterator[str]:
    """The names of the data, in the order in which the chart uses them."""
    if isinstance(spec, dict):
        for key, part in spec.items():
            if key == "data" and isinstance(part, dict) and "name" in part:
                yield part["name"]
            elif key != "datasets":
                yield from _named(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _named(part)


def _is_table(rows: Any) -> bool:
    return bool(rows) and isinstance(rows[0], dict) and ROW in rows[0]


def _short(part: Any) -> str:
    text = json.dumps(part, ensure_ascii=False)
    return text if len(text) < 80 else text[:77] + "…"
