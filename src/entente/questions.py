"""Questions by which a reader checks what was understood.

Each kind has its function: `choose_one`, `choose_all`, `number` and `order`. A question shows
itself when it ends a cell: as widgets in a notebook, as a form on the published page. What is
right is encoded there, so that it does not meet the eye; it is no secret.

>>> question = choose_one(
...     "Who gives most in a pure public good?",
...     {
...         "The largest": "It values the good most, and the others wait for it.",
...         "The smallest": "It can wait: the largest gives anyway.",
...     },
...     right="The largest",
... )
>>> question.check([0])
Verdict(right=True, feedback=('It values the good most, and the others wait for it.',))
"""

import base64
import html
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from typing import Any, NamedTuple

__all__ = ["Question", "Verdict", "choose_all", "choose_one", "number", "order"]

MIME_TYPE = "application/vnd.entente.question+json"


class Verdict(NamedTuple):
    """Whether an answer is right, and what there is to say about each part of it."""

    right: bool
    feedback: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question and its key; made by the functions of this module.

    Attributes
    ----------
    kind : str
        ``"one"``, ``"all"``, ``"number"`` or ``"order"``.
    prompt : str
        What is asked.
    choices : tuple of str
        What can be chosen or put in order, as first shown.
    unit : str
        The unit of a number.
    key : dict
        What is right, and the feedback.
    """

    kind: str
    prompt: str
    choices: tuple[str, ...] = ()
    unit: str = ""
    key: dict[str, Any] = field(default_factory=dict, repr=False)

    def check(self, answer: Any) -> Verdict:
        """Judge an answer.

        Parameters
        ----------
        answer : float, or list of int
            The number; or the places, among `choices`, of those chosen or of all in order.

        Returns
        -------
        Verdict
            Whether it is right, and the feedback: one for each choice made or, where all are to
            be chosen, for each choice; else one.
        """
        key = self.key
        if self.kind == "number":
            close = [abs(answer - value) <= key["tolerance"] for value, _ in key["mistakes"]]
            right = abs(answer - key["right"]) <= key["tolerance"]
            known = [words for near, (_, words) in zip(close, key["mistakes"], strict=True) if near]
            return Verdict(right, (key["yes"] if right else (known or [key["no"]])[0],))
        if self.kind == "order":
            right = list(answer) == key["right"]
            return Verdict(right, (key["yes"] if right else key["no"],))
        chosen = range(len(self.choices)) if self.kind == "all" else answer
        return Verdict(
            sorted(answer) == key["right"], tuple(key["feedback"][place] for place in chosen)
        )

    def described(self) -> dict[str, Any]:
        """Return what the published page needs, the key encoded."""
        shown = {
            "kind": self.kind,
            "prompt": self.prompt,
            "choices": list(self.choices),
            "unit": self.unit,
        }
        key = base64.b64encode(json.dumps(self.key).encode()).decode()
        identity = sha256((json.dumps(shown) + key).encode()).hexdigest()[:10]
        return shown | {"id": f"question-{identity}", "key": key}

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Any:
        """Widgets for a live kernel, and the page's own form; a front end takes one."""
        live = _widget(self)._repr_mimebundle_()
        return live | {MIME_TYPE: self.described(), "text/plain": f"A question: {self.prompt}"}


def choose_one(prompt: str, choices: Mapping[str, str], *, right: str) -> Question:
    """Ask for one of several answers.

    Parameters
    ----------
    prompt : str
        The question.
    choices : dict
        For each answer what to say to a reader who chooses it: not only that it is wrong, but
        why someone might think so.
    right : str
        The right one.

    Returns
    -------
    Question
        Shows itself when it ends a cell.

    Raises
    ------
    TypeError, ValueError
        If a text is missing or `right` is none of the choices.
    """
    return _chosen("one", prompt, choices, [right])


def choose_all(prompt: str, choices: Mapping[str, str], *, right: Sequence[str]) -> Question:
    """Ask for all answers that are right.

    Parameters
    ----------
    prompt : str
        The question.
    choices : dict
        For each answer what to say of it, true whether it was chosen or not.
    right : list of str
        The right ones; at least one.

    Returns
    -------
    Question
        Shows itself when it ends a cell.

    Raises
    ------
    TypeError, ValueError
        If a text is missing or one of `right` is none of the choices.

    Examples
    --------
    >>> question = choose_all(
    ...     "Which are shared by all?", {"Deterrence": "It is.", "A pension": "It is not."},
    ...     right=["Deterrence"],
    ... )
    >>> question.check([0, 1]).right
    False
    """
    if isinstance(right, str) or not right:
        raise TypeError(f"right must be a list of at least one choice, got {right!r}")
    return _chosen("all", prompt, choices, right)


def number(
    prompt: str,
    *,
    right: float,
    tolerance: float,
    yes: str,
    no: str,
    unit: str = "",
    mistakes: Mapping[float, str] | None = None,
) -> Question:
    """Ask for a number.

    Parameters
    ----------
    prompt : str
        The question.
    right : float
        The right number, in `unit`.
    tolerance : float
        How far off an answer may be, in `unit`; at least 0.
    yes, no : str
        What to say to a right answer and to a wrong one.
    unit : str
        The unit.
    mistakes : dict, optional
        For numbers that a typical mistake gives what to say to it.

    Returns
    -------
    Question
        Shows itself when it ends a cell.

    Raises
    ------
    TypeError, ValueError
        If a text is missing, a number is not finite, or a mistake is as good as right.

    Examples
    --------
    >>> question = number("1 of 8, in %?", right=12.5, tolerance=0.1, yes="Yes.", no="Divide.",
    ...     unit="%", mistakes={0.125: "That is the share; now as a percentage."})
    >>> question.check(0.125).feedback
    ('That is the share; now as a percentage.',)
    """
    _texts(prompt=prompt, yes=yes, no=no)
    mistakes = dict(mistakes or {})
    for name, value in [
        ("right", right),
        ("tolerance", tolerance),
        *(("mistakes", m) for m in mistakes),
    ]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise TypeError(f"{name} must be a finite number, got {value!r}")
    if tolerance < 0:
        raise ValueError(f"tolerance must be at least 0, got {tolerance}")
    for value, words in mistakes.items():
        _texts(mistakes=words)
        if abs(value - right) <= 2 * tolerance:
            raise ValueError(f"the mistake {value} cannot be told from the right answer {right}")
    key = {"right": right, "tolerance": tolerance, "yes": yes, "no": no}
    return Question("number", prompt, unit=unit, key=key | {"mistakes": list(mistakes.items())})


def order(prompt: str, items: Sequence[str], *, yes: str, no: str) -> Question:
    """Ask to put things in order.

    Parameters
    ----------
    prompt : str
        The question, which says what comes first.
    items : list of str
        The things in their right order, at least three; the reader gets them mixed, always in
        the same way.
    yes, no : str
        What to say to a right answer and to a wrong one.

    Returns
    -------
    Question
        Shows itself when it ends a cell.

    Raises
    ------
    TypeError, ValueError
        If a text is missing or two things are the same.

    Examples
    --------
    >>> question = order("Earliest first?", ["1949", "1955", "1991"], yes="Yes.", no="No.")
    >>> question.check([question.choices.index(year) for year in ("1949", "1955", "1991")]).right
    True
    """
    _texts(prompt=prompt, yes=yes, no=no)
    if isinstance(items, str) or len(items) < 3 or len(set(items)) < len(items):
        raise ValueError(f"items must be at least three different things, got {items!r}")
    mixed = list(items)
    generator = random.Random(prompt)
    while mixed == list(items):
        generator.shuffle(mixed)
    right = [mixed.index(item) for item in items]
    return Question("order", prompt, tuple(mixed), key={"right": right, "yes": yes, "no": no})


def _chosen(kind: str, prompt: str, choices: Mapping[str, str], right: Sequence[str]) -> Question:
    _texts(prompt=prompt)
    if not isinstance(choices, Mapping) or len(choices) < 2:
        raise TypeError(f"choices must be a dict of at least two, with feedback, got {choices!r}")
    for choice, words in choices.items():
        _texts(choice=choice, feedback=words)
    words = list(choices)
    if unknown := [one for one in right if one not in words]:
        raise ValueError(f"right must be among the choices {words}, got {unknown[0]!r}")
    key = {
        "right": sorted(words.index(one) for one in right),
        "feedback": list(choices.values()),
    }
    return Question(kind, prompt, tuple(words), key=key)


def _texts(**texts: object) -> None:
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise TypeError(f"{name} must be words for the reader, got {text!r}")


SAID = (("Rightly left out", "Missed"), ("Does not belong", "Rightly chosen"))
"""What is said of a choice: by whether it was chosen, and whether it belongs."""


# --- in a live kernel ----------------------------------------------------------------------------


def _widget(question: Question) -> Any:
    import ipywidgets

    wide = {"width": "auto"}
    told = ipywidgets.HTML()
    button = ipywidgets.Button(description="Check")
    if question.kind == "one":
        entry = ipywidgets.RadioButtons(
            options=[(words, place) for place, words in enumerate(question.choices)],
            value=None,
            layout=wide,
        )

        def answer() -> Any:
            return None if entry.value is None else [entry.value]
    elif question.kind == "all":
        boxes = [
            ipywidgets.Checkbox(description=words, indent=False, layout=wide)
            for words in question.choices
        ]
        entry = ipywidgets.VBox(boxes)

        def answer() -> Any:
            return [place for place, box in enumerate(boxes) if box.value] or None
    elif question.kind == "number":
        entry = ipywidgets.Text(description=question.unit, placeholder="a number")

        def answer() -> Any:
            text = entry.value.strip().replace("−", "-").replace(",", ".")
            number = re.fullmatch(r"([-+]?\d*\.?\d+)\s*[^\d\s/]*", text)  # a unit may follow
            return float(number[1]) if number else None
    else:
        placed = list(range(len(question.choices)))
        entry = ipywidgets.VBox()

        def arrange() -> None:
            entry.children = [
                ipywidgets.HBox(
                    [mover(place, -1), mover(place, 1), ipywidgets.Label(question.choices[item])]
                )
                for place, item in enumerate(placed)
            ]

        def mover(place: int, by: int) -> Any:
            words = ("Move up: " if by < 0 else "Move down: ") + question.choices[placed[place]]
            made = ipywidgets.Button(
                icon="arrow-up" if by < 0 else "arrow-down",
                tooltip=words,
                disabled=not 0 <= place + by < len(placed),
                layout={"width": "3rem"},
            )

            def move(_: object) -> None:
                placed[place], placed[place + by] = placed[place + by], placed[place]
                arrange()

            made.on_click(move)
            return made

        arrange()

        def answer() -> Any:
            return list(placed)

    def tell(_: object) -> None:
        given = answer()
        if given is None:
            known = "Give a number" if question.kind == "number" else "Choose an answer"
            lines = [f"{known} first."]
        else:
            right, feedback = question.check(given)
            lines = ["<b>Right.</b>" if right else "<b>Not quite.</b>"]
            if question.kind == "all":
                belongs = question.key["right"]
                lines += [
                    f"<b>{SAID[place in given][place in belongs]}:</b> "
                    f"{html.escape(choice)}. {html.escape(words)}"
                    for place, (choice, words) in enumerate(
                        zip(question.choices, feedback, strict=True)
                    )
                ]
            else:
                lines += [html.escape(words) for words in feedback]
        told.value = f'<div role="status" style="line-height: 1.4">{"<br>".join(lines)}</div>'

    button.on_click(tell)
    prompt = ipywidgets.HTML(f"<p><b>{html.escape(question.prompt)}</b></p>")
    return ipywidgets.VBox([prompt, entry, button, told])
