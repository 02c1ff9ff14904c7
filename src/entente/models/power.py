"""Who has power: how often does a member decide, and in how few hands does it lie?

A member's share of the votes is not its power. Three members with 49, 49 and 2 votes of 100
have equal power, for any two of them have a majority. *Power indices* count how often a member
turns a losing coalition into a winning one. Measures of *concentration* describe how unequally
capabilities are spread in a system of states. Both count what can be counted: neither sees who
persuades whom, nor whether the strong use their strength.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import factorial, gcd, prod
from numbers import Integral, Rational, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "banzhaf",
    "concentration",
    "effective_number",
    "herfindahl",
    "shapley_shubik",
    "swings",
]


# Weight and power -------------------------------------------------------------------------


def swings(weights: ArrayLike, quota: int) -> NDArray[np.object_]:
    r"""In how many coalitions does each member make the difference?

    Parameters
    ----------
    weights : array_like, shape (n,)
        The members' votes: whole numbers of at least 0, of whatever type. For shares such as
        0.125 multiply all weights and the quota by a common factor.
    quota : int
        The votes that carry a motion, from 1 to the sum of the weights: a coalition wins if
        its votes reach the quota. At half of the sum or below, two disjoint coalitions may
        both win; such a rule is computed like any other.

    Returns
    -------
    ndarray of Python ints, shape (n,)
        The number of coalitions of the other members that lose without the member and win
        with it. Python ints, as the counts of 193 members do not fit into 64 bits.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if the counts would fill more than 200 MB: then
        divide all votes by a common unit and round.

    Notes
    -----
    Let :math:`A(m)` be the number of losing coalitions of weight below m, read off the
    generating function :math:`\prod_i (1 + x^{w_i})`. A coalition that lacks member i is any
    coalition less those with i, that is, less those that lack i and weigh :math:`w_i` less.
    So the losing ones that lack i, and the swings, are

    .. math:: C_i = \sum_{j \ge 0} (-1)^j A(q - j w_i), \qquad
              \eta_i = C_i - \left(A(q) - C_i\right).

    The counts are kept as remainders modulo numbers just below :math:`2^{31}`, which fit into
    arrays, and put together by the Chinese remainder theorem, so nothing is rounded. For each
    of these remainders the cost is of order n q, not :math:`2^n`; a quota above half is
    replaced by its dual, the number of votes that can block, which has the same swings.

    References
    ----------
    Banzhaf, J. F. (1965). Weighted voting doesn't work: a mathematical analysis. *Rutgers Law
    Review* 19.

    Felsenthal, D. S. and Machover, M. (1998). *The Measurement of Voting Power*. Edward Elgar.

    Examples
    --------
    The Security Council, as a vote of five with a veto and ten without:

    >>> list(swings([7] * 5 + [1] * 10, quota=39))
    [848, 848, 848, 848, 848, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84]

    The six of 1958, where Luxembourg could never make a difference:

    >>> list(swings([4, 4, 4, 2, 2, 1], quota=12))
    [10, 10, 10, 6, 6, 0]
    """
    votes, quota = _rule(weights, quota)
    idle = 2 ** votes.count(0)  # a member without a vote may join any coalition
    counts = {0: 0, **{w: idle * row[0] for w, row in _pivots(votes, quota, False).items()}}
    return _row(votes, counts, object)


def banzhaf(weights: ArrayLike, quota: int, normalised: bool = True) -> NDArray[np.float64]:
    r"""What share of the power has each member, if all coalitions are equally likely?

    Parameters
    ----------
    weights, quota
        As in `swings`.
    normalised : bool
        Whether the powers sum to 1. If not, each is the probability that the member decides
        when every other one votes yes or no by the toss of a coin.

    Returns
    -------
    ndarray, shape (n,)
        Each member's index, in [0, 1], the exact ratio correctly rounded.

    Raises
    ------
    TypeError, ValueError
        As in `swings`; also if `normalised` is no truth value.

    Notes
    -----
    With the swings :math:`\eta_i`,

    .. math:: \beta_i = \frac{\eta_i}{\sum_j \eta_j}, \qquad
              \beta'_i = \frac{\eta_i}{2^{n-1}}.

    The normalised index compares the members of one body. To compare bodies or rules take the
    other one: a rise of the quota may lower the power of all. Real votes are not the toss of
    coins: neighbours, allies and blocs vote together.

    References
    ----------
    Banzhaf, J. F. (1965). Weighted voting doesn't work: a mathematical analysis. *Rutgers Law
    Review* 19.

    Felsenthal, D. S. and Machover, M. (1998). *The Measurement of Voting Power*. Edward Elgar.

    Examples
    --------
    >>> banzhaf([51, 49], quota=51)
    array([1., 0.])
    >>> banzhaf([49, 49, 2], quota=51).round(4)
    array([0.3333, 0.3333, 0.3333])

    Under unanimity all are equal, and the largest has lost two thirds of its power:

    >>> banzhaf([3, 2, 1], quota=4, normalised=False)
    array([0.75, 0.25, 0.25])
    >>> banzhaf([3, 2, 1], quota=6, normalised=False)
    array([0.25, 0.25, 0.25])
    """
    if not isinstance(normalised, bool | np.bool_):
        raise TypeError(f"normalised must be True or False, got {normalised!r}")
    counts = swings(weights, quota)
    whole = sum(counts) if normalised else 2 ** (len(counts) - 1)
    return np.array([count / whole for count in counts])


def shapley_shubik(weights: ArrayLike, quota: int) -> NDArray[np.float64]:
    r"""How often does each member cast the deciding vote, if all orders are equally likely?

    Parameters
    ----------
    weights, quota
        As in `swings`.

    Returns
    -------
    ndarray, shape (n,)
        Each member's index, in [0, 1], the exact ratio correctly rounded; they sum to 1.

    Raises
    ------
    TypeError, ValueError
        As in `swings`.

    Notes
    -----
    The members join one after the other, in each of the n! orders; the one whose votes reach
    the quota is pivotal. With :math:`\eta_i(s)` swings of member i in coalitions of s others,

    .. math:: \varphi_i = \sum_{s=0}^{n-1} \frac{s!\,(n - 1 - s)!}{n!}\; \eta_i(s).

    This is the Shapley value of the game in which a coalition is worth 1 if it wins and 0 if
    not. The counts come from :math:`\prod_i (1 + t x^{w_i})` as in `swings`, one size of the
    coalition after the other, at a cost of order n² q for each remainder; the sum is a ratio
    of whole numbers, and rounded only once.

    References
    ----------
    Shapley, L. S. and Shubik, M. (1954). A method for evaluating the distribution of power in
    a committee system. *American Political Science Review* 48(3). doi:10.2307/1951053.

    Examples
    --------
    The Security Council: a veto is worth 105 times a seat without one.

    >>> shapley_shubik([7] * 5 + [1] * 10, quota=39)[[0, -1]].round(6)
    array([0.19627 , 0.001865])
    """
    votes, quota = _rule(weights, quota)
    n = sum(vote > 0 for vote in votes)
    orders = [factorial(s) * factorial(n - 1 - s) for s in range(n)]
    powers = {0: 0.0} | {
        w: sum(order * count for order, count in zip(orders, row, strict=False)) / factorial(n)
        for w, row in _pivots(votes, quota, True).items()
    }
    return _row(votes, powers, float)


def _rule(weights: ArrayLike, quota: int) -> tuple[list[int], int]:
    """Return the weights and the quota as Python ints."""
    row = np.asarray(weights, dtype=object)
    votes = [_votes("weights must be whole numbers of at least 0", value) for value in row.flat]
    if row.ndim != 1 or not votes:
        raise ValueError(f"weights must be a row of whole numbers, got shape {row.shape}")
    if min(votes) < 0:
        raise ValueError(f"weights must be whole numbers of at least 0, got {min(votes)}")
    total = sum(votes)
    if not total:
        raise ValueError("weights must not all be 0, got nothing but 0")
    needed = _votes("quota must be a whole number of at least 1", quota)
    if not 1 <= needed <= total:
        raise ValueError(
            f"quota must be a whole number in [1, {total}], the sum of the weights, got {quota}"
        )
    return votes, needed


def _votes(rule: str, value: object) -> int:
    """Return a whole number, of whatever type; `rule` begins the message if it is none."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        raise TypeError(f"{rule}, got {value!r}")
    if isinstance(value, Integral):
        return int(value)
    try:
        exact = Fraction(value if isinstance(value, Rational | Decimal) else float(value))
    except (ValueError, OverflowError):  # not a number, or infinite
        raise ValueError(f"{rule}, got {value}") from None
    if exact.denominator != 1:
        raise ValueError(
            f"{rule}, got {value}; multiply all weights and the quota by a common factor and round"
        )
    return int(exact)


def _row(votes: list[int], values: dict[int, object], kind: type) -> NDArray:
    return np.array([values[vote] for vote in votes], dtype=kind)


_CELLS = 50_000_000  # counts of 4 bytes: 200 MB, and for Banzhaf 400 MB more for their sums


def _pivots(votes: list[int], quota: int, by_size: bool) -> dict[int, list[int]]:
    """Return for each weight above 0 in how many coalitions it is pivotal, by their size s.

    The coalitions are those of the other members with a weight above 0. The list ends where
    all that follows is 0; without `by_size` it has one entry, for all sizes.
    """
    unit = gcd(*votes)
    weights = sorted(vote // unit for vote in votes if vote)  # the smallest first: short sums
    least = list(accumulate(weights, initial=0))  # what s members weigh at least
    n, total = len(weights), least[-1]
    quota = -(-quota // unit)
    quota = min(quota, total - quota + 1)  # the dual rule has the same pivots
    sizes = sum(weight < quota for weight in least) if by_size else 1
    if sizes * quota > _CELLS:
        raise ValueError(
            f"weights must be smaller to be counted: {sizes} sizes of coalitions x {quota} votes "
            f"are more than {_CELLS} cells; divide all weights and the quota by a common unit "
            "and round"
        )

    kinds = [*dict.fromkeys(weights), quota]  # the last stands for nobody: it leaves all in
    moduli = _moduli(2**n)
    product = prod(moduli)
    lacking = np.zeros((len(kinds), sizes + 1), dtype=object)  # losing coalitions without i
    for modulus in moduli:
        counts = _losing(weights, least, quota, sizes, by_size, modulus)
        found = np.zeros(lacking.shape, dtype=np.int64)
        for s, row in enumerate(counts):
            below = np.cumsum(row, dtype=np.int64)
            for kind, weight in enumerate(kinds):
                if by_size:  # each member taken out makes a coalition smaller by one
                    part = below[::-weight][: sizes - s]  # below 2^57, and so is their sum
                    found[kind, s : s + len(part) : 2] += part[::2]
                    found[kind, s + 1 : s + len(part) : 2] -= part[1::2]
                else:
                    part = below[::-weight]  # falls, so the result lies within its range even
                    found[kind, 0] = part[::2].sum() - part[1::2].sum()  # if the sums overflow
        others = product // modulus
        lacking += found.astype(object) * (others * pow(others, -1, modulus))
    lacking %= product

    losing = lacking[-1]
    if by_size:  # those that i leaves losing are, with i in it, the losing ones of size s + 1
        pivots = lacking[:-1, :-1] + lacking[:-1, 1:] - losing[1:]
    else:
        pivots = 2 * lacking[:-1, :-1] - losing[:-1]
    return {unit * weight: list(row) for weight, row in zip(kinds, pivots, strict=False)}


def _moduli(least: int) -> list[int]:
    """Return numbers up to 2³¹ without common factors, whose product is above `least`."""
    moduli = [2**31]
    candidate = 2**31
    while prod(moduli) <= least:
        candidate -= 1
        if all(gcd(candidate, modulus) == 1 for modulus in moduli):
            moduli.append(candidate)
    return moduli


def _losing(
    weights: list[int], least: list[int], quota: int, sizes: int, by_size: bool, modulus: int
) -> NDArray[np.uint32]:
    """Count the coalitions by size and by weight below the quota, modulo `modulus`."""
    counts = np.zeros((sizes, quota), dtype=np.uint32)
    counts[0, 0] = 1
    spare = np.empty(quota, dtype=np.uint32)
    for done, weight in enumerate(weights):
        for s in range(min(done + 1, sizes - 1), 0, -1) if by_size else [0]:
            # From the least to the most that a coalition of this size with this member weighs
            low = weight + least[s - 1] if by_size else weight
            most = least[done + 1] - least[done + 1 - s] if by_size else least[done + 1]
            high = min(quota, most + 1)
            if low < high:
                cells = counts[s, low:high]
                cells += counts[s - by_size, low - weight : high - weight]
                if done >= 30:  # before, no count reaches the modulus
                    rest = spare[: high - low]
                    np.subtract(cells, np.uint32(modulus), out=rest)  # what is below wraps
                    np.minimum(cells, rest, out=cells)  # around, and is larger than before
    return counts


# Concentration of power -------------------------------------------------------------------


def concentration(shares: ArrayLike) -> float:
    r"""How far is a system of states from equality, and how near to the rule of one?

    Parameters
    ----------
    shares : array_like, shape (n,)
        What each state has, at least 0 and not all 0; n is at least 2. The amounts are
        divided by their sum, so they need not sum to 1, as CINC scores of some states do not.

    Returns
    -------
    float
        CON, in [0, 1]: 0 if all have the same, 1 if one has all.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range. In a system of one state CON is not defined.

    Notes
    -----
    CON is the standard deviation of the shares over the largest that n states can have:

    .. math:: \mathrm{CON} = \sqrt{\frac{\sum_i s_i^2 - 1/n}{1 - 1/n}}.

    So it depends on who counts as a member of the system: states with nothing raise it. It
    cannot tell a bloc from a rivalry.

    References
    ----------
    Singer, J. D., Bremer, S. and Stuckey, J. (1972). Capability distribution, uncertainty, and
    major power war, 1820–1965. In Russett (ed.), *Peace, War, and Numbers*.

    Examples
    --------
    >>> round(concentration([0.5, 0.3, 0.2]), 4)
    0.2646
    >>> concentration([5, 5, 5]), concentration([7, 0, 0])
    (0.0, 1.0)
    """
    amounts = _amounts(shares, at_least=2)
    n = amounts.size
    deviations = amounts - amounts.mean()  # nothing cancels, as it would in Σ s² − 1/n
    return min(1.0, float(np.sqrt(n / (n - 1) * (deviations**2).sum()) / amounts.sum()))


def herfindahl(shares: ArrayLike) -> float:
    r"""How likely do two units of power, drawn at random, belong to the same state?

    Parameters
    ----------
    shares : array_like, shape (n,)
        What each state has, at least 0 and not all 0. The amounts are divided by their sum.

    Returns
    -------
    float
        The Herfindahl–Hirschman index, in [1/n, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    .. math:: \mathrm{HHI} = \sum_i s_i^2.

    Unlike `concentration`, it hardly changes when states with next to nothing are counted. It
    falls when their number rises: equal shares give 1/n.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. *American Economic Review* 54(5).

    Examples
    --------
    >>> round(herfindahl([0.5, 0.3, 0.2]), 4)
    0.38
    """
    amounts = _amounts(shares)
    return float((amounts**2).sum() / amounts.sum() ** 2)


def effective_number(shares: ArrayLike) -> float:
    r"""How many states of equal weight would be as concentrated?

    Parameters
    ----------
    shares : array_like, shape (n,)
        As in `herfindahl`.

    Returns
    -------
    float
        The effective number of states, in [1, n].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    .. math:: N = 1 / \mathrm{HHI} = 1 \Big/ \sum_i s_i^2.

    Different spreads have the same number: a leader with half of all and many with little
    count for as much as four equals, but it is another world.

    References
    ----------
    Laakso, M. and Taagepera, R. (1979). "Effective" number of parties: a measure with
    application to West Europe. *Comparative Political Studies* 12(1).
    doi:10.1177/001041407901200101.

    Examples
    --------
    >>> effective_number([1, 1, 1, 1])
    4.0
    >>> round(effective_number([0.6, 0.1, 0.1, 0.1, 0.1]), 4)
    2.5
    """
    amounts = _amounts(shares)
    return float(amounts.sum() ** 2 / (amounts**2).sum())


def _amounts(shares: ArrayLike, at_least: int = 1) -> NDArray[np.float64]:
    """Return the amounts in units of the largest, so that none overflows."""
    amounts = arguments.numbers("shares", shares, "[0, inf)", at_least=at_least)
    if not amounts.any():
        raise ValueError("shares must not all be 0, got nothing but 0")
    return amounts / amounts.max()
