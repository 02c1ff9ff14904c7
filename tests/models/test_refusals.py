"""Wrong arguments: each argument of each public function of the models, in one table.

The rows stand in `refusals`, a list for each module. The last test asks that no public name and
no argument is missing.
"""

import importlib
import inspect
import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src/entente/models"
NAMES = sorted(path.stem for path in SOURCES.glob("[a-z]*.py"))
TABLE = [row for name in NAMES for row in importlib.import_module(f"refusals.{name}").ROWS]
PUBLIC = [
    value
    for module in (importlib.import_module(f"entente.models.{name}") for name in NAMES)
    for value in (getattr(module, name) for name in module.__all__)
    # A named tuple only holds results.
    if callable(value) and not (isinstance(value, type) and issubclass(value, tuple))
]
# What may be anything: words for people.
UNCHECKED = {"Strategy": {"name", "description", "source"}}


def label(row):
    function, given, error, _ = row
    return f"{function.__name__}-{'-'.join(given)}-{error.__name__}"


@pytest.mark.parametrize(("function", "given", "error", "message"), TABLE, ids=map(label, TABLE))
def test_a_wrong_argument_is_refused_with_its_name_and_the_rule(function, given, error, message):
    with pytest.raises(error) as refusal:
        function(**given)
    assert re.search(message, str(refusal.value), re.DOTALL)


@pytest.mark.parametrize("function", PUBLIC, ids=lambda value: value.__name__)
def test_no_argument_is_missing_from_the_table(function):
    messages = [message for called, _, _, message in TABLE if called is function]
    words = {
        word for message in messages for word in re.findall(r"\w+", message.replace(r"\b", " "))
    }
    named = set(inspect.signature(function).parameters) & words
    assert set(inspect.signature(function).parameters) - named == UNCHECKED.get(
        function.__name__, set()
    )
