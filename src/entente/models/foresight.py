"""What may come: small clubs, cyber defence, new technology, and who pays for it?

Four models of questions about the future. A *club* that nobody need join, and none wants to
leave: how large is it, and how much of the possible gain does it reach? *Cyber defence*: how
much of a possible loss is it worth spending to prevent it? *Diffusion*: when do most adopt a
new technology, if some decide alone and others imitate? *Cost sharing*: how do partners divide
the cost of what they use together? The models show what follows from what is assumed, and
nothing about whether it will be so.
"""

import math
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from functools import reduce
from itertools import compress, product
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "airport_shares",
    "club_gain_share",
    "diffusion",
    "diffusion_peak",
    "security_investment",
    "shapley_value",
    "stable_club_sizes",
]


# Clubs ------------------------------------------------------------------------------------


def stable_club_sizes(n: int, benefit: float = 1.0, cost: float = 1.0) -> list[int]:
    r"""How many of n states form a club that none wants to leave and none wants to join?

    Parameters
    ----------
    n : int
        The number of states, at least 2.
    benefit : float
        b, what each state gains from a unit of the common good, whoever provides it; above 0.
    cost : float
        c, above 0: providing q costs :math:`cq^2/2`.

    Returns
    -------
    list of int
        The stable sizes, from 1 (no club) to n.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Members choose what is best for all members, outsiders what is best for themselves:
    :math:`q = sb/c` and :math:`q = b/c`, whatever the others do. With s members all enjoy
    :math:`Q = \frac{b}{c}(s^2 + n - s)`, and a member and an outsider gain

    .. math:: \Pi_s = \frac{b^2}{c}\left(\frac{s^2}{2} + n - s\right), \qquad
              \Pi_n = \frac{b^2}{c}\left(s^2 + n - s - \frac12\right).

    None wants to leave if :math:`\Pi_s(s) \ge \Pi_n(s-1)`, that is,
    :math:`(s-1)(s-3) \le 0`; none wants to join if :math:`\Pi_n(s) \ge \Pi_s(s+1)`, that is,
    :math:`s(s-2) \ge 0`, or if all are in. So the stable sizes are 2, where an
    outsider is indifferent, and, of at least three states, 3, where a member is, for any b and c.

    It holds for a good from which no outsider can be shut out. Clubs for security can shut
    others out, which changes the result. Threats, transfers and repetition are left out too.

    References
    ----------
    Barrett, S. (1994). Self-enforcing international environmental agreements. *Oxford Economic
    Papers* 46. doi:10.1093/oep/46.Supplement_1.878.

    Carraro, C. and Siniscalco, D. (1993). Strategies for the international protection of the
    environment. *Journal of Public Economics* 52(3). doi:10.1016/0047-2727(93)90037-T.

    Examples
    --------
    >>> stable_club_sizes(10), stable_club_sizes(100)
    ([2, 3], [2, 3])
    """
    n = arguments.whole("n", n, least=2)
    arguments.number("benefit", benefit, "(0, inf)")
    arguments.number("cost", cost, "(0, inf)")
    return [
        s
        for s in range(1, min(n, 3) + 1)  # from 4 on, a member gains by leaving
        if _member(n, s) >= _outsider(n, s - 1) and (s == n or _outsider(n, s) >= _member(n, s + 1))
    ]


def club_gain_share(n: int, size: int, benefit: float = 1.0, cost: float = 1.0) -> float:
    r"""How much of what all could gain together does a club reach?

    Parameters
    ----------
    n, benefit, cost
        As in `stable_club_sizes`.
    size : int
        s, the number of members, from 1 to n; 1 is no club.

    Returns
    -------
    float
        The gain of all states, members and outsiders, as a share, in [0, 1], of their gain if
        all were members.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    With the gains of `stable_club_sizes` and :math:`W(s) = s\,\Pi_s + (n-s)\,\Pi_n`, it is

    .. math:: \frac{W(s) - W(1)}{W(n) - W(1)},

    in which b and c cancel: more at stake changes nothing. More states do: of many, three reach
    next to nothing.

    References
    ----------
    Barrett, S. (1994). Self-enforcing international environmental agreements. *Oxford Economic
    Papers* 46. doi:10.1093/oep/46.Supplement_1.878.

    Examples
    --------
    >>> [round(100 * club_gain_share(n, size=3), 2) for n in (3, 5, 10, 32, 100)]
    [100.0, 45.0, 11.85, 1.17, 0.12]
    """
    n = arguments.whole("n", n, least=2)
    size = arguments.whole("size", size, least=1)
    if size > n:
        raise ValueError(f"size must be a whole number of at most n, {n}, got {size}")
    arguments.number("benefit", benefit, "(0, inf)")
    arguments.number("cost", cost, "(0, inf)")
    alone, club, together = (s * _member(n, s) + (n - s) * _outsider(n, s) for s in (1, size, n))
    return float(Fraction(club - alone, together - alone))


def _member(n: int, s: int) -> int:
    """Return a member's gain in units of b²/2c, which are whole."""
    return s**2 + 2 * (n - s)


def _outsider(n: int, s: int) -> int:
    """Return an outsider's gain in the same units."""
    return 2 * (s**2 + n - s) - 1


# Cyber defence ----------------------------------------------------------------------------


def security_investment(
    vulnerability: float, loss: float, productivity: float, beta: float = 1.0
) -> float:
    r"""How much is it worth spending to make a breach less likely?

    Parameters
    ----------
    vulnerability : float
        v, the probability, in [0, 1], of a breach if nothing is spent.
    loss : float
        L, what a breach would cost, at least 0, in money.
    productivity : float
        α, above 0, for a unit of money: how fast spending reduces the probability.
    beta : float
        β, above 0; in the article at least 1. The larger, the faster.

    Returns
    -------
    float
        The best spending z*, in the unit of `loss`: 0 if not even the first unit pays.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Spending z leaves a breach with the probability :math:`v/(\alpha z + 1)^\beta`. The sum of
    z and of the expected loss is least at

    .. math:: z^* = \max\left(0,\;
              \frac{(v\alpha\beta L)^{1/(\beta+1)} - 1}{\alpha}\right)
              \;\le\; \left(\frac{\beta}{\beta+1}\right)^{\beta+1} vL \;<\; \frac{vL}{e}.

    So it is never worth spending more than a quarter of the expected loss vL if β = 1, and
    never more than 37 % for any β. The defender is alone and the attacker does not react:
    where the weakest partner opens the door to all, each spends too little.

    References
    ----------
    Gordon, L. A. and Loeb, M. P. (2002). The economics of information security investment.
    *ACM Transactions on Information and System Security* 5(4). doi:10.1145/581271.581274.

    Examples
    --------
    >>> round(security_investment(0.65, loss=400_000, productivity=1e-5), 2)
    61245.15
    >>> security_investment(0.65, loss=100_000, productivity=1e-5)
    0.0
    """
    v = arguments.number("vulnerability", vulnerability, "[0, 1]")
    L = arguments.number("loss", loss, "[0, inf)")
    α = arguments.number("productivity", productivity, "(0, inf)")
    β = arguments.number("beta", beta, "(0, inf)")
    if not v * L:
        return 0.0
    # By logarithms, as the product and its root may be beyond the range of floats
    h = (math.log(v) + math.log(L) + math.log(α) + math.log(β)) / (β + 1)
    return max(0.0, math.expm1(h) / α) if h < 700 else math.exp(h - math.log(α))


# Diffusion --------------------------------------------------------------------------------


def diffusion(times: ArrayLike, innovation: float, imitation: float) -> pd.DataFrame:
    r"""How many have adopted a new technology, and how fast does it spread?

    Parameters
    ----------
    times : array_like, shape (n,)
        t, since the technology is to be had, at least 0, for instance in years.
    innovation : float
        p, above 0: the rate at which those who have not adopted do so on their own account.
    imitation : float
        q, at least 0: the rate that the example of all others would add. Both are per unit of
        `times`.

    Returns
    -------
    DataFrame
        One row for each time: `time`; `adopters`, the share, in [0, 1], of those who will ever
        adopt; `rate`, the share that adopts per unit of time.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The share F of adopters follows :math:`f = \dot F = (p + qF)(1 - F)` from
    :math:`F(0) = 0`, so

    .. math:: F(t) = \frac{1 - e^{-(p+q)t}}{1 + \frac{q}{p}\,e^{-(p+q)t}}.

    The number who will ever adopt is an input. Fitted before the peak, it and the date of the
    peak are hardly determined: such forecasts mostly return what was put in.

    References
    ----------
    Bass, F. M. (1969). A new product growth for model consumer durables. *Management Science*
    15(5). doi:10.1287/mnsc.15.5.215.

    Examples
    --------
    >>> diffusion([0, 5, 10], innovation=0.03, imitation=0.38).round(3)
       time  adopters   rate
    0   0.0     0.000  0.030
    1   5.0     0.331  0.104
    2  10.0     0.813  0.063
    """
    t = arguments.numbers("times", times, "[0, inf)")
    p, q = _rates(innovation, imitation)
    ratio = arguments.number("imitation / innovation", q / p, "[0, inf)")
    with np.errstate(over="ignore", under="ignore"):  # at last nobody is left
        fading = np.exp(-(p + q) * t)
        adopters = -np.expm1(-(p + q) * t) / (1 + ratio * fading)
        left = fading * (1 + ratio) / (1 + ratio * fading)
    rate = (p + q * adopters) * left
    return pd.DataFrame({"time": t, "adopters": adopters, "rate": rate})


def diffusion_peak(innovation: float, imitation: float) -> tuple[float, float, float]:
    r"""When does a technology spread fastest, how fast, and among how many by then?

    Parameters
    ----------
    innovation, imitation
        As in `diffusion`.

    Returns
    -------
    (float, float, float)
        The time of the peak; the rate at the peak; the share of adopters at the peak, in
        [0, 1/2). Where imitation is not stronger than innovation, the rate falls from the
        start: the peak is at 0, with the rate p and no adopters yet.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    For q > p,

    .. math:: t^* = \frac{\ln(q/p)}{p+q}, \qquad f^* = \frac{(p+q)^2}{4q}, \qquad
              F^* = \frac{q-p}{2q}.

    The peak always comes before half have adopted, whatever the technology: the curve is
    symmetric about it by assumption.

    References
    ----------
    Bass, F. M. (1969). A new product growth for model consumer durables. *Management Science*
    15(5). doi:10.1287/mnsc.15.5.215.

    Examples
    --------
    >>> time, rate, share = diffusion_peak(innovation=0.03, imitation=0.38)
    >>> round(time, 4), round(rate, 4), round(share, 4)
    (6.1926, 0.1106, 0.4605)
    """
    p, q = _rates(innovation, imitation)
    if q <= p:
        return 0.0, p, 0.0
    time = (math.log(q) - math.log(p)) / (p + q)
    return time, (p + q) / 4 * (1 + p / q), (q - p) / q / 2


def _rates(innovation: float, imitation: float) -> tuple[float, float]:
    p = arguments.number("innovation", innovation, "(0, inf)")
    q = arguments.number("imitation", imitation, "[0, inf)")
    arguments.number("innovation + imitation", p + q, "(0, inf)")
    return p, q


# Sharing costs and gains ------------------------------------------------------------------

_MOST_PLAYERS = 20  # a million coalitions, some seconds
_LARGEST_WORTH = 1e300  # a million of them have a sum


def shapley_value(
    players: Iterable[Hashable], worth: Callable[[frozenset], float]
) -> dict[Hashable, float]:
    r"""What should each partner have of what they make together, or pay of what it costs?

    Parameters
    ----------
    players : iterable
        The partners' names, each once; at most 20.
    worth : callable
        Takes a coalition, a frozenset of names, and returns what it gains (or pays) by itself:
        a finite number; a truth value counts as 0 or 1. The empty coalition has 0.

    Returns
    -------
    dict
        Each partner's share, in the order of `players`; they sum to the worth of all.

    Raises
    ------
    TypeError, ValueError
        If there is nobody, or the same name twice, or too many; if a worth is no finite
        number, or the empty coalition has one other than 0.

    Notes
    -----
    A partner's share is what it adds to those who came before, on average over all orders. As
    in an order each number s of predecessors is equally likely, and then each set of so many,

    .. math:: \varphi_i = \frac{1}{n} \sum_{s=0}^{n-1} \binom{n-1}{s}^{-1}
              \sum_{|S| = s,\; i \notin S} \left(v(S \cup \{i\}) - v(S)\right).

    Each of the :math:`2^n` coalitions is asked for once. It is the only rule that shares out
    everything, treats equals equally, gives nothing to who adds nothing, and adds up over
    games. It need not keep a group from doing better alone.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. In Kuhn and Tucker (eds.),
    *Contributions to the Theory of Games II*.

    Examples
    --------
    One has a left glove, two have a right one, and only a pair is worth something:

    >>> gloves = lambda team: min(len(team & {"left"}), len(team - {"left"}))
    >>> shares = shapley_value(["left", "right", "other right"], gloves)
    >>> {player: round(share, 4) for player, share in shares.items()}
    {'left': 0.6667, 'right': 0.1667, 'other right': 0.1667}

    A vote is such a game:

    >>> votes = {"A": 4, "B": 3, "C": 2, "D": 1}
    >>> shares = shapley_value(votes, lambda team: sum(votes[member] for member in team) >= 6)
    >>> {player: round(share, 4) for player, share in shares.items()}
    {'A': 0.4167, 'B': 0.25, 'C': 0.25, 'D': 0.0833}
    """
    if not isinstance(players, Iterable):
        raise TypeError(f"players must be a row of names, got {players!r}")
    names = list(players)
    n = len(names)
    if not 1 <= n <= _MOST_PLAYERS:
        raise ValueError(f"players must be from 1 to {_MOST_PLAYERS} names, got {n}")
    for name in names:
        if not isinstance(name, Hashable):
            raise TypeError(f"players must be names that a set can hold, got {name!r}")
    if len(set(names)) < n:
        raise ValueError(f"players must be different names, got {names!r}")
    if not callable(worth):
        raise TypeError(f"worth must be a function of a frozenset of players, got {worth!r}")

    coalitions = (frozenset(compress(names, inside)) for inside in product((0, 1), repeat=n))
    v = np.reshape([_worth(worth, coalition) for coalition in coalitions], (2,) * n)
    sizes = np.ravel(reduce(np.add.outer, [(0, 1)] * (n - 1), 0))  # of coalitions of the others
    sets = [math.comb(n - 1, s) for s in range(n)]
    shares = {}
    for i, name in enumerate(names):
        added = np.ravel(v.take(1, axis=i) - v.take(0, axis=i))
        shares[name] = float(np.mean(np.bincount(sizes, weights=added) / sets))
    return shares


def _worth(worth: Callable[[frozenset], float], coalition: frozenset) -> float:
    value = worth(coalition)
    if not isinstance(value, bool | np.bool_ | Real) or not abs(value) <= _LARGEST_WORTH:
        allowed = f"[{-_LARGEST_WORTH}, {_LARGEST_WORTH}]"
        arguments.number(f"worth of {coalition}", value, allowed)  # raises
    if not coalition and value != 0:
        raise ValueError(f"worth of the empty coalition must be 0, got {value}")
    return float(value)


def airport_shares(costs: ArrayLike) -> NDArray[np.float64]:
    r"""What should each pay for a runway that must be long enough for the largest?

    Parameters
    ----------
    costs : array_like, shape (n,)
        What each would pay for a facility of its own, at least 0; the largest serves all.

    Returns
    -------
    ndarray, shape (n,)
        Each one's share; they sum to the largest cost.

    Raises
    ------
    TypeError, ValueError
        If a cost is out of range.

    Notes
    -----
    The Shapley value of the game in which a group pays the largest cost in it. In ascending
    order, each stretch is paid in equal parts by those who need it:

    .. math:: \varphi_k = \sum_{j \le k} \frac{c_j - c_{j-1}}{n - j + 1}, \qquad c_0 = 0.

    The formula needs a sort, not :math:`2^n` coalitions. It shares a cost, and asks nobody
    whether the facility is worth it.

    References
    ----------
    Littlechild, S. C. and Owen, G. (1973). A simple expression for the Shapley value in a
    special case. *Management Science* 20(3).

    Examples
    --------
    >>> airport_shares([1, 2, 3]).round(4)
    array([0.3333, 0.8333, 1.8333])
    """
    costs = arguments.numbers("costs", costs, "[0, inf)")
    order = np.argsort(costs, kind="stable")
    stretches = np.diff(costs[order], prepend=0) / np.arange(costs.size, 0, -1)
    shares = np.empty_like(costs)
    shares[order] = np.cumsum(stretches)
    return shares
