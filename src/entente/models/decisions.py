"""How to choose under many aims and deep uncertainty, and how far does the choice hang on us?

An option that is best in one respect is seldom best in all, and seldom best in every future.
The first part of this module weighs criteria: weights from comparisons in pairs (AHP), a
ranking by distance from the ideal (TOPSIS), and the share of all possible weights for which
each option wins (SMAA). The second weighs futures: the regret of having chosen otherwise, and
what it would be worth to know. None of them makes opinions into facts; each shows what follows
from them, and how easily it changes.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "AHP",
    "ahp",
    "expected_value_of_information",
    "expected_value_of_perfect_information",
    "minimax_regret",
    "regret",
    "topsis",
    "winning_share",
]


# Weights from comparisons -----------------------------------------------------------------


class AHP(NamedTuple):
    """What `ahp` finds.

    Attributes
    ----------
    weights : ndarray, shape (n,)
        The weights of what was compared, above 0; they sum to 1.
    lambda_max : float
        λ, the largest eigenvalue; n if all comparisons agree, else larger.
    consistency_index : float
        (λ − n)/(n − 1), at least 0.
    consistency_ratio : float
        The index, divided by its mean for random comparisons. Custom accepts up to 0.1.
    """

    weights: NDArray[np.float64]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float


_RANDOM_INDEX = {  # for n = 3, 4, …, 10
    "saaty": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),  # reported as Saaty's
    "computed": (0.520, 0.880, 1.109, 1.248, 1.340, 1.404, 1.453, 1.483),  # 20,000 draws each
}
_RECIPROCAL = 1.5e-3  # so 1/3 may be written as 0.333, but 1/7 not as 0.14


def ahp(matrix: ArrayLike, random_index: str = "saaty") -> AHP:
    r"""Which weights fit best to comparisons in pairs, and how far do these contradict?

    Parameters
    ----------
    matrix : array_like, shape (n, n)
        How many times as important, or as good, the row is as the column: above 0, by custom
        from 1/9 to 9; n is at most 10. The matrix is reciprocal: :math:`a_{ji} = 1/a_{ij}`, to
        three digits, so write 1/7 or 0.143 and not 0.14.
    random_index : {"saaty", "computed"}
        The mean consistency index of random comparisons, by which to divide: Saaty's table, as
        reported, or our own from 20,000 draws for each n, whose standard error is at most .005.

    Returns
    -------
    AHP
        The fields `weights`, `lambda_max`, `consistency_index` and `consistency_ratio`. Of one
        or two nothing can contradict: index and ratio are 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if the matrix is not reciprocal.

    Notes
    -----
    The weights are the principal right eigenvector, :math:`Aw = \lambda w`, and with the
    random index R

    .. math:: \mathrm{CI} = \frac{\lambda - n}{n - 1}, \qquad
              \mathrm{CR} = \frac{\mathrm{CI}}{R_n}.

    Reciprocals that were rounded are evened out first, to
    :math:`\sqrt{a_{ij}/a_{ji}}`. For n = 3 the two tables differ by a tenth, so say which one
    was used. A low ratio means that opinions agree with one another, not that they are right.
    An option added or removed may reverse the order of the others.

    References
    ----------
    Saaty, T. L. (1980). *The Analytic Hierarchy Process*. McGraw-Hill.

    Saaty, T. L. and Khouja, M. W. (1976). A measure of world influence. *Journal of Peace
    Science* 2.

    Saaty, T. L. (1990). How to make a decision: the analytic hierarchy process. *European
    Journal of Operational Research* 48(1). doi:10.1016/0377-2217(90)90057-I.

    Examples
    --------
    >>> result = ahp([[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]])
    >>> result.weights.round(4)
    array([0.637 , 0.2583, 0.1047])
    >>> round(result.lambda_max, 4), round(result.consistency_ratio, 4)
    (3.0385, 0.0332)
    """
    # So far no contradiction, however great, leaves the range of floats
    A = arguments.matrix("matrix", matrix, "[1e-100, 1e100]", square=True)
    table = _RANDOM_INDEX[arguments.one_of("random_index", random_index, tuple(_RANDOM_INDEX))]
    n = len(A)
    if n > len(table) + 2:
        raise ValueError(f"matrix must have at most {len(table) + 2} rows, got {n}")
    logs = np.log(A)
    wrong = np.argwhere(np.abs(logs + logs.T) > _RECIPROCAL)
    if len(wrong):
        i, j = (int(place) for place in wrong[0])
        raise ValueError(
            "matrix must be reciprocal, a_ij = 1/a_ji, with 1 on the diagonal, got "
            f"{A[i, j]:g} in row {i}, column {j} and {A[j, i]:g} in row {j}, column {i}"
        )
    logs = (logs - logs.T) / 2
    # In units of the geometric means all entries are near 1, and the eigenvectors exact
    means = logs.mean(axis=1)
    values, vectors = np.linalg.eig(np.exp(logs - means[:, None] + means))
    first = values.real.argmax()
    weights = np.exp(means) * np.abs(vectors[:, first].real)
    λ = float(values[first].real)
    index = max(0.0, (λ - n) / (n - 1)) if n > 2 else 0.0
    ratio = index / table[n - 3] if n > 2 else 0.0
    return AHP(weights / weights.sum(), λ, index, ratio)


# Options and criteria ---------------------------------------------------------------------


def topsis(scores: ArrayLike, weights: ArrayLike, cost: Iterable[int] = ()) -> NDArray[np.float64]:
    r"""Which option is nearest to the ideal and farthest from the worst?

    Parameters
    ----------
    scores : array_like, shape (options, criteria)
        Each option's score on each criterion, in any unit; at least two options.
    weights : array_like, shape (criteria,)
        The criteria's weights, at least 0; only their ratios matter.
    cost : iterable of int
        The columns, counted from 0, in which less is better.

    Returns
    -------
    ndarray, shape (options,)
        Each option's closeness to the ideal, in [0, 1]: 1 if it is best on all criteria, 0 if
        it is worst on all.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range; also if no criterion with a weight tells the options
        apart.

    Notes
    -----
    Each column is divided by its length and multiplied by its weight,

    .. math:: y_{ij} = w_j\, x_{ij} \Big/ \sqrt{\textstyle\sum_k x_{kj}^2}.

    The ideal has the best, the anti-ideal the worst number of each column. With the Euclidean
    distances from them, :math:`d_i^+` and :math:`d_i^-`, the closeness is

    .. math:: C_i = \frac{d_i^-}{d_i^+ + d_i^-}.

    A column in which all are alike, zeros included, changes nothing. Since the options set the
    ideal and the unit, another option may reverse the order of the rest. The division by the
    length needs scores with a true zero.

    References
    ----------
    Hwang, C.-L. and Yoon, K. (1981). *Multiple Attribute Decision Making*. Springer.
    doi:10.1007/978-3-642-48318-9.

    Examples
    --------
    >>> scores = [[7, 9, 9, 8], [8, 7, 8, 7], [9, 6, 8, 9], [6, 7, 8, 6]]
    >>> topsis(scores, weights=[0.1, 0.4, 0.3, 0.2], cost=[3]).round(4)
    array([0.7427, 0.4036, 0.1759, 0.4414])
    """
    scores = arguments.matrix("scores", scores, at_least=(2, 1))
    weights = arguments.numbers("weights", weights, "[0, inf)")
    if weights.size != scores.shape[1]:
        raise ValueError(
            f"weights must be as many as the columns of scores, {scores.shape[1]}, "
            f"got {weights.size}"
        )
    better = _signs(cost, scores.shape[1])
    telling = (scores != scores[0]).any(axis=0) & (weights > 0)
    if not telling.any():
        raise ValueError("scores must differ in a column with a weight above 0, got options alike")
    x, w = better[telling] * _scaled(scores[:, telling]), weights[telling]
    unit = w / w.max() / np.sqrt((x**2).sum(axis=0))
    from_worst = np.sqrt(((unit * (x - x.min(axis=0))) ** 2).sum(axis=1))
    from_best = np.sqrt(((unit * (x.max(axis=0) - x)) ** 2).sum(axis=1))
    return from_worst / (from_best + from_worst)


def winning_share(
    scores: ArrayLike,
    draws: int = 10_000,
    cost: Iterable[int] = (),
    *,
    rng: int | np.random.Generator = 0,
) -> NDArray[np.float64]:
    r"""For what share of all possible weights is each option the best?

    Parameters
    ----------
    scores : array_like, shape (options, criteria)
        Each option's score on each criterion, in any unit.
    draws : int
        How many weights to draw, at least 1.
    cost : iterable of int
        The columns, counted from 0, in which less is better.
    rng : int or numpy.random.Generator
        The source of chance.

    Returns
    -------
    ndarray, shape (options,)
        The share of the weights for which the option wins; they sum to 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The weights are drawn evenly from all that are at least 0 and sum to 1. Each column is
    stretched to the range from 0, its worst, to 1, its best, and an option's value is

    .. math:: V_i = \sum_j w_j u_{ij}, \qquad
              u_{ij} = \frac{x_{ij} - \min_k x_{kj}}{\max_k x_{kj} - \min_k x_{kj}},

    with 1 − u for a cost; a column in which all are alike changes nothing. Options that tie
    share the win. The standard error is :math:`\sqrt{s(1-s)/\text{draws}}`, at most .005 for
    10,000 draws. An option that wins nowhere may still be a good second everywhere, and all
    weights are not equally sensible. In the literature: the rank acceptability index for the
    first rank.

    References
    ----------
    Lahdelma, R., Hokkanen, J. and Salminen, P. (1998). SMAA: stochastic multiobjective
    acceptability analysis. *European Journal of Operational Research* 106(1).

    Examples
    --------
    A compromise between two extremes wins where the weights are balanced, for half of them:

    >>> winning_share([[1, 0], [0, 1], [0.75, 0.75]]).round(2)
    array([0.25, 0.25, 0.5 ])
    """
    scores = arguments.matrix("scores", scores)
    draws = arguments.whole("draws", draws, least=1)
    better = _signs(cost, scores.shape[1])
    x = better * _scaled(scores)
    span = np.ptp(x, axis=0)
    # A column that differs by rounding only is one in which all are alike.
    u = (x - x.min(axis=0)) / np.where(span > 1e-12 * np.abs(x).max(axis=0), span, 1)
    weights = arguments.generator(rng).dirichlet(np.ones(scores.shape[1]), size=draws)
    values = weights @ u.T
    wins = values >= values.max(axis=1, keepdims=True) - 1e-12  # equal but for rounding
    return (wins / wins.sum(axis=1, keepdims=True)).mean(axis=0)


def _signs(cost: Iterable[int], columns: int) -> NDArray[np.float64]:
    """Return 1 for each column in which more is better, −1 for the others."""
    if isinstance(cost, str) or not isinstance(cost, Iterable):
        raise TypeError(f"cost must be a row of columns, got {cost!r}")
    signs = np.ones(columns)
    for column in cost:
        place = arguments.whole("cost", column, least=0)
        if place >= columns:
            raise ValueError(f"cost must be columns from 0 to {columns - 1}, got {place}")
        if signs[place] < 0:
            raise ValueError(f"cost must name a column once, got {place} twice")
        signs[place] = -1
    return signs


def _scaled(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each column over a power of 2, so within (−1, 1), where no square overflows."""
    exponents = np.frexp(np.abs(scores).max(axis=0))[1]
    return np.ldexp(scores, -exponents)


# Options and futures ----------------------------------------------------------------------


def regret(payoffs: ArrayLike) -> NDArray[np.float64]:
    r"""How much less does each option bring than the best one would have, in each future?

    Parameters
    ----------
    payoffs : array_like, shape (options, futures)
        What each option brings in each future.

    Returns
    -------
    ndarray, shape (options, futures)
        The regrets, at least 0, in the unit of the payoffs.

    Raises
    ------
    TypeError, ValueError
        If a payoff is no finite number, or if a difference is beyond the range of floats.

    Notes
    -----
    .. math:: r_{ij} = \max_k x_{kj} - x_{ij}.

    References
    ----------
    Savage, L. J. (1951). The theory of statistical decision. *Journal of the American
    Statistical Association* 46.

    Examples
    --------
    >>> regret([[10, 4, -5], [6, 5, 3], [2, 3, 6]])
    array([[ 0.,  1., 11.],
           [ 4.,  0.,  3.],
           [ 8.,  2.,  0.]])
    """
    payoffs = arguments.matrix("payoffs", payoffs)
    with np.errstate(over="ignore"):
        regrets = payoffs.max(axis=0) - payoffs
    if not np.isfinite(regrets).all():
        raise ValueError("payoffs must differ by less than 1.8e308, got larger differences")
    return regrets


def minimax_regret(payoffs: ArrayLike) -> int:
    r"""Which option can never be regretted much?

    Parameters
    ----------
    payoffs : array_like, shape (options, futures)
        What each option brings in each future.

    Returns
    -------
    int
        The row, counted from 0, of the option whose largest regret is least; the first one of
        several.

    Raises
    ------
    TypeError, ValueError
        As in `regret`.

    Notes
    -----
    .. math:: \arg\min_i \max_j r_{ij}.

    It needs no probabilities. As the best payoff in a future comes from some option, a new
    option that nobody would choose can change the choice among the others.

    References
    ----------
    Savage, L. J. (1951). The theory of statistical decision. *Journal of the American
    Statistical Association* 46.

    Lempert, R. J., Groves, D. G., Popper, S. W. and Bankes, S. C. (2006). A general, analytic
    method for generating robust strategies and narrative scenarios. *Management Science* 52(4).
    doi:10.1287/mnsc.1050.0472.

    Examples
    --------
    >>> minimax_regret([[10, 4, -5], [6, 5, 3], [2, 3, 6]])
    1
    """
    worst = regret(payoffs).max(axis=1)
    rounding = arguments.rounding(np.asarray(payoffs, dtype=float))
    return int((worst <= worst.min() + rounding).argmax())


def expected_value_of_perfect_information(payoffs: ArrayLike, probabilities: ArrayLike) -> float:
    r"""How much would it be worth to know the future before one chooses?

    Parameters
    ----------
    payoffs : array_like, shape (options, futures)
        What each option brings in each future.
    probabilities : array_like, shape (futures,)
        Each future's probability; they sum to 1.

    Returns
    -------
    float
        The most that a perfect forecast is worth, at least 0, in the unit of the payoffs.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if the probabilities do not sum to 1 (to 1e-9).

    Notes
    -----
    Who knows the future chooses the best option in each; who does not, the one that is best on
    average. The difference is the least expected regret:

    .. math:: \sum_j p_j \max_i x_{ij} - \max_i \sum_j p_j x_{ij}
              = \min_i \sum_j p_j r_{ij}.

    No real forecast is worth more. It says nothing of futures that were not thought of.

    References
    ----------
    Howard, R. A. (1966). Information value theory. *IEEE Transactions on Systems Science and
    Cybernetics* 2(1).

    Examples
    --------
    >>> payoffs = [[10, 4, -5], [6, 5, 3], [2, 3, 6]]
    >>> round(expected_value_of_perfect_information(payoffs, [1/3, 1/3, 1/3]), 4)
    2.3333
    """
    regrets = regret(payoffs)
    return float((regrets @ _probabilities(probabilities, regrets.shape[1])).min())


def expected_value_of_information(
    payoffs: ArrayLike, probabilities: ArrayLike, reports: ArrayLike
) -> float:
    r"""How much is a report worth that may be wrong?

    Parameters
    ----------
    payoffs : array_like, shape (options, futures)
        What each option brings in each future.
    probabilities : array_like, shape (futures,)
        Each future's probability before the report; they sum to 1.
    reports : array_like, shape (futures, messages)
        How probable each message is if that future comes; each row sums to 1.

    Returns
    -------
    float
        The most that the report is worth, at least 0, in the unit of the payoffs.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if probabilities or a row of `reports` do not sum to
        1 (to 1e-9).

    Notes
    -----
    Who reads the message m chooses the option that is then best on average; who does not, the
    one that is best on average at all:

    .. math:: \sum_m \max_i \sum_j p_j q_{jm} x_{ij} - \max_i \sum_j p_j x_{ij}.

    A report that changes no choice is worth nothing, however right it is. None is worth more
    than perfect information. Payment, delay, and what others do while one waits come on top.

    References
    ----------
    Howard, R. A. (1966). Information value theory. *IEEE Transactions on Systems Science and
    Cybernetics* 2(1). doi:10.1109/TSSC.1966.300074.

    Raiffa, H. and Schlaifer, R. (1961). *Applied Statistical Decision Theory*. Harvard
    University.

    Examples
    --------
    A report that is right in three of four cases, on a future as likely as not:

    >>> payoffs, reports = [[4, 0], [1, 2]], [[0.75, 0.25], [0.25, 0.75]]
    >>> expected_value_of_information(payoffs, [0.5, 0.5], reports)
    0.375
    >>> expected_value_of_information(payoffs, [0.5, 0.5], [[0.6, 0.4], [0.4, 0.6]])
    0.0
    """
    x = -regret(payoffs)  # what a future brings whatever one does is no gain of the report's
    p = _probabilities(probabilities, x.shape[1])
    q = arguments.matrix("reports", reports, "[0, 1]")
    if len(q) != x.shape[1]:
        raise ValueError(
            f"reports must have a row for each column of payoffs, {x.shape[1]}, got {len(q)}"
        )
    wrong = np.flatnonzero(np.abs(q.sum(axis=1) - 1) > 1e-9)
    if wrong.size:
        raise ValueError(
            f"reports must sum to 1 in each row, got {q[wrong[0]].sum()} in row {wrong[0]}"
        )
    informed = (x @ (p[:, None] * q)).max(axis=0).sum()
    return max(0.0, float(informed - (x @ p).max()))


def _probabilities(probabilities: ArrayLike, futures: int) -> NDArray[np.float64]:
    """Return the probabilities of so many futures."""
    p = arguments.numbers("probabilities", probabilities, "[0, 1]")
    if p.size != futures:
        raise ValueError(
            f"probabilities must be as many as the columns of payoffs, {futures}, got {p.size}"
        )
    if abs(p.sum() - 1) > 1e-9:
        raise ValueError(f"probabilities must sum to 1, got {p.sum()}")
    return p
