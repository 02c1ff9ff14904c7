"""A scenario in a live kernel: plain ipywidgets, redrawn from the model."""

import html
from typing import TYPE_CHECKING, Any

import ipywidgets

from entente.explore.controls import Control, Slider, Switch

if TYPE_CHECKING:
    from entente.explore import Scenario

MIME_TYPE = "application/vnd.vegalite.v5+json"
WIDE = {"description_width": "initial"}


def widget(scenario: "Scenario") -> ipywidgets.Widget:
    """Return the prediction, the chart, its sentence, the controls, the presets and a reset."""
    controls = {name: _input(control) for name, control in scenario.controls.items()}
    chart = ipywidgets.Output()
    sentence = ipywidgets.HTML()
    holding = False

    def redraw(*_: object) -> None:
        if holding:
            return
        state = {
            name: control.values[int(controls[name].value)]
            for name, control in scenario.controls.items()
        }
        # Set in one message, not cleared and printed anew, so that nothing flickers. A front
        # end sends a slider's next move only when the kernel has answered the last one, so a
        # fast hand leaves no stale pictures behind.
        shown = {"renderer": "svg", "actions": False}
        chart.outputs = (
            {
                "output_type": "display_data",
                "data": {MIME_TYPE: scenario.spec(**state), "text/plain": "a chart"},
                "metadata": {MIME_TYPE: {"embed_options": shown}},
            },
        )
        words = html.escape(scenario.sentence(**state))
        sentence.value = f'<p role="status" style="line-height: 1.4">{words}</p>'

    def set_all(state: dict[str, Any]) -> None:
        nonlocal holding
        holding = True
        for name, control in scenario.controls.items():
            place = control.index(state[name], name)
            controls[name].value = bool(place) if isinstance(control, Switch) else place
        holding = False
        redraw()

    def button(text: str, state: dict[str, Any]) -> ipywidgets.Button:
        made = ipywidgets.Button(description=text, layout={"width": "auto"})
        made.on_click(lambda _: set_all(state))
        return made

    for control in controls.values():
        control.observe(redraw, names="value")
    buttons = [button(name, state) for name, state in scenario.presets.items()]
    buttons.append(button("Reset", scenario.default))
    redraw()
    return ipywidgets.VBox(
        [
            *([_prediction(scenario)] if scenario.prediction else []),
            chart,
            sentence,
            *controls.values(),
            ipywidgets.HBox(buttons, layout={"flex_flow": "row wrap"}),
        ]
    )


def _input(control: Control) -> ipywidgets.Widget:
    place = control.index(control.default, control.label)
    options = [(text, number) for number, text in enumerate(control.texts)]
    common = {"description": control.label, "style": WIDE, "layout": {"width": "min(100%, 40rem)"}}
    if isinstance(control, Slider):
        return ipywidgets.SelectionSlider(options=options, value=place, **common)
    if isinstance(control, Switch):
        return ipywidgets.Checkbox(value=bool(place), indent=False, **common)
    return ipywidgets.Dropdown(options=options, value=place, **common)


def _prediction(scenario: "Scenario") -> ipywidgets.Widget:
    asked = scenario.prediction
    assert asked is not None
    answer = ipywidgets.RadioButtons(
        options=list(asked.choices), value=None, layout={"width": "auto"}
    )
    said = ipywidgets.HTML()

    def tell(change: dict[str, Any]) -> None:
        chosen, then = html.escape(change["new"]), html.escape(asked.then)
        said.value = f'<p role="status">You expect: <b>{chosen}</b>. {then}</p>'

    answer.observe(tell, names="value")
    question = ipywidgets.HTML(f"<p><b>Predict first.</b> {html.escape(asked.question)}</p>")
    return ipywidgets.VBox([question, answer, said])
