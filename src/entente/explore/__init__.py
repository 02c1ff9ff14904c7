"""Scenarios: a model, a chart of what it gives, and a few controls to move.

One declaration is alive everywhere. In a notebook with a kernel the controls are widgets and the
chart is redrawn from the model. On the published page the same chart looks the model's results
up in a table that travels with it, so that no kernel and no server are needed.

>>> import altair as alt, pandas as pd
>>> from entente import charts
>>> from entente.explore import Slider, explore
>>> def shares(members):
...     return pd.DataFrame({"ally": ["each"], "share": [100 / members]})
>>> def draw(table):
...     bars = alt.Chart(table).mark_bar().encode(
...         x=alt.X("share:Q", title="Share of the cost (%)"), y=alt.Y("ally:N", title=None)
...     )
...     return charts.figure(
...         bars, title="The cost is shared", alt="One bar: each Ally's share.", source="Made up"
...     )
>>> scenario = explore(
...     shares, draw, members=Slider(2, 10, step=1, default=4, label="Members", unit="Allies")
... )
>>> scenario.table(members=4)
   ally  share
0  each   25.0
"""

import gzip
import inspect
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

import altair
import pandas as pd

from entente import charts
from entente.explore import specification
from entente.explore.controls import Choice, Control, Prediction, Slider, Switch
from entente.explore.results import Results

__all__ = ["Choice", "Prediction", "Scenario", "Slider", "Switch", "explore"]

MIME_TYPE = "application/vnd.vegalite.v5+json"
HEAVIEST = 200_000
"""The most that a scenario may weigh in the page, in bytes after gzip."""
LARGEST = 2_000_000
"""The most numbers that a scenario may have, so that it is refused before it is computed."""


def explore(
    model: Callable[..., pd.DataFrame],
    draw: Callable[[pd.DataFrame], altair.TopLevelMixin],
    *,
    says: Callable[[pd.DataFrame], str] | None = None,
    prediction: Prediction | None = None,
    presets: Mapping[str, Mapping[str, Any]] | None = None,
    precision: Mapping[str, float] | None = None,
    **controls: Control,
) -> "Scenario":
    """Let a reader move the arguments of a model and see what it gives.

    Parameters
    ----------
    model : function
        Takes a value for each control by name and returns a tidy table. Its rows and columns
        must be the same whatever the values; numbers, words and truth values in them may change.
        If the chart draws only some rows, a column `shown` of truth values tells which: the data
        that a reader opens as a table leave out the others.
    draw : function
        Takes such a table and returns a chart made by `entente.charts.figure`. Only the data of
        the chart may depend on the table.
    says : function, optional
        Takes such a table and returns a sentence: what the chart now shows, in words. It stands
        under the chart and is read to those who cannot see it.
    prediction : Prediction, optional
        What the reader is asked before moving anything.
    presets : dict, optional
        For each name ("Cold War") the values of some controls or all; the others go back to
        their defaults.
    precision : dict, optional
        For some columns the step, a power of ten, to which their numbers are kept. By default
        a thousandth of what a column spans over all settings, or finer; whole numbers exactly.
    **controls : Slider, Choice or Switch
        One for each argument of the model that the reader may move.

    Returns
    -------
    Scenario
        Shows itself when it ends a cell.

    Raises
    ------
    TypeError, ValueError
        If the scenario could not work on the published page; the message says why, and what
        would help. A scenario may weigh 200 kB there, after gzip.
    """
    return Scenario(model, draw, says, prediction, presets or {}, precision or {}, controls)


class Scenario:
    """A model with controls and a chart; made by `explore`."""

    def __init__(
        self,
        model: Callable[..., pd.DataFrame],
        draw: Callable[[pd.DataFrame], altair.TopLevelMixin],
        says: Callable[[pd.DataFrame], str] | None,
        prediction: Prediction | None,
        presets: Mapping[str, Mapping[str, Any]],
        precision: Mapping[str, float],
        controls: Mapping[str, Control],
    ) -> None:
        for name, control in controls.items():
            if not isinstance(control, Slider | Choice | Switch):
                raise TypeError(f"{name} must be a Slider, a Choice or a Switch, got {control!r}")
        if not controls:
            raise TypeError("a scenario needs at least one control: a Slider, Choice or Switch")
        if prediction is not None and not isinstance(prediction, Prediction):
            raise TypeError(f"prediction must be a Prediction, got {prediction!r}")
        try:
            inspect.signature(model).bind(**dict.fromkeys(controls))
        except TypeError as error:
            names = ", ".join(controls)
            raise TypeError(f"the model cannot be called with {names}: {error}") from None

        self.model, self.controls, self.prediction = model, dict(controls), prediction
        self.default = {name: control.default for name, control in controls.items()}
        self.presets = {name: self._complete(name, preset) for name, preset in presets.items()}
        self._says = says
        self._results = self._compute(precision)
        self._chart = self._draw(draw)
        self._page = self._for_the_page()
        self.weight = len(gzip.compress(json.dumps(self._page, separators=(",", ":")).encode()))
        if self.weight > HEAVIEST:
            raise ValueError(
                f"the scenario weighs {self.weight / 1000:.0f} kB gzipped and may weigh "
                f"{HEAVIEST / 1000:.0f}: it has {self._size()}. Give a control a coarser step, "
                "leave one out, or draw fewer rows."
            )
        self._widget: Any = None

    # --- what the model gives ---------------------------------------------------------------

    def states(self) -> Iterator[dict[str, Any]]:
        """Every setting of the controls, the last control moving fastest."""
        for values in itertools.product(*(control.values for control in self.controls.values())):
            yield dict(zip(self.controls, values, strict=True))

    def table(self, **state: Any) -> pd.DataFrame:
        """Return what the page shows at a setting; controls not named keep their defaults."""
        return self._results.table(self._number(self._complete("the state", state)))

    def sentence(self, **state: Any) -> str:
        """Return what the page says at a setting."""
        return self._sentences[self._number(self._complete("the state", state))]

    def _complete(self, what: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Fill the controls that are not named with their defaults."""
        for name, value in given.items():
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise ValueError(f"{what} sets {name!r}, and the controls are {known}")
            self.controls[name].index(value, f"{name} in {what}")
        return self.default | dict(given)

    def _number(self, state: Mapping[str, Any]) -> int:
        """The place of a state among `states`."""
        number = 0
        for name, control in self.controls.items():
            number = number * len(control.values) + control.index(state[name], name)
        return number

    def _size(self) -> str:
        controls = " × ".join(f"{name} {len(c.values)}" for name, c in self.controls.items())
        states = prod(len(control.values) for control in self.controls.values())
        return f"{states:,} settings ({controls}), each of {self._rows:,} rows"

    def _compute(self, precision: Mapping[str, float]) -> Results:
        first = self.model(**self.default)
        if not isinstance(first, pd.DataFrame):
            raise TypeError(f"the model must return a DataFrame, got {type(first).__name__}")
        if first.empty:
            raise ValueError("the model must return a table with rows, got an empty one")
        self._rows = len(first)
        numbers = first.size * prod(len(control.values) for control in self.controls.values())
        if numbers > LARGEST:
            raise ValueError(
                f"the scenario has {self._size()} and {first.shape[1]} columns: {numbers:,} "
                f"numbers, and may have {LARGEST:,}. Give a control a coarser step, leave one "
                "out, or draw fewer rows."
            )
        tables = {}
        for number, state in enumerate(self.states()):
            try:
                tables[number] = self.model(**state)
            except Exception as error:
                raise ValueError(f"the model fails at {_told(state)}: {error}") from error
        results = Results(tables.values(), [_told(state) for state in self.states()], precision)
        self._sentences = [self._sentence(table) for table in tables.values()]
        return results

    def _sentence(self, table: pd.DataFrame) -> str:
        sentence = self._says(table) if self._says else ""
        if not isinstance(sentence, str):
            raise TypeError(f"says must return a sentence, got {sentence!r}")
        return sentence

    # --- the chart ----------------------------------------------------------------------------

    def _draw(self, draw: Callable[[pd.DataFrame], altair.TopLevelMixin]) -> dict[str, Any]:
        """Draw the default, and make sure that at the ends only the data differ from it."""

        def drawn(state: Mapping[str, Any]) -> dict[str, Any]:
            table = self._results.table(self._number(state))
            chart = draw(table.assign(**{specification.ROW: range(self._rows)}))
            if not isinstance(chart, altair.TopLevelMixin):
                raise TypeError(f"draw must return an Altair chart, got {type(chart).__name__}")
            spec = chart.to_dict()
            charts.check(spec)
            return specification.tidy(spec, self._results)

        first = drawn(self.default)
        for state in self._ends():
            if found := specification.difference(first, drawn(state)):
                raise ValueError(
                    f"the chart itself changes with the controls, {found}. On the page only the "
                    "data can change: put what changes into a column of the model's table, or "
                    "into the sentence that says= makes."
                )
        return specification.steady(first, self._results)

    def _ends(self) -> list[dict[str, Any]]:
        """All controls at their least, all at their greatest, and each alone at either end."""
        least = {name: control.values[0] for name, control in self.controls.items()}
        greatest = {name: control.values[-1] for name, control in self.controls.items()}
        alone = [
            self.default | {name: end[name]} for name in self.controls for end in (least, greatest)
        ]
        return [least, greatest, *alone, *self.presets.values()]

    def spec(self, **state: Any) -> dict[str, Any]:
        """Return the Vega-Lite specification that a live kernel draws at a setting.

        The table in it comes from the model, called now.
        """
        state = self._complete("the state", state)
        return specification.filled(self._chart, self._results.rows(self.model(**state)))

    def _for_the_page(self) -> dict[str, Any]:
        spec = specification.looked_up(self._chart, self._results, self.controls)
        sentences = list(dict.fromkeys(self._sentences))
        place = {sentence: number for number, sentence in enumerate(sentences)}
        spec["usermeta"]["entente"] |= {
            "scenario": {
                "controls": [c.described(name) for name, c in self.controls.items()],
                "presets": [[name, self._indices(state)] for name, state in self.presets.items()],
                "prediction": self.prediction.described() if self.prediction else None,
                "sentences": sentences,
                "says": [place[sentence] for sentence in self._sentences],
                "rows": self._rows,
                "columns": self._results.described(),
            }
        }
        return spec

    def _indices(self, state: Mapping[str, Any]) -> list[int]:
        return [control.index(state[name], name) for name, control in self.controls.items()]

    # --- how it shows itself --------------------------------------------------------------------

    def widget(self) -> Any:
        """Return the scenario as widgets, for a live kernel."""
        if self._widget is None:
            from entente.explore.widgets import widget

            self._widget = widget(self)
        return self._widget

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Any:
        """The widgets for a live kernel, and the page's own form; a front end takes one."""
        live = self.widget()._repr_mimebundle_()
        title = self._page["usermeta"]["entente"]["title"]
        return live | {MIME_TYPE: self._page, "text/plain": f"A scenario: {title}"}


def _told(state: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in state.items())
