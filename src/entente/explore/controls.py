"""What a reader can move: a slider, a choice among words, a switch."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from decimal import Decimal
from typing import Any


class Control:
    """What the controls have in common: values in order, and how each is written."""

    label: str
    default: Any
    values: tuple[Any, ...]
    texts: tuple[str, ...]

    def index(self, value: Any, name: str) -> int:
        """Return the place of a value; `name` says in an error which argument it is."""
        try:
            return self.values.index(value)
        except ValueError:
            texts = self.texts if len(self.texts) < 8 else (*self.texts[:3], "…", self.texts[-1])
            raise ValueError(f"{name} must be one of {', '.join(texts)}, got {value!r}") from None

    def described(self, name: str) -> dict[str, Any]:
        """Return what the published page needs to know."""
        return {
            "name": name,
            "kind": type(self).__name__.lower(),
            "label": self.label,
            "texts": list(self.texts),
            "default": self.index(self.default, name),
        }


@dataclass(frozen=True)
class Slider(Control):
    """A number that moves in steps.

    Parameters
    ----------
    least, greatest : float
        Its ends, `greatest` a whole number of steps from `least`.
    step : float
        How far one step goes; positive.
    default : float
        Where it stands at first; on a step.
    label : str
        What it means, as a reader would ask: "How public is the good?"
    unit : str
        Its unit, if it has one.

    Examples
    --------
    >>> Slider(0, 1, step=0.5, default=0.5, label="Publicness").values
    (0.0, 0.5, 1.0)
    >>> Slider(2, 4, step=1, default=2, label="Members", unit="Allies").texts
    ('2 Allies', '3 Allies', '4 Allies')
    """

    least: float
    greatest: float
    _: KW_ONLY
    step: float
    default: float
    label: str
    unit: str = ""
    values: tuple[float, ...] = field(init=False, repr=False)
    texts: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _named("Slider", self.label)
        for name in ("least", "greatest", "step", "default"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise TypeError(f"{name} of {self.label!r} must be a number, got {value!r}")
        # As written, since 3 × 0.1 is not 0.3 for a computer.
        least, greatest, step = (Decimal(str(n)) for n in (self.least, self.greatest, self.step))
        if not (step > 0 and greatest > least and (greatest - least) % step == 0):
            raise ValueError(
                f"the slider {self.label!r} must rise from least to greatest in whole steps, got "
                f"{self.least} to {self.greatest} in steps of {self.step}"
            )
        exact = [least + number * step for number in range(int((greatest - least) / step) + 1)]
        whole = all(number == int(number) for number in exact)
        values = tuple(int(number) if whole else float(number) for number in exact)
        decimals = max(0, *(-int(number.normalize().as_tuple().exponent) for number in exact))
        unit = f" {self.unit}" if self.unit else ""
        comma = "," if max(map(abs, exact)) >= 10_000 else ""  # none in a year
        written = (f"{number:{comma}.{decimals}f}{unit}" for number in exact)
        texts = tuple(text.replace("-", "−") for text in written)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "texts", texts)
        self.index(self.default, f"default of {self.label!r}")

    def described(self, name: str) -> dict[str, Any]:
        """Return what the published page needs to know."""
        ends = {"least": self.least, "greatest": self.greatest, "step": self.step}
        return super().described(name) | ends


@dataclass(frozen=True)
class Choice(Control):
    """One of several words.

    Parameters
    ----------
    options : list of str, or dict
        The words; as a dict, for each the value that the model is given.
    label : str
        What is chosen.
    default
        The value chosen at first; the first one, if not given.

    Examples
    --------
    >>> Choice({"One hub": "star", "All with all": "complete"}, label="Structure").values
    ('star', 'complete')
    """

    options: Sequence[str] | Mapping[str, Any]
    _: KW_ONLY
    label: str
    default: Any = None
    values: tuple[Any, ...] = field(init=False, repr=False)
    texts: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _named("Choice", self.label)
        if isinstance(self.options, str):
            raise TypeError(f"options of {self.label!r} must be a list or a dict, got a text")
        words = tuple(self.options)
        values = tuple(self.options.values()) if isinstance(self.options, Mapping) else words
        if len(words) < 2 or len(set(words)) < len(words):
            raise ValueError(f"{self.label!r} needs at least two different options, got {words}")
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise TypeError(f"options of {self.label!r} must be words, got {words}")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "texts", words)
        if self.default is None:
            object.__setattr__(self, "default", values[0])
        self.index(self.default, f"default of {self.label!r}")


@dataclass(frozen=True)
class Switch(Control):
    """Something that is on or off.

    Examples
    --------
    >>> Switch(label="The hub is lost").values
    (False, True)
    """

    _: KW_ONLY
    label: str
    default: bool = False
    values: tuple[bool, bool] = field(init=False, repr=False, default=(False, True))
    texts: tuple[str, str] = field(init=False, repr=False, default=("off", "on"))

    def __post_init__(self) -> None:
        _named("Switch", self.label)
        if not isinstance(self.default, bool):
            raise TypeError(f"default of {self.label!r} must be True or False")


@dataclass(frozen=True)
class Prediction:
    """What a reader is asked to expect before moving anything.

    Parameters
    ----------
    question : str
        "If a big Ally joins, what will the small ones do?"
    choices : list of str
        The answers to choose from, at least two.
    then : str
        What to do next, so as to find out: "Set the weight to 3 % and see." A scenario should not
        begin at the setting that answers the question.
    """

    question: str
    choices: Sequence[str]
    then: str = "Now move the controls, and see."

    def __post_init__(self) -> None:
        _named("Prediction", self.question)
        _named("Prediction", self.then)
        texts = not isinstance(self.choices, str) and all(isinstance(c, str) for c in self.choices)
        if not texts or len(set(self.choices)) < max(2, len(self.choices)):
            raise ValueError(
                f"the prediction {self.question!r} needs at least two different choices, got "
                f"{self.choices!r}"
            )

    def described(self) -> dict[str, Any]:
        """Return what the published page needs to know."""
        return {"question": self.question, "choices": list(self.choices), "then": self.then}


def _named(kind: str, label: object) -> None:
    if not isinstance(label, str) or not label.strip():
        raise TypeError(f"a {kind} needs words that tell the reader what it is, got {label!r}")
