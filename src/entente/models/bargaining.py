"""Can sovereign states agree, and who gets what?

Where each ally can accept only what lies near its own position, agreement needs positions that
happen to be close: the more allies must consent, the less likely. Where there is something to
divide, patience and what each has without an agreement decide who gets how much.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from entente.models import _arguments as arguments

__all__ = ["common_win_set", "common_win_set_probability", "nash_bargain", "rubinstein_share"]


def common_win_set(ideal_points: ArrayLike, radius: float) -> tuple[float, float] | None:
    r"""Which positions can all allies accept?

    Parameters
    ----------
    ideal_points : array_like, shape (n,)
        Each ally's own position on one dimension.
    radius : float
        r, how far from its own position an ally can go, at least 0, in the same unit.

    Returns
    -------
    tuple of float, or None
        The lowest and the highest position that all can accept; None if there is none.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    .. math:: \left[\max_i x_i - r,\; \min_i x_i + r\right].

    One dimension leaves out the usual way to agree: to give way here for something elsewhere.

    References
    ----------
    Putnam, R. D. (1988). Diplomacy and domestic politics: the logic of two-level games.
    *International Organization* 42(3). doi:10.1017/S0020818300027697.

    Examples
    --------
    >>> common_win_set([1, 2, 4], radius=2)
    (2.0, 3.0)
    >>> common_win_set([1, 2, 6], radius=2) is None
    True
    """
    points = arguments.numbers("ideal_points", ideal_points)
    radius = arguments.number("radius", radius, "[0, inf)")
    low, high = float(points.max()) - radius, float(points.min()) + radius
    if not np.isfinite([low, high]).all():
        raise ValueError(f"radius must leave the win-set a number, got {radius}")
    if abs(high - low) <= arguments.rounding([radius, *points]):  # one point, but for rounding
        return (low + high) / 2, (low + high) / 2
    return (low, high) if low < high else None


def common_win_set_probability(n: int, radius: float) -> float:
    r"""How likely can n allies agree whose positions have nothing to do with each other?

    Parameters
    ----------
    n : int
        The number of allies, at least 1.
    radius : float
        r, how far from its own position an ally can go, at least 0; positions lie anywhere
        between 0 and 1.

    Returns
    -------
    float
        The probability that they have a common win-set, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The positions, independent and uniform on [0, 1], must all lie within 2r of each other:

    .. math:: P = n\,(2r)^{n-1} - (n-1)\,(2r)^n, \qquad 2r \le 1,

    and 1 beyond that. Consensus in large alliances works because positions are not
    independent, and because allies pay each other for giving way.

    References
    ----------
    The distribution of the range of uniform numbers, for instance in David, H. A. and Nagaraja,
    H. N. (2003). *Order Statistics*. For allies as veto players see Tsebelis, G. (2002). *Veto
    Players*.

    Examples
    --------
    >>> [round(common_win_set_probability(n, 0.25), 4) for n in (2, 5, 10)]
    [0.75, 0.1875, 0.0107]
    """
    n = arguments.whole("n", n, least=1)
    radius = arguments.number("radius", radius, "[0, inf)")
    n = min(n, 10**300)  # beyond which nothing changes, and a float cannot hold it
    reach = min(1.0, 2 * radius)
    # n (1 − reach) + reach, so that nothing large is subtracted.
    return float(min(1.0, reach ** (n - 1) * (n * (1 - reach) + reach)))


def rubinstein_share(delta_first: float, delta_second: float) -> float:
    r"""What does the first to make an offer get, if both can wait but not for ever?

    Parameters
    ----------
    delta_first, delta_second : float
        What a thing tomorrow is worth today, to the first and to the second, in [0, 1]; not
        both 1.

    Returns
    -------
    float
        The share of the first, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if both can wait for ever.

    Notes
    -----
    They make offers in turn. The only equilibrium without empty threats is agreement at once,
    with

    .. math:: x = \frac{1 - \delta_2}{1 - \delta_1 \delta_2}.

    Patience is power, and so is moving first. Both know everything about each other: no real
    haggling does.

    References
    ----------
    Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. *Econometrica* 50(1).

    Examples
    --------
    >>> [round(rubinstein_share(0.9, second), 4) for second in (0.9, 0.8)]
    [0.5263, 0.7143]
    """
    first = arguments.number("delta_first", delta_first, "[0, 1]")
    second = arguments.number("delta_second", delta_second, "[0, 1]")
    if first == second == 1:
        raise ValueError("delta_first and delta_second must not both be 1, got 1 and 1")
    # 1 − δ₁δ₂ as a sum of what is not negative.
    return (1 - second) / ((1 - second) + second * (1 - first))


def nash_bargain(
    disagreement_a: float, disagreement_b: float, pie: float = 1.0
) -> tuple[float, float]:
    r"""How do two divide what they gain by agreeing?

    Parameters
    ----------
    disagreement_a, disagreement_b : float
        What each has without an agreement; together at most `pie`.
    pie : float
        What there is to divide with one, above 0, in the same unit.

    Returns
    -------
    tuple of float
        What each gets.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if both together have more than the pie without an
        agreement.

    Notes
    -----
    The division that maximises the product of both gains splits the surplus in halves:

    .. math:: x_a = d_a + \frac{1}{2}\,(\text{pie} - d_a - d_b).

    So a state gets more the better it does alone. It is what two with equal skill and patience
    would come to, and no judgement on what is fair.

    References
    ----------
    Nash, J. F. (1950). The bargaining problem. *Econometrica* 18(2).

    Examples
    --------
    >>> [round(share, 2) for share in nash_bargain(0.2, 0.1)]
    [0.55, 0.45]
    """
    a = arguments.number("disagreement_a", disagreement_a)
    b = arguments.number("disagreement_b", disagreement_b)
    pie = arguments.number("pie", pie, "(0, inf)")
    try:
        surplus = math.fsum((pie, -a, -b))
    except OverflowError:
        surplus = -math.inf if a + b > 0 else math.inf
    # Ten cents and ninety cents make a dollar, whatever floating point says.
    if not np.isfinite(surplus) or surplus < -1e-15 * max(abs(a), abs(b), pie):
        raise ValueError(
            f"disagreement_a + disagreement_b must be at most the pie, {pie}, got {a} and {b}"
        )
    half = max(0.0, surplus) / 2
    return a + half, b + half
