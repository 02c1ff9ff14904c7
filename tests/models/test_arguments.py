"""Wrong arguments are refused in one voice: the name, what came, what is allowed."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from entente.models import _arguments as arguments

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("value", "interval"),
    [(0, "[0, 1]"), (1, "[0, 1]"), (0.5, "(0, 1)"), (1e300, "[0, inf)"), (-2, "(-inf, inf)"),
     (np.float32(0.5), "(0, 1)"), (np.int64(3), "(0, inf)"), (Fraction(1, 2), "(0, 1)")],
)  # fmt: skip
def test_a_number_in_its_interval_is_taken(value, interval):
    taken = arguments.number("taste", value, interval)
    assert type(taken) is float
    assert taken == float(value)


@pytest.mark.parametrize(
    ("value", "interval"),
    [(0, "(0, 1)"), (1, "[0, 1)"), (1.5, "[0, 1]"), (NAN, "[0, 1]"), (INF, "[0, inf)"),
     (-INF, "(-inf, inf)"), (10**400, "[0, inf)")],
)  # fmt: skip
def test_a_number_out_of_its_interval_is_refused(value, interval):
    with pytest.raises(ValueError, match="taste must be a number in ") as refusal:
        arguments.number("taste", value, interval)
    assert interval in str(refusal.value)
    assert str(value)[:50] in str(refusal.value)


@pytest.mark.parametrize("value", ["0.5", None, True, np.True_, 1j, [0.5], np.array(0.5)])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match=r"taste must be a number in \(0, 1\), got "):
        arguments.number("taste", value, "(0, 1)")


def test_whole_numbers():
    assert arguments.whole("rounds", np.int32(5), least=1) == 5
    with pytest.raises(ValueError, match="rounds must be a whole number of at least 1, got 0"):
        arguments.whole("rounds", 0, least=1)
    for value in (5.0, "5", True, None):
        with pytest.raises(TypeError, match="rounds must be a whole number of at least 1"):
            arguments.whole("rounds", value, least=1)


@pytest.mark.parametrize(
    "values",
    [[1, 2], (1.0, 2.0), range(1, 3), np.array([1, 2]), pd.Series([1, 2], index=["a", "b"]),
     pd.array([1, 2], dtype="Int64"), [Fraction(1), Fraction(2)]],
)  # fmt: skip
def test_a_row_of_numbers_is_taken(values):
    row = arguments.numbers("incomes", values, "(0, inf)")
    assert row.dtype == float
    assert row.tolist() == [1, 2]


def test_a_row_is_not_that_of_the_caller():
    mine = np.array([1.0, 2.0])
    arguments.numbers("incomes", mine)[0] = 9
    assert mine.tolist() == [1, 2]


@pytest.mark.parametrize(
    "values", [["1", "2"], [True, False], [1j], ["a"], [[1], [1, 2]], "12", {1: 2}]
)
def test_what_is_no_row_of_numbers_is_refused(values):
    with pytest.raises(TypeError, match="incomes must be a row of numbers, got "):
        arguments.numbers("incomes", values)


@pytest.mark.parametrize(
    ("values", "message"),
    [([], r"at least 2 numbers, got shape \(0,\)"), ([1], r"got shape \(1,\)"), (5, r"shape \(\)"),
     ([[1, 2]], r"shape \(1, 2\)"), ([1, 0], r"lie in \(0, inf\), got 0.0 at position 1"),
     ([NAN, 1], "got nan at position 0"),
     ([1, None], "got nan at position 1"), ([1, INF], "got inf at position 1")],
)  # fmt: skip
def test_a_row_of_wrong_shape_or_range_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        arguments.numbers("incomes", values, "(0, inf)", at_least=2)


def test_a_word_that_is_not_known_is_refused():
    assert arguments.one_of("technology", "best_shot", ("summation", "best_shot")) == "best_shot"
    with pytest.raises(ValueError, match="technology must be one of summation, best_shot, got 'b'"):
        arguments.one_of("technology", "b", ("summation", "best_shot"))


def test_a_matrix_is_taken():
    cells = arguments.matrix("payoffs", [[1, 2, 3], [4, 5, 6]])
    assert cells.dtype == float
    assert cells.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("values", "options", "error", "words"),
    [
        ([1, 2], {}, ValueError, r"payoffs must be a matrix of numbers, got shape \(2,\)"),
        ([[1, 2]], {"square": True}, ValueError, "payoffs must be a square matrix of numbers"),
        ([[1, 2]], {"at_least": (2, 2)}, ValueError, "payoffs must have at least 2 x 2 cells"),
        (np.empty((0, 0)), {}, ValueError, "payoffs must have at least 1 x 1 cells"),
        ([[1, 2], [3]], {}, TypeError, "payoffs must be a matrix of numbers, got "),
        ([["a", "b"]], {}, TypeError, "payoffs must be a matrix of numbers, got "),
        ([[1, NAN]], {}, ValueError, "got nan in row 0, column 1"),
        ([[1, 2], [-1, 2]], {"allowed": "[0, inf)"}, ValueError,
         r"payoffs must lie in \[0, inf\), got -1.0 in row 1, column 0"),
    ],
)  # fmt: skip
def test_what_is_no_such_matrix_is_refused(values, options, error, words):
    with pytest.raises(error, match=words):
        arguments.matrix("payoffs", values, **options)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["100", "80"]),
        pd.Series([b"1", b"2"]),
        np.array(["100", 80], dtype=object),
        np.array([True, 2], dtype=object),
        np.ma.array([100.0, 999.0], mask=[False, True]),
    ],
)
def test_text_truth_values_and_what_is_masked_are_no_numbers_wherever_they_come_from(values):
    with pytest.raises(TypeError, match="incomes must be a row of numbers"):
        arguments.numbers("incomes", values)


def test_a_message_stays_short_whatever_was_given():
    with pytest.raises(TypeError) as refusal:
        arguments.numbers("incomes", ["much"] * 100_000)
    assert len(str(refusal.value)) < 400


def test_labels_may_be_of_any_kind_and_missing_ones_are_seen():
    assert arguments.labels("pairs", ["a", "b", "a"]).tolist() == [0, 1, 0]
    assert arguments.labels("pairs", [(1, 2), (1, 3), (1, 2)]).tolist() == [0, 1, 0]
    for missing in (None, NAN):
        assert arguments.labels("pairs", ["a", missing, "a"]).tolist() == [0, -1, 0]
    with pytest.raises(TypeError, match="pairs must be a row of labels, got 5"):
        arguments.labels("pairs", 5)


@pytest.mark.parametrize("end", [["1970"], pd.to_timedelta([5], unit="D"), [True]])
def test_text_and_lengths_of_time_are_no_years(end):
    with pytest.raises(TypeError, match="ties must have days or years in end"):
        arguments.spells("ties", pd.DataFrame({"start": [1900], "end": end}))


def test_truth_values():
    assert arguments.truths("events", [0, 1.0, True]).tolist() == [False, True, True]
    for values in (["yes"], [None], [True, None]):
        with pytest.raises(TypeError, match="events must be a row of truth values"):
            arguments.truths("events", values)
    for values, found in (([0, 2], "2 at position 1"), ([NAN, 1], "nan at position 0")):
        with pytest.raises(ValueError, match=f"or of 0 and 1, got {found}"):
            arguments.truths("events", values)
    for values in ([], 1, [[True]]):
        with pytest.raises(ValueError, match="events must be a row of truth values, got shape"):
            arguments.truths("events", values)


def test_rows_that_belong_together():
    arguments.equally_long(events=[1, 2], groups=[3, 4])
    with pytest.raises(
        ValueError, match="events, groups and times must be equally long, got 1, 2 and 2"
    ):
        arguments.equally_long(events=[1], groups=[3, 4], times=[5, 6])


def test_a_column_of_a_table():
    table = pd.DataFrame({"start": [1900]})
    assert arguments.column("ties", table, "start").tolist() == [1900]
    with pytest.raises(ValueError, match="ties must have the column end, got start"):
        arguments.column("ties", table, "end")
    with pytest.raises(TypeError, match="ties must be a DataFrame, got list"):
        arguments.column("ties", [1900], "start")


def test_a_source_of_chance():
    source = np.random.default_rng(1)
    assert arguments.generator(source) is source
    assert arguments.generator(7).random() == np.random.default_rng(7).random()
    with pytest.raises(ValueError, match="rng must be a whole number of at least 0, got -1"):
        arguments.generator(-1)
    with pytest.raises(TypeError, match="rng must be a whole number"):
        arguments.generator(None)
