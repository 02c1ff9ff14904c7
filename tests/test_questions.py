"""A question judges answers, and says why."""

import base64
import json

import pytest

from entente import questions

ONE = questions.choose_one("Which?", {"a": "A is wrong.", "b": "B is right."}, right="b")
ALL = questions.choose_all("Which?", {"a": "Yes, a.", "b": "Yes, b.", "c": "No."}, right=["a", "b"])
NUMBER = questions.number(
    "How many?", right=4, tolerance=0.5, yes="Four.", no="Count.", mistakes={2: "Twice that."}
)
ORDER = questions.order("Which first?", ["x", "y", "z"], yes="So it is.", no="Look again.")
EVERY = [ONE, ALL, NUMBER, ORDER]


@pytest.mark.parametrize(
    ("question", "answer", "right", "feedback"),
    [
        (ONE, [0], False, ("A is wrong.",)),
        (ONE, [1], True, ("B is right.",)),
        (ALL, [0], False, ("Yes, a.", "Yes, b.", "No.")),
        (ALL, [1, 0], True, ("Yes, a.", "Yes, b.", "No.")),
        (ALL, [0, 1, 2], False, ("Yes, a.", "Yes, b.", "No.")),
        (NUMBER, 4.5, True, ("Four.",)),
        (NUMBER, 3.4, False, ("Count.",)),
        (NUMBER, 2.1, False, ("Twice that.",)),
        (ORDER, [0, 1, 2], False, ("Look again.",)),
    ],
)
def test_an_answer_is_judged(question, answer, right, feedback):
    assert question.check(answer) == (right, feedback)


def test_the_order_is_mixed_always_in_the_same_way():
    again = questions.order("Which first?", ["x", "y", "z"], yes="So it is.", no="Look again.")
    assert again.choices == ORDER.choices != ("x", "y", "z")
    assert ORDER.check([ORDER.choices.index(item) for item in "xyz"]).right


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.kind)
def test_one_output_carries_the_widgets_and_the_page(question):
    bundle = question._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    shown = bundle[questions.MIME_TYPE]
    assert json.loads(base64.b64decode(shown["key"])) == json.loads(json.dumps(question.key))
    clear = json.dumps({key: part for key, part in shown.items() if key != "key"})
    for words in ("B is right.", "Yes, a.", "Twice that.", "So it is.", "right"):
        assert words not in clear


def told(question, act):
    """What the widgets say after an answer."""
    _, entry, button, said = questions._widget(question).children
    act(entry)
    button.click()
    return said.value


def test_widgets_judge_and_tell():
    assert "Choose an answer first." in told(ONE, lambda entry: None)
    assert "<b>Right.</b><br>B is right." in told(ONE, lambda entry: setattr(entry, "value", 1))
    assert "Not quite." in told(ALL, lambda entry: setattr(entry.children[2], "value", True))
    assert "Twice that." in told(NUMBER, lambda entry: setattr(entry, "value", "2"))
    assert "Give a number first." in told(NUMBER, lambda entry: setattr(entry, "value", "two"))
    assert "Give a number first." in told(NUMBER, lambda entry: setattr(entry, "value", "4/1"))
    assert "Choose an answer first." in told(ALL, lambda entry: None)
    for written in ("4", "4,2", "+4.0 states", "4 %"):
        said = told(NUMBER, lambda entry, text=written: setattr(entry, "value", text))
        assert "Right." in said
    assert "role=" in told(ORDER, lambda entry: None)


def test_widgets_put_things_in_order():
    def sort(entry):
        for _ in range(3):
            for place in (0, 1):
                one, other = (entry.children[p].children[2].value for p in (place, place + 1))
                if one > other:
                    entry.children[place].children[1].click()

    assert "Right." in told(ORDER, sort)


@pytest.mark.parametrize(
    ("made", "error", "message"),
    [
        (lambda: questions.choose_one("?", {"a": "x", "b": "y"}, right="c"), ValueError, "got 'c'"),
        (lambda: questions.choose_one("?", {"a": "x"}, right="a"), TypeError, "at least two"),
        (lambda: questions.choose_one("?", {"a": "x", "b": ""}, right="a"), TypeError, "feedback"),
        (lambda: questions.choose_one(" ", {"a": "x", "b": "y"}, right="a"), TypeError, "prompt"),
        (lambda: questions.choose_all("?", {"a": "x", "b": "y"}, right="a"), TypeError, "a list"),
        (
            lambda: questions.number("?", right=float("nan"), tolerance=0, yes="y", no="n"),
            TypeError,
            "right must be a finite number",
        ),
        (
            lambda: questions.number("?", right=1, tolerance=-1, yes="y", no="n"),
            ValueError,
            "tolerance must be at least 0",
        ),
        (
            lambda: questions.number("?", right=1, tolerance=1, yes="y", no="n", mistakes={2: "z"}),
            ValueError,
            "cannot be told from",
        ),
        (lambda: questions.order("?", ["a", "b"], yes="y", no="n"), ValueError, "three different"),
        (lambda: questions.order("?", ["a", "b", "a"], yes="y", no="n"), ValueError, "three diff"),
    ],
)
def test_a_wrong_question_is_refused(made, error, message):
    with pytest.raises(error, match=message):
        made()
