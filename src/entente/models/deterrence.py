"""Do alliances deter, why do bargains fail, and how would we know?

A pledge deters if the challenger believes in it; so those that are put to the test are the
ones that few believed in, and the record of wars is a biased sample of pledges. War itself
needs an explanation, as both sides could share what they would waste: here one of them does
not know the other's costs. And while they bargain they arm, each because the other does.

Most pairs of states are far apart and weak, and will never fight, whatever they sign. A study
of deterrence therefore begins with the *risk set*: the pairs and years in which a dispute was
possible. The usual choice are the politically relevant pairs, neighbours and pairs with a
major power. It is a choice: other risk sets give other rates, and sometimes another sign.
"""

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "bargaining_range",
    "clustered_risk_ratio",
    "honour_threshold",
    "observed_reliability",
    "optimal_demand",
    "relevant_dyads",
    "richardson_equilibrium",
    "richardson_path",
    "richardson_stable",
    "risk_ratio",
]


# Pledges and wars --------------------------------------------------------------------------


def honour_threshold(p_alone: float, p_defended: float, cost_ratio: float) -> float:
    r"""How reliable must an ally seem for an attack not to pay?

    Parameters
    ----------
    p_alone : float
        p₀, the probability, in [0, 1], that the challenger wins if the ally stays out.
    p_defended : float
        p₁, the same if the ally fights; at least 0 and below `p_alone`.
    cost_ratio : float
        k/V, the cost of attacking over the worth of winning, at least 0.

    Returns
    -------
    float
        h*, the least probability of being honoured at which the pledge deters. At 0 or below,
        no ally is needed; above 1, none is enough.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if `p_defended` is not below `p_alone`.

    Notes
    -----
    A challenger who believes that the ally fights with probability h attacks if
    :math:`\left(h p_1 + (1-h) p_0\right) V - k > 0`. So deterrence holds if

    .. math:: h \ge h^* = \frac{p_0 - k/V}{p_0 - p_1}.

    It is the reliability in the challenger's eyes that counts. What the target does when it
    feels safe, and what the ally does to seem reliable, is left out.

    References
    ----------
    Smith, A. (1995). Alliance formation and war. *International Studies Quarterly* 39(4).

    Examples
    --------
    >>> round(honour_threshold(p_alone=0.7, p_defended=0.3, cost_ratio=0.5), 4)
    0.5
    """
    p_alone, p_defended = _chances(p_alone, p_defended)
    cost_ratio = arguments.number("cost_ratio", cost_ratio, "[0, inf)")
    threshold = (p_alone - cost_ratio) / (p_alone - p_defended)
    if math.isinf(threshold):
        raise ValueError(
            f"cost_ratio must be small enough for the threshold to be a number, got {cost_ratio}"
        )
    return threshold


def observed_reliability(
    p_alone: float, p_defended: float, cost_ratio: float | None = None
) -> float:
    r"""How reliable do allies look, if only the pledges that were attacked are counted?

    Parameters
    ----------
    p_alone, p_defended
        As in `honour_threshold`.
    cost_ratio : float, optional
        k/V, if it is the same for all challengers, at least 0. Without it, it is spread evenly
        over (0, 1).

    Returns
    -------
    float
        The mean reliability among the attacked, in (0, 1/2], where that of all is 1/2.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if nobody attacks, so that nothing is observed.

    Notes
    -----
    Reliability h is spread evenly over (0, 1), and challengers know it. With one cost for all,
    those below the threshold h* of `honour_threshold` are attacked, and

    .. math:: E(h \mid \text{attack}) = \tfrac12 \min(h^*, 1).

    With a cost spread evenly, h is attacked with probability :math:`p_0 - (p_0 - p_1)h`, and

    .. math:: E(h \mid \text{attack})
              = \frac{\int h \left(p_0 - (p_0 - p_1)h\right) dh}{\int p_0 - (p_0 - p_1)h \, dh}
              = \frac{p_0 + 2p_1}{3\,(p_0 + p_1)}.

    Wars are a biased sample: the reliable are the ones not tested. The size of the bias hangs
    on the even spread and on how much challengers know.

    References
    ----------
    Fearon, J. D. (1994). Signaling versus the balance of power and interests: an empirical
    test of a crisis bargaining model. *Journal of Conflict Resolution* 38(2).

    Smith, A. (1995). Alliance formation and war. *International Studies Quarterly* 39(4).

    Examples
    --------
    Half of all pledges would be honoured, but of those put to the test only a quarter:

    >>> round(observed_reliability(p_alone=0.7, p_defended=0.3, cost_ratio=0.5), 4)
    0.25
    >>> round(observed_reliability(p_alone=0.7, p_defended=0.3), 4)
    0.4333
    """
    p_alone, p_defended = _chances(p_alone, p_defended)
    if cost_ratio is None:
        return (p_alone + 2 * p_defended) / (p_alone + p_defended) / 3
    cost_ratio = arguments.number("cost_ratio", cost_ratio, "[0, inf)")
    if cost_ratio >= p_alone:
        raise ValueError(
            f"cost_ratio must be below p_alone, {p_alone}, got {cost_ratio}: "
            "nobody attacks, and no reliability is observed"
        )
    return min(1.0, honour_threshold(p_alone, p_defended, cost_ratio)) / 2


# Bargaining ---------------------------------------------------------------------------------


def bargaining_range(p: float, cost_a: float, cost_b: float) -> tuple[float, float]:
    r"""Which divisions do both sides prefer to war?

    Parameters
    ----------
    p : float
        The probability, in [0, 1], that A wins a war and takes all.
    cost_a, cost_b : float
        What war costs A and B, at least 0, as shares of what is at stake.

    Returns
    -------
    tuple of float
        The least and the greatest share of A, in [0, 1], that both accept.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    War gives A the share p less its cost, and B the share 1 − p less its own. So both prefer
    a share x of A if

    .. math:: \max(0, p - c_A) \le x \le \min(1, p + c_B).

    Nobody can have less than nothing or more than all; where neither bound binds, the range is
    as wide as :math:`c_A + c_B`, whatever p. An ally who changes p changes the terms: with full
    information there is no war, however strong it is. If power shifts by more than
    :math:`c_A + c_B`, no share today makes up for tomorrow.

    References
    ----------
    Fearon, J. D. (1995). Rationalist explanations for war. *International Organization*
    49(3). doi:10.1017/S0020818300033324.

    Examples
    --------
    >>> bargaining_range(p=0.5, cost_a=0.125, cost_b=0.25)
    (0.375, 0.75)
    >>> bargaining_range(p=0.875, cost_a=0.125, cost_b=0.25)
    (0.75, 1.0)
    """
    p = arguments.number("p", p, "[0, 1]")
    cost_a = arguments.number("cost_a", cost_a, "[0, inf)")
    cost_b = arguments.number("cost_b", cost_b, "[0, inf)")
    return max(0.0, p - cost_a), min(1.0, p + cost_b)


def optimal_demand(p: float, cost_a: float, cost_b_max: float) -> tuple[float, float]:
    r"""How much does A demand, if it does not know what war would cost B?

    Parameters
    ----------
    p : float
        The probability, in [0, 1], that A wins a war and takes all.
    cost_a : float
        c, what war costs A, at least 0, as a share of what is at stake.
    cost_b_max : float
        b, above 0: B's cost is spread evenly over (0, b), and only B knows it.

    Returns
    -------
    tuple of float
        The share that A demands, in [p, 1], and the probability, in [0, 1/2], that B refuses
        and fights.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    B accepts a demand x if :math:`x \le p + c_B`. A's utility

    .. math:: U(x) = x \Pr(c_B \ge x - p) + (p - c) \Pr(c_B < x - p)

    rises up to p, which every B accepts, and is a concave parabola between p and p + b. With
    at most all to demand,

    .. math:: x^* = p + d, \qquad \Pr(\text{war}) = \frac{d}{b}, \qquad
              d = \min\left(\frac{\max(0, b - c)}{2},\; 1 - p\right).

    If war costs A at least b, it takes no risk. The risk comes from the width of what A does
    not know, compared with its own cost, and from no love of war; partners who tell A more
    about B lower it, allies who make B harder to read raise it. B cannot make an offer of its
    own here, nor A learn from a refusal.

    References
    ----------
    Fearon, J. D. (1995). Rationalist explanations for war. *International Organization*
    49(3). doi:10.1017/S0020818300033324.

    Examples
    --------
    Half as much doubt leaves two thirds of the risk:

    >>> for b in (0.4, 0.2):
    ...     demand, risk = optimal_demand(p=0.5, cost_a=0.1, cost_b_max=b)
    ...     print(round(demand, 4), round(risk, 4))
    0.65 0.375
    0.55 0.25
    """
    p = arguments.number("p", p, "[0, 1]")
    cost_a = arguments.number("cost_a", cost_a, "[0, inf)")
    b = arguments.number("cost_b_max", cost_b_max, "(0, inf)")
    dared = min(max(0.0, b - cost_a) / 2, 1 - p)
    return p + dared, dared / b


# Arms races ---------------------------------------------------------------------------------


def richardson_equilibrium(
    k: float,
    l: float,  # noqa: E741
    a: float,
    b: float,
    g: float,
    h: float,
) -> tuple[float, float]:
    r"""At which armaments would both sides of an arms race stand still?

    Parameters
    ----------
    k, l : float
        How strongly the first and the second side react to the other's armaments, at least 0,
        per year.
    a, b : float
        The fatigue of the first and the second side: how strongly it is held back by what it
        has, at least 0, per year.
    g, h : float
        Their grievances, which make them arm without a threat, or, below 0, their goodwill; in
        units of spending per year.

    Returns
    -------
    tuple of float
        The armaments x of the first and y of the second side, in units of spending.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, if ab = kl, so that there is no single equilibrium, or
        if it is too large for a number.

    Notes
    -----
    Richardson's equations are

    .. math:: \dot x = ky - ax + g, \qquad \dot y = lx - by + h,

    and both vanish at

    .. math:: x^* = \frac{kh + bg}{ab - kl}, \qquad y^* = \frac{lg + ah}{ab - kl}.

    It is reached only if it is stable (see `richardson_stable`), and it can be negative, where
    goodwill outweighs grievance or where the race runs away from it; Richardson read armaments
    below zero as cooperation. The result is exact, with each number taken as the decimal that
    it prints as.

    References
    ----------
    Richardson, L. F. (1960). *Arms and Insecurity*. Pittsburgh: Boxwood.

    Examples
    --------
    >>> x, y = richardson_equilibrium(k=0.8, l=0.6, a=1, b=0.9, g=0.5, h=0.3)
    >>> round(x, 6), round(y, 6)
    (1.642857, 1.428571)
    """
    k, l, a, b = _reactions(k, l, a, b)  # noqa: E741
    g, h = _exact("g", g), _exact("h", h)
    surplus = a * b - k * l
    if surplus == 0:
        raise ValueError(
            f"a * b must differ from k * l for a single equilibrium, got {float(a)} * {float(b)} "
            f"and {float(k)} * {float(l)}"
        )
    try:
        return float((k * h + b * g) / surplus), float((l * g + a * h) / surplus)
    except OverflowError:
        raise ValueError(
            "g and h must be small enough for the equilibrium to be a number, "
            f"got {float(g)} and {float(h)}"
        ) from None


def richardson_stable(k: float, l: float, a: float, b: float) -> bool:  # noqa: E741
    r"""Does an arms race come to rest of its own accord?

    Parameters
    ----------
    k, l, a, b
        As in `richardson_equilibrium`.

    Returns
    -------
    bool
        True if armaments approach the equilibrium from wherever they start.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The eigenvalues of the system,

    .. math:: -\frac{a + b}{2} \pm \sqrt{\left(\frac{a - b}{2}\right)^2 + kl},

    are real, so that armaments never swing in cycles, and both are negative if

    .. math:: ab > kl,

    if fatigue outweighs reaction. Grievances move the equilibrium, but do not make it stable
    or unstable. The comparison is exact, with each number taken as the decimal that it prints
    as; at ab = kl the race does not come to rest.

    References
    ----------
    Richardson, L. F. (1960). *Arms and Insecurity*. Pittsburgh: Boxwood.

    Examples
    --------
    >>> richardson_stable(k=0.8, l=0.6, a=1, b=0.9)
    True
    >>> richardson_stable(k=0.6, l=0.6, a=0.4, b=0.9)
    False
    """
    k, l, a, b = _reactions(k, l, a, b)  # noqa: E741
    return a * b > k * l


def richardson_path(
    k: float,
    l: float,  # noqa: E741
    a: float,
    b: float,
    g: float,
    h: float,
    start: ArrayLike,
    times: ArrayLike,
) -> NDArray[np.float64]:
    r"""How do the armaments of two rivals develop?

    Parameters
    ----------
    k, l, a, b, g, h
        As in `richardson_equilibrium`.
    start : array_like, shape (2,)
        The armaments of the first and the second side at time 0, in units of spending.
    times : array_like, shape (m,)
        The times to tell of, at least 0, in years and in any order.

    Returns
    -------
    ndarray, shape (m, 2)
        The armaments x and y at each time, in units of spending. They can fall below 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if armaments grow too large for a number.

    Notes
    -----
    With the matrix M of the equations of `richardson_equilibrium`, and c = (g, h),

    .. math:: z(t) = e^{Mt} z(0) + \int_0^t e^{Ms} ds\; c.

    Both terms are written as sums of positive numbers by means of the two eigenvalues, the
    slower :math:`\lambda` and the faster :math:`\mu = \lambda - 2\delta`, and of a matrix
    :math:`N = M - \mu I` without negative entries:

    .. math:: e^{Mt} = e^{\mu t} I + e^{\lambda t}\,\frac{1 - e^{-2\delta t}}{2\delta}\, N.

    So it is exact to rounding at any time, also if ab = kl, where there is no equilibrium and
    a numerical matrix exponential loses its digits in the long run.

    The coefficients are constant: nobody learns, runs out of money or gains an ally.

    References
    ----------
    Richardson, L. F. (1960). *Arms and Insecurity*. Pittsburgh: Boxwood.

    Examples
    --------
    A race that comes to rest, and one that does not:

    >>> richardson_path(0.8, 0.6, 1, 0.9, 0.5, 0.3, start=[0.2, 0.1], times=[0, 5, 50]).round(4)
    array([[0.2   , 0.1   ],
           [1.2428, 1.0562],
           [1.6429, 1.4286]])
    >>> richardson_path(0.6, 0.6, 0.6, 0.6, 0.3, 0.3, start=[0, 0], times=[0, 5, 50]).round(4)
    array([[ 0. ,  0. ],
           [ 1.5,  1.5],
           [15. , 15. ]])
    """
    exact = _reactions(k, l, a, b)
    c = np.array([arguments.number("g", g), arguments.number("h", h)])
    start = arguments.numbers("start", start, at_least=2)
    if start.size != 2:
        raise ValueError(f"start must be the armaments of 2 sides, got {start.size} numbers")
    t = arguments.numbers("times", times, "[0, inf)")
    with np.errstate(all="ignore"):  # what does not end in a number is refused below
        path = _race(exact, c, start, t)
    wrong = ~np.isfinite(path).all(axis=1)
    if wrong.any():
        raise ValueError(
            "times must be short enough for the growth of armaments to be a number, "
            f"got {t[wrong.argmax()]}"
        )
    return path


def _race(
    exact: tuple[Fraction, ...],
    c: NDArray[np.float64],
    start: NDArray[np.float64],
    t: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Solve Richardson's equations; the notes of `richardson_path` explain the names."""
    k, l, a, b = (float(number) for number in exact)  # noqa: E741
    half = a / 2 - b / 2
    δ = math.hypot(half, math.sqrt(k) * math.sqrt(l))
    μ = -(a / 2 + b / 2 + δ)
    if math.isinf(μ):
        raise ValueError(f"k, l, a and b must have a sum that is a number, got {k}, {l}, {a}, {b}")
    λ = float((exact[2] * exact[3] - exact[0] * exact[1]) / Fraction(μ)) if μ else 0.0
    most = δ + abs(half)
    least = k / most * l if most else 0.0  # δ − |half|, cancelling nothing
    N = np.array([[least, k], [l, most]] if half > 0 else [[most, k], [l, least]])

    # e^{Mt} is fast I + mixed N, and its integral fast_sum I + mixed_sum N.
    fast, mixed = np.exp(μ * t), np.exp(λ * t) * _accumulated(-2 * δ, t)
    fast_sum, slow_sum = _accumulated(μ, t), _accumulated(λ, t)
    mixed_sum = (slow_sum - mixed) / -μ if λ <= 0 else (slow_sum - fast_sum) / (2 * δ)
    # These differences cancel while little has happened; Gauss's rule is then exact.
    node, weight = np.polynomial.legendre.leggauss(10)
    node, weight = (node + 1) / 2, weight / 2
    s = np.multiply.outer(t, node)
    early = t * ((np.exp(λ * s) * _accumulated(-2 * δ, s)) @ weight)
    mixed_sum = np.where((max(λ, 0) - μ) * t < 1, early, mixed_sum)

    return (
        np.multiply.outer(fast, start)
        + np.multiply.outer(mixed, N @ start)
        + np.multiply.outer(fast_sum, c)
        + np.multiply.outer(mixed_sum, N @ c)
    )


def _accumulated(rate: float, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Integrate e^(rate s) over s from 0 to t, for any product of the two."""
    from scipy.special import exprel  # (e^x − 1)/x

    x = rate * t
    return np.where(x > -1, t * exprel(x), np.expm1(x) / rate)


# The risk set -----------------------------------------------------------------------------


def relevant_dyads(
    states: pd.DataFrame,
    contiguity: pd.DataFrame,
    major_powers: pd.DataFrame,
    first: int,
    last: int,
) -> pd.DataFrame:
    r"""Which pairs of states could have met in a dispute, year by year?

    Parameters
    ----------
    states : DataFrame
        Spells of states in the system: `ccode`, `start`, `end`.
    contiguity : DataFrame
        Spells of neighbourhood, each pair once: `state_a`, `state_b`, `start`, `end`. Keep the
        rows with ``type == 1`` to count land borders only.
    major_powers : DataFrame
        Spells of major powers: `ccode`, `start`, `end`. With no rows, only neighbours remain.
    first, last : int
        The first and the last year, both included.

    Returns
    -------
    DataFrame
        One row for each politically relevant directed pair and year: `ccode1`, `ccode2`,
        `year` (int), `contiguous`, `major1`, `major2` (bool), in the order of the first three.
        Each pair stands twice in a year, once from each side.

    Raises
    ------
    TypeError, ValueError
        If a table lacks a column or has something else than days or years in it, if a spell ends
        before its start, or if the years are not whole or `last` is before `first`.

    Notes
    -----
    A directed pair :math:`(i, j)` is in the risk set of year t if both are states in t and

    .. math:: C_{ijt} \lor M_{it} \lor M_{jt},

    contiguous, or one of them a major power. `start` and `end` may be days or years; a spell
    counts in every year that it touches, and one without an end has not ended. All is done at
    once on arrays of pairs by years, n² T cells for n states and T years.

    With the tables of the course and any kind of contiguity there are 224,576 rows for 1816 to
    2010. The original file of contiguity also has spells of type 0, which tell when a pair was
    *not* contiguous; whoever counts them as contiguity gets 227,358.

    References
    ----------
    Maoz, Z. and Russett, B. (1993). Normative and structural causes of democratic peace,
    1946–1986. *American Political Science Review* 87(3).

    Examples
    --------
    Three states in 1914 and 1915; the first and the second share a border until 1914, and the
    third becomes a major power in 1915.

    >>> states = pd.DataFrame({"ccode": [1, 2, 3], "start": 1900, "end": None})
    >>> border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": 1914})
    >>> majors = pd.DataFrame({"ccode": [3], "start": [1915], "end": None})
    >>> relevant_dyads(states, border, majors, 1914, 1915).query("ccode1 < ccode2")
       ccode1  ccode2  year  contiguous  major1  major2
    0       1       2  1914        True   False   False
    1       1       3  1915       False   False    True
    3       2       3  1915       False   False    True
    """
    first = arguments.whole("first", first, 1)
    last = arguments.whole("last", last, first)
    codes = np.unique(_whole("states", states, "ccode"))
    size, years = codes.size, last - first + 1

    def cells(name: str, table: pd.DataFrame, *columns: str) -> tuple[NDArray[np.int64], ...]:
        """The positions of all states or pairs of a table, and of all years of their spells."""
        places = [_whole(name, table, column) for column in columns]
        start, end = arguments.spells(name, table)
        start, end = np.maximum(start, first), np.minimum(end, last)
        known = np.logical_and.reduce([start <= end, *(np.isin(place, codes) for place in places)])
        start, end = (years[known].astype(np.int64) - first for years in (start, end))
        length = end - start + 1
        spell = np.repeat(np.arange(length.size), length)
        year = np.arange(spell.size) - (np.cumsum(length) - length - start)[spell]
        return *(np.searchsorted(codes, place[known])[spell] for place in places), year

    exists = np.zeros((size, years), dtype=bool)
    exists[cells("states", states, "ccode")] = True
    major = np.zeros_like(exists)
    major[cells("major_powers", major_powers, "ccode")] = True
    near = np.zeros((size, size, years), dtype=bool)
    one, other, year = cells("contiguity", contiguity, "state_a", "state_b")
    near[one, other, year] = near[other, one, year] = True

    relevant = near | major[:, None] | major[None, :]
    relevant &= exists[:, None] & exists[None, :]
    relevant[np.arange(size), np.arange(size)] = False
    one, other, year = np.nonzero(relevant)
    return pd.DataFrame(
        {
            "ccode1": codes[one],
            "ccode2": codes[other],
            "year": year + first,
            "contiguous": near[one, other, year],
            "major1": major[one, year],
            "major2": major[other, year],
        }
    )


# Comparing rates ----------------------------------------------------------------------------

_DRAWS = 2_000  # of the bootstrap


def risk_ratio(
    events_a: int, n_a: int, events_b: int, n_b: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    r"""How many times as often does something happen in group a as in group b?

    Parameters
    ----------
    events_a, events_b : int
        How often it happened in each group, at least 1 in both, and not in all trials of both.
    n_a, n_b : int
        The number of independent trials in each group, at least that of its events.
    confidence : float
        The confidence of the interval, in (0, 1).

    Returns
    -------
    tuple of float
        The ratio of the two rates, and the lower and upper end of its interval.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Katz's interval takes the logarithm of the ratio as normal, with the variance

    .. math:: \frac{1}{x_a} - \frac{1}{n_a} + \frac{1}{x_b} - \frac{1}{n_b}.

    Years of the same pair of states are not independent trials: use `clustered_risk_ratio`.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. P. and Pike, M. C. (1978). Obtaining confidence intervals
    for the risk ratio in cohort studies. *Biometrics* 34(3).

    Examples
    --------
    >>> [round(number, 5) for number in risk_ratio(20, 200, 40, 200)]
    [0.5, 0.30336, 0.82411]
    """
    x_a, x_b = (
        arguments.whole(name, events, least=1)
        for name, events in (("events_a", events_a), ("events_b", events_b))
    )
    n_a, n_b = arguments.whole("n_a", n_a, least=x_a), arguments.whole("n_b", n_b, least=x_b)
    if x_a == n_a and x_b == n_b:
        raise ValueError(
            f"events_a and events_b must leave a trial without an event, got {x_a} of {n_a} and "
            f"{x_b} of {n_b}"
        )
    confidence = arguments.number("confidence", confidence, "(0, 1)")
    ratio = (x_a / n_a) / (x_b / n_b)
    spread = -NormalDist().inv_cdf((1 - confidence) / 2) * math.sqrt(
        1 / x_a - 1 / n_a + 1 / x_b - 1 / n_b
    )
    return ratio, ratio * math.exp(-spread), ratio * math.exp(spread)


def clustered_risk_ratio(
    events: ArrayLike,
    exposed: ArrayLike,
    clusters: ArrayLike,
    confidence: float = 0.95,
    *,
    strata: ArrayLike | None = None,
    rng: int | np.random.Generator = 0,
) -> tuple[float, float, float]:
    r"""How many times as often does something happen to the exposed, if trials come in clusters?

    Parameters
    ----------
    events : array_like of bool, shape (n,)
        Whether it happened in each trial, such as a year of a pair of states.
    exposed : array_like of bool, shape (n,)
        Whether the trial was exposed to what is being studied.
    clusters : array_like, shape (n,)
        The label of each trial's cluster, such as the pair. Trials of one cluster may depend on
        each other, those of different clusters may not. At least two clusters have exposed
        trials, and two have others.
    confidence : float
        The confidence of the interval, in (0, 1).
    strata : array_like, shape (n,), optional
        The label of each trial's stratum: like is compared with like, within strata only. With
        the pair as stratum, each pair is compared with itself at other times.
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same interval.

    Returns
    -------
    tuple of float
        The ratio of the rate among the exposed to that among the others, and the lower and
        upper end of its interval.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, if either group has trials in one cluster only or no
        event, if all trials have events, or if the unexposed have events in so few clusters that
        the interval has no upper end. With strata, if no stratum has events in both groups.

    Notes
    -----
    In stratum s let x of n exposed trials have an event, and y of m others. The ratio weighs
    strata as Mantel and Haenszel do for odds,

    .. math:: \frac{\sum_s x_s m_s / (n_s + m_s)}{\sum_s y_s n_s / (n_s + m_s)},

    which is the plain one, (x/n)/(y/m), where there is one stratum. A stratum whose trials are
    all exposed, or none, counts for nothing.

    Bootstrap: clusters are drawn with replacement 2,000 times, each with all its trials, and
    the interval lies between quantiles of the ratios, without the draws that lack a group. It is
    too narrow where clusters depend on each other, as the pairs of one treaty do, and where few
    clusters have the events of a group.

    References
    ----------
    Greenland, S. and Robins, J. M. (1985). Estimation of a common effect parameter from sparse
    follow-up data. *Biometrics* 41(1), for the ratio.

    Mantel, N. and Haenszel, W. (1959). Statistical aspects of the analysis of data from
    retrospective studies of disease. *Journal of the National Cancer Institute* 22(4).

    Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
    inference with clustered errors. *Review of Economics and Statistics* 90(3).

    Examples
    --------
    >>> events = [1, 0, 0, 0, 1, 1, 0, 1] * 5
    >>> exposed = [1, 1, 1, 1, 0, 0, 0, 0] * 5
    >>> pairs = np.repeat(np.arange(10), 4)
    >>> ratio, low, high = clustered_risk_ratio(events, exposed, pairs)
    >>> round(ratio, 3)
    0.333

    Made-up numbers: alliances form where danger is. Pooled, allies seem to fight more; among the
    endangered and among the safe they fight less.

    >>> groups = pd.DataFrame(
    ...     [(30, 300, True, True), (15, 100, False, True), (1, 100, True, False),
    ...      (12, 800, False, False)],
    ...     columns=["fights", "pairs", "allied", "endangered"],
    ... )
    >>> pair = groups.loc[groups.index.repeat(groups["pairs"])].reset_index()
    >>> fights = pair.groupby("index").cumcount() < pair["fights"]
    >>> ratio, _, _ = clustered_risk_ratio(fights, pair["allied"], pair.index)
    >>> round(ratio, 2)
    2.58
    >>> ratio, _, _ = clustered_risk_ratio(
    ...     fights, pair["allied"], pair.index, strata=pair["endangered"]
    ... )
    >>> round(ratio, 2)
    0.67
    """
    from scipy import sparse

    happened, treated = arguments.truths("events", events), arguments.truths("exposed", exposed)
    labels = arguments.labels("clusters", clusters)
    arguments.equally_long(events=happened, exposed=treated, clusters=labels)
    confidence = arguments.number("confidence", confidence, "(0, 1)")
    number = labels.max() + 1
    if number < 2 or (labels < 0).any():
        raise ValueError(f"clusters must have at least two labels and none missing, got {number}")
    groups = (treated, ~treated)
    if min(np.unique(labels[group]).size for group in groups) < 2:
        raise ValueError(
            "clusters must be at least two with exposed trials and two with others, got "
            f"{np.unique(labels[treated]).size} and {np.unique(labels[~treated]).size}"
        )
    if happened.all() or not all(happened[group].any() for group in groups):
        raise ValueError(
            f"events must be among the exposed and among the others, and not all trials; got "
            f"{happened[treated].sum()} in {treated.sum()} exposed and "
            f"{happened[~treated].sum()} in {(~treated).sum()} others"
        )
    if strata is None:
        level = np.zeros(number, dtype=np.intp)
        cluster, cell = np.arange(number), labels
    else:
        layers = arguments.labels("strata", strata)
        arguments.equally_long(events=happened, strata=layers)
        if (layers < 0).any():
            raise ValueError("strata must have a label for each trial, and some are missing")
        # A cell is what a cluster has in a stratum.
        cells, cell = np.unique(layers * number + labels, return_inverse=True)
        level, cluster = np.divmod(cells, number)
    # In each cell: events and trials of the exposed, then of the others.
    counts = [
        sparse.csr_array((np.bincount(cell, of, level.size), (level, cluster)))
        for of in (happened & treated, treated, happened & ~treated, ~treated)
    ]

    def ratios(times: NDArray[np.integer]) -> NDArray[np.float64]:
        """The ratio when each cluster is taken so many times, for each row of such numbers."""
        x, n, y, m = (count @ times.T for count in counts)
        weight = np.divide(1, n + m, out=np.zeros_like(n), where=n + m > 0)
        above, below = (x * m * weight).sum(axis=0), (y * n * weight).sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return above / below

    whole = ratios(np.ones((1, number), dtype=int))[0]
    if not (math.isfinite(whole) and whole > 0):
        raise ValueError(
            "strata must have events of the exposed in one with others, and of others in one with "
            "exposed"
        )
    rng, even = arguments.generator(rng), np.full(number, 1 / number)
    few = max(1, 500_000 // level.size)  # draws at a time, so that memory stays small
    found = np.concatenate(
        [
            ratios(rng.multinomial(number, even, size=min(few, _DRAWS - first)))
            for first in range(0, _DRAWS, few)
        ]
    )
    # A draw may lack a group.
    known = found[~np.isnan(found)]
    with np.errstate(invalid="ignore"):  # between two infinite ratios
        low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    if not np.isfinite(high):
        raise ValueError(
            "events must be spread over more clusters of the unexposed: too many draws have "
            f"none there for an interval of confidence {confidence}"
        )
    return float(whole), float(low), float(high)


# What the arguments must be ---------------------------------------------------------------


def _chances(p_alone: float, p_defended: float) -> tuple[float, float]:
    """The challenger's chances without and with the ally, if the ally lowers them."""
    alone = arguments.number("p_alone", p_alone, "[0, 1]")
    defended = arguments.number("p_defended", p_defended, "[0, 1]")
    if defended >= alone:
        raise ValueError(f"p_defended must be below p_alone, {alone}, got {defended}")
    return alone, defended


def _reactions(k: float, l: float, a: float, b: float) -> tuple[Fraction, ...]:  # noqa: E741
    """The coefficients of an arms race."""
    named = {"k": k, "l": l, "a": a, "b": b}
    return tuple(_exact(name, value, "[0, inf)") for name, value in named.items())


def _exact(name: str, value: float, allowed: str = "(-inf, inf)") -> Fraction:
    """A number as the decimal that it prints as: 0.1 is a tenth, not the float next to it."""
    return Fraction(repr(arguments.number(name, value, allowed)))


def _whole(name: str, table: pd.DataFrame, column: str) -> NDArray[np.int64]:
    """A column of codes of states."""
    values = arguments.column(name, table, column)
    if values.empty:  # and so of no type
        return np.empty(0, np.int64)
    if not pd.api.types.is_integer_dtype(values) or values.isna().any():
        raise TypeError(f"{name} must have whole numbers in {column}, got {values.dtype}")
    return values.to_numpy(np.int64)
