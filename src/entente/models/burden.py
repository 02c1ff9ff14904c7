"""Who pays for common defence, and is it the large who carry the small?

Allies who defend one another share a good from which none can be shut out. Each is tempted
to let the others pay; in the pure case of Olson and Zeckhauser the largest pay and the
smallest give nothing. This module computes what allies give of their own accord, what would
be best for all together, how that changes when part of the benefit stays at home (joint
products) or when the least or the greatest contribution decides, and whether real burdens
follow size. Incomes and contributions share one unit, for instance billions of dollars a
year.
"""

import math
from collections.abc import Iterable, Set
from itertools import permutations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "ExploitationTest",
    "efficient_provision",
    "exploitation_test",
    "joint_product_contributions",
    "leave_one_out",
    "lindahl_shares",
    "nash_contributions",
    "provide",
]


# A pure public good -----------------------------------------------------------------------


def nash_contributions(incomes: ArrayLike, taste: float) -> NDArray[np.float64]:
    r"""What does each ally give to the common defence when each decides for itself?

    Parameters
    ----------
    incomes : array_like, shape (n,)
        The allies' incomes, above 0.
    taste : float
        a, the weight of defence in the allies' preferences, in (0, 1): the share of its
        income that an ally would spend on defence alone.

    Returns
    -------
    ndarray, shape (n,)
        The contributions in Nash equilibrium, in the unit of `incomes`: 0 for free riders.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Ally i maximises :math:`x_i^{1-a} Q^a`, where :math:`x_i + q_i = I_i` and
    :math:`Q = \sum_j q_j`; its best reply is
    :math:`q_i = \max(0,\; aI_i - (1-a)Q_{-i})`. So all who give keep the same private
    consumption x. If the k richest give,

    .. math:: x_k = \frac{(1-a)\sum_{i \le k} I_i}{a + k(1-a)}, \qquad
              Q = \frac{a}{1-a}\,x_k.

    As each x_k is a weighted mean of the one before and of I_k, it rises as long as the next
    richest ally has more than that, that is, as long as it gives: the equilibrium is at the
    largest x_k. The sorting makes the cost O(n log n).

    References
    ----------
    Olson, M. and Zeckhauser, R. (1966). An economic theory of alliances. *Review of
    Economics and Statistics* 48(3): 266–279. doi:10.2307/1927082.

    Bergstrom, T., Blume, L. and Varian, H. (1986). On the private provision of public goods.
    *Journal of Public Economics* 29(1). doi:10.1016/0047-2727(86)90024-1.

    Examples
    --------
    >>> nash_contributions([100, 80, 60], taste=0.5)
    array([40., 20.,  0.])

    A gift from the largest to the two others changes who gives, and not what all have:

    >>> nash_contributions([90, 85, 65], taste=0.5)
    array([30., 25.,  5.])
    """
    incomes = _summable("incomes", incomes, "(0, inf)")
    a = arguments.number("taste", taste, "(0, 1)")
    k = np.arange(1, incomes.size + 1)
    x = (1 - a) * np.cumsum(np.sort(incomes)[::-1]) / (a + k * (1 - a))
    return np.maximum(0, incomes - x.max())


def efficient_provision(incomes: ArrayLike, taste: float) -> float:
    r"""How much common defence would be best for all allies together?

    Parameters
    ----------
    incomes, taste
        As in `nash_contributions`.

    Returns
    -------
    float
        The efficient provision Q*, in the unit of `incomes`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Samuelson's rule equates the sum of the allies' marginal rates of substitution,
    :math:`\sum_i \frac{a}{1-a}\,x_i/Q`, with the price, 1. So, whoever pays,

    .. math:: Q^* = a \sum_i I_i.

    References
    ----------
    Samuelson, P. A. (1954). The pure theory of public expenditure. *Review of Economics and
    Statistics* 36(4).

    Examples
    --------
    >>> efficient_provision([100, 80, 60], taste=0.5)
    120.0
    >>> float(nash_contributions([100, 80, 60], taste=0.5).sum())
    60.0
    """
    incomes = _summable("incomes", incomes, "(0, inf)")
    a = arguments.number("taste", taste, "(0, 1)")
    return float(a * incomes.sum())


def lindahl_shares(incomes: ArrayLike) -> NDArray[np.float64]:
    r"""Which shares of the cost would make all allies want the same, efficient defence?

    Parameters
    ----------
    incomes : array_like, shape (n,)
        The allies' incomes, above 0.

    Returns
    -------
    ndarray, shape (n,)
        Each ally's share of the cost, in (0, 1]; they sum to 1.

    Raises
    ------
    TypeError, ValueError
        If an income is out of range.

    Notes
    -----
    At a price :math:`t_i` for its share, an ally with the preferences of
    `nash_contributions` wants :math:`Q = aI_i/t_i`. All want the same at

    .. math:: t_i = I_i \Big/ \sum_j I_j.

    References
    ----------
    Lindahl, E. (1919). Just taxation: a positive solution. In Musgrave and Peacock (eds.),
    *Classics in the Theory of Public Finance*, 1958.

    Examples
    --------
    >>> lindahl_shares([50, 30, 20])
    array([0.5, 0.3, 0.2])
    """
    incomes = _summable("incomes", incomes, "(0, inf)")
    return incomes / incomes.sum()


# Joint products ---------------------------------------------------------------------------


def joint_product_contributions(
    incomes: ArrayLike, public_taste: float, private_taste: float
) -> NDArray[np.float64]:
    r"""What does each ally give when its forces also serve itself alone?

    Parameters
    ----------
    incomes : array_like, shape (n,)
        The allies' incomes, above 0.
    public_taste : float
        a, the weight of the common defence Q, in [0, 1).
    private_taste : float
        b, the weight of the own forces q, which also guard the coast or keep a colony, in
        [0, 1). The sum a + b must lie in (0, 1); b/(a + b) is the private share of the
        benefits.

    Returns
    -------
    ndarray, shape (n,)
        The contributions in Nash equilibrium, in the unit of `incomes`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Ally i maximises

    .. math:: (1-a-b)\ln(I_i - q_i) + a \ln Q + b \ln q_i, \qquad Q = \sum_j q_j.

    Given Q, its contribution is the positive root of

    .. math:: a q^2 + \left((1-a)Q - aI\right) q - b I Q = 0,

    which does not rise with Q. So the roots sum to Q at one Q only, which lies between
    :math:`(a+b)\max_i I_i` and :math:`(a+b)\sum_i I_i`. Bisection always finds it, in some
    sixty steps of cost O(n). With b = 0 the result is that of `nash_contributions`, for tastes
    that are not tiny (of 10⁻⁶ some nine digits agree); with a = 0 each gives :math:`bI_i`, for
    itself alone.

    References
    ----------
    Sandler, T. and Hartley, K. (2001). Economics of alliances: the lessons for collective
    action. *Journal of Economic Literature* 39(3). doi:10.1257/jel.39.3.869.

    Murdoch, J. C. and Sandler, T. (1982). A theoretical and empirical analysis of NATO.
    *Journal of Conflict Resolution* 26(2). doi:10.1177/0022002782026002003.

    Examples
    --------
    The more private the benefits, the more alike the burdens (per cent of income):

    >>> incomes = np.array([100, 10])
    >>> for b in (0, 0.05, 0.1):
    ...     print((100 * joint_product_contributions(incomes, 0.1 - b, b) / incomes).round(2))
    [10.  0.]
    [9.76 5.53]
    [10. 10.]
    """
    incomes = _summable("incomes", incomes, "(0, inf)")
    a = arguments.number("public_taste", public_taste, "[0, 1)")
    b = arguments.number("private_taste", private_taste, "[0, 1)")
    arguments.number("public_taste + private_taste", a + b, "(0, 1)")
    share = incomes / incomes.sum()

    low, high = share.max(), 1.0  # Q and q in units of (a + b) Σ I
    while low < (Q := (low + high) / 2) < high:
        if _given(Q, share, a, b).sum() > Q:
            low = Q
        else:
            high = Q
    return _given(Q, share, a, b) * (a + b) * incomes.sum()


def _given(Q: float, income: NDArray[np.float64], a: float, b: float) -> NDArray[np.float64]:
    """Return the positive root of a q² + B q − C = 0 for each income, in the stabler form."""
    B = (1 - a) * Q - a / (a + b) * income
    C = b / (a + b) * income * Q
    twice = np.abs(B) + np.sqrt(B**2 + 4 * a * C)
    return np.where(B > 0, 2 * C, twice) / np.where(B > 0, twice, 2 * a)


# How contributions add up -----------------------------------------------------------------


def provide(contributions: ArrayLike, technology: str = "summation") -> float:
    """How much defence do the contributions make?

    Parameters
    ----------
    contributions : array_like, shape (n,)
        At least 0.
    technology : {"summation", "weakest_link", "best_shot"}
        Whether the sum decides (troops in a field), the least (a guarded border, a secret)
        or the greatest (a vaccine, a nuclear umbrella).

    Returns
    -------
    float
        The defence provided, in the unit of `contributions`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    References
    ----------
    Hirshleifer, J. (1983). From weakest-link to best-shot: the voluntary provision of public
    goods. *Public Choice* 41. doi:10.1007/BF00141070.

    Examples
    --------
    >>> [provide([5, 3, 1], how) for how in ("summation", "weakest_link", "best_shot")]
    [9.0, 1.0, 5.0]
    """
    contributions = _summable("contributions", contributions, "[0, inf)")
    technologies = {"summation": np.sum, "weakest_link": np.min, "best_shot": np.max}
    technology = arguments.one_of("technology", technology, tuple(technologies))
    return float(technologies[technology](contributions))


# Do the large carry the small? ------------------------------------------------------------


class ExploitationTest(NamedTuple):
    """What `exploitation_test` finds.

    Attributes
    ----------
    spearman : float
        Rank correlation ρ of size and burden, in [-1, 1].
    p_value : float
        The probability of a ρ at least as high if size and burden had nothing to do with
        each other; in [0, 1].
    kendall : float
        Rank correlation τ-b, in [-1, 1].
    n : int
        The number of allies.
    """

    spearman: float
    p_value: float
    kendall: float
    n: int


_ENUMERATED = 8  # up to this many allies, all orders are tried (8! = 40,320)


def exploitation_test(size: ArrayLike, burden: ArrayLike) -> ExploitationTest:
    r"""Do larger allies carry heavier burdens than smaller ones?

    Parameters
    ----------
    size : array_like, shape (n,)
        Each ally's size, for instance its GNP; n is at least 3.
    burden : array_like, shape (n,)
        Its burden in the same order, for instance defence spending in per cent of GNP.

    Returns
    -------
    ExploitationTest
        The fields `spearman`, `p_value` (one-sided), `kendall` and `n`.

    Raises
    ------
    TypeError, ValueError
        If a number is missing, if the lengths differ, or if all sizes or all burdens are
        equal, so that there is no order to compare.

    Notes
    -----
    Ties get mean ranks. The p-value is exact for up to 8 allies, by trying every order of
    the burdens; beyond, Student's t with n − 2 degrees of freedom approximates it:

    .. math:: t = \rho \sqrt{\frac{n - 2}{1 - \rho^2}}.

    Near ρ = 1 the approximation is several times too small with nine or ten allies; it is never
    given below 1/n!, the chance of one order among all.

    "Exploitation" is the literature's word for this correlation. It cannot tell why burdens
    differ, and as a burden is a ratio to income, an error in income alone moves both sides.

    References
    ----------
    Olson, M. and Zeckhauser, R. (1966). An economic theory of alliances. *Review of
    Economics and Statistics* 48(3): 266–279. doi:10.2307/1927082.

    Examples
    --------
    >>> test = exploitation_test([570, 89, 79, 73, 44], [9.0, 5.5, 7.0, 6.7, 4.1])
    >>> round(test.spearman, 2), round(test.p_value, 4), round(test.kendall, 2), test.n
    (0.7, 0.1167, 0.6, 5)
    """
    from scipy import stats

    size, burden = _paired(size, burden, at_least=3)
    ρ = float(_spearman(size, burden))
    n = size.size
    if n <= _ENUMERATED:
        orders = np.array(list(permutations(burden)))
        p_value = np.mean(_spearman(np.broadcast_to(size, orders.shape), orders) > ρ - 1e-9)
    else:
        p_value = max(
            stats.spearmanr(size, burden, alternative="greater").pvalue, 1 / math.factorial(n)
        )
    return ExploitationTest(ρ, float(p_value), float(stats.kendalltau(size, burden).statistic), n)


def leave_one_out(size: ArrayLike, burden: ArrayLike, labels: Iterable[str]) -> pd.DataFrame:
    """Does the finding hang on a single ally?

    Parameters
    ----------
    size, burden : array_like, shape (n,)
        As in `exploitation_test`; n is at least 4.
    labels : iterable of str, length n
        The allies' names, in the same order.

    Returns
    -------
    DataFrame
        One row for each ally, in the order given: `label`, and `spearman`, the rank
        correlation of size and burden among all others.

    Raises
    ------
    TypeError, ValueError
        As in `exploitation_test`; also if a label is missing, or if without some ally all
        sizes or all burdens are equal.

    Examples
    --------
    >>> leave_one_out([4, 3, 2, 1], [8, 7, 6, 9], ["A", "B", "C", "D"])
      label  spearman
    0     A      -0.5
    1     B      -0.5
    2     C      -0.5
    3     D       1.0
    """
    size, burden = _paired(size, burden, at_least=4)
    if isinstance(labels, str | bytes | Set) or not isinstance(labels, Iterable):
        raise TypeError(f"labels must be a row of names, got {labels!r}")
    labels = list(labels)
    if len(labels) != size.size or pd.isna(np.array(labels, dtype=object)).any():
        raise ValueError(f"labels must be {size.size} names, one for each ally, got {labels}")

    n = size.size
    others = np.broadcast_to(np.arange(n), (n, n))[~np.eye(n, dtype=bool)].reshape(n, n - 1)
    for name, values in (("size", size), ("burden", burden)):
        constant = np.ptp(values[others], axis=1) == 0
        if constant.any():
            raise ValueError(
                f"{name} must still differ when an ally is left out, "
                f"got all equal without {labels[constant.argmax()]}"
            )
    return pd.DataFrame({"label": labels, "spearman": _spearman(size[others], burden[others])})


def _spearman(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlate ranks along the last axis."""
    from scipy import stats

    x, y = (stats.rankdata(values, axis=-1) for values in (x, y))
    x, y = x - x.mean(axis=-1, keepdims=True), y - y.mean(axis=-1, keepdims=True)
    return (x * y).sum(-1) / np.sqrt((x * x).sum(-1) * (y * y).sum(-1))


def _summable(name: str, values: ArrayLike, allowed: str) -> NDArray[np.float64]:
    row = arguments.numbers(name, values, allowed)
    with np.errstate(over="ignore"):
        if not np.isfinite(row.sum()):
            raise ValueError(f"{name} must have a sum that a float can hold, got more")
    return row


def _paired(
    size: ArrayLike, burden: ArrayLike, at_least: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = arguments.numbers("size", size, at_least=at_least)
    burden = arguments.numbers("burden", burden, at_least=at_least)
    arguments.equally_long(size=size, burden=burden)
    for name, values in (("size", size), ("burden", burden)):
        if np.ptp(values) == 0:
            raise ValueError(f"{name} must not be the same for all, got {values[0]} throughout")
    return size, burden
