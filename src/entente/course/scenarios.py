"""A scenario on the published page: its prediction, its sentence and its controls, as HTML.

The controls are the browser's own inputs. `static/scenarios.js` brings them to life; without
scripts and on paper their values stand in words beside the picture.
"""

import html
from typing import Any

PREDICTION = """\
<fieldset class="entente-prediction">
<legend>Predict first. {question}</legend>
{choices}
<p role="status"></p>
</fieldset>
"""

CONTROLS = """\
<p class="entente-says">{sentence}</p>
<form class="entente-controls" autocomplete="off">
<fieldset>
<legend>Move the controls</legend>
{controls}
<div class="entente-presets">{buttons}</div>
</fieldset>
<p class="visually-hidden" role="status"></p>
</form>
"""


def around(scenario: dict[str, Any], name: str) -> tuple[str, str]:
    """Return what stands before a scenario's chart, and what stands after it."""
    before = ""
    if asked := scenario["prediction"]:
        choices = "\n".join(
            f'<label><input type="radio" name="{name}-prediction" value="{place}"> '
            f"{html.escape(choice)}</label>"
            for place, choice in enumerate(asked["choices"])
        )
        before += PREDICTION.format(question=html.escape(asked["question"]), choices=choices)
    state = 0
    for control in scenario["controls"]:
        state = state * len(control["texts"]) + control["default"]
    buttons = [
        f'<button type="button" value="{html.escape(preset)}">{html.escape(preset)}</button>'
        for preset, _ in scenario["presets"]
    ]
    return before, CONTROLS.format(
        sentence=html.escape(scenario["sentences"][scenario["says"][state]]),
        controls="\n".join(_control(control, name) for control in scenario["controls"]),
        buttons="".join([*buttons, '<button type="button" value="">Reset</button>']),
    )


def _control(control: dict[str, Any], name: str) -> str:
    key = f"{name}-{control['name']}"
    label = f'<label for="{key}">{html.escape(control["label"])}</label>'
    text = html.escape(control["texts"][control["default"]])
    value = f'<span class="entente-value">{text}</span>'
    of = f'id="{key}" data-control="{control["name"]}"'
    if control["kind"] == "slider":
        ends = f'min="{control["least"]}" max="{control["greatest"]}" step="{control["step"]}"'
        at = control["least"] + control["default"] * control["step"]
        moved = f'<input {of} type="range" {ends} value="{at:.10g}" aria-valuetext="{text}">'
        inner = f"{label} {value}{moved}"
    elif control["kind"] == "choice":
        options = "".join(
            f"<option{' selected' if place == control['default'] else ''}>{html.escape(word)}"
            "</option>"
            for place, word in enumerate(control["texts"])
        )
        inner = f"{label} {value}<select {of}>{options}</select>"
    else:
        checked = " checked" if control["default"] else ""
        inner = f'<input {of} type="checkbox"{checked}>{label} {value}'
    return f'<div class="entente-control" data-kind="{control["kind"]}">{inner}</div>'
