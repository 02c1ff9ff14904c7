"""What may come: small clubs, cyber defence, new technology, and who pays for it?

Five models of questions about the future. A *club* that nobody need join, and none wants to
leave: how large is it, how deep, and how much of the possible gain does it reach? *Cyber
defence*: how much of a possible loss is it worth spending to prevent it, alone and with partners
of whom the weakest decides? *Diffusion*: when do most adopt a new technology, if some decide
alone and others imitate, and what do its first years tell of the rest? *Futures*: how far apart
are the results, where nobody knows what to put in? *Cost sharing*: how do partners divide the
cost of what they use together? The models show what follows from what is assumed, and nothing
about whether it will be so.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from fractions import Fraction
from functools import cache, reduce
from itertools import compress, product
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "Fits",
    "airport_shares",
    "club_depths",
    "club_gain_share",
    "diffusion",
    "diffusion_fits",
    "diffusion_peak",
    "group_diffusion",
    "sample_futures",
    "security_investment",
    "shapley_value",
    "stable_club_sizes",
    "weakest_link_security",
]


_MODERATE = "[1e-100, 1e100]"  # so that squares and sums stay finite

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

    .. math:: \Pi_s = \frac{b^2}{c}\left(\frac{s^2}{2} + n - s\right),

    .. math:: \Pi_n = \frac{b^2}{c}\left(s^2 + n - s - \frac12\right).

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


def club_depths(values: ArrayLike, exclusion: float) -> pd.DataFrame:
    r"""How deep can a club of each size go, if every member must prefer to stay in it?

    Parameters
    ----------
    values : array_like, shape (n,)
        What a unit of the common good is worth to each state that might join, above 0.
    exclusion : float
        x, in [0, 1]: the part of the good that outsiders do not get. 0 is a pure public good;
        at 1 the club keeps everything for itself.

    Returns
    -------
    DataFrame
        One row for each size s from 1 to n, the club being the s states with the highest values:
        `members`; `wanted`, what each should give if all that counts is the members' sum;
        `bearable`, the most that each can be asked for; `depth`, the smaller of the two, what
        each gives; `good`, what they provide together; `inside` and `outside`, the sums of the
        gains of members and of outsiders; `least`, the gain of the least willing member.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    All members give the same, q, at a cost of :math:`q^2/2`; outsiders give nothing. With
    :math:`Q = sq`, a member gains :math:`v_i Q - q^2/2` and an outsider :math:`(1-x)v_i Q`. The
    members' sum is largest at :math:`q = \sum v_i`. Who leaves saves the cost, and the others
    carry on; so member i stays if

    .. math:: v_i\,s q - \tfrac12 q^2 \ge (1-x)\,v_i\,(s-1)\,q,

    that is, if :math:`q \le 2 v_i \left(1 + x (s-1)\right)`.

    The least willing member sets the depth. If nobody can be shut out, it is :math:`2 v_{\min}`
    at most, however many join: wide and shallow. Each further member wants less, which makes the
    club shallower, and adds its share, which makes it wider. The more can be kept from outsiders,
    the more a large club can ask for.

    It is a construction of ours, after the question of the works below. It is built in that all
    give the same: with different shares for different members, size need not cost depth
    (Gilligan). That the others carry on when one leaves is another assumption than in
    `stable_club_sizes`, where they give less.

    References
    ----------
    Barrett, S. (2002). Consensus treaties. *Journal of Institutional and Theoretical Economics*
    158(4).

    Gilligan, M. J. (2004). Is there a broader-deeper trade-off in international multilateral
    agreements? *International Organization* 58(3).

    Examples
    --------
    >>> club_depths([2, 1, 1], exclusion=0)[["members", "depth", "good"]]
       members  depth  good
    0        1    2.0   2.0
    1        2    2.0   4.0
    2        3    2.0   6.0
    >>> club_depths([2, 1, 1], exclusion=0.5)[["members", "depth", "good"]]
       members  depth  good
    0        1    2.0   2.0
    1        2    3.0   6.0
    2        3    4.0  12.0
    """
    v = np.sort(arguments.numbers("values", values, _MODERATE))[::-1]
    x = arguments.number("exclusion", exclusion, "[0, 1]")
    s = np.arange(1, v.size + 1)
    wanted = np.cumsum(v)
    bearable = 2 * v * (1 + x * (s - 1))
    depth = np.minimum(wanted, bearable)
    good = s * depth
    return pd.DataFrame(
        {
            "members": s,
            "wanted": wanted,
            "bearable": bearable,
            "depth": depth,
            "good": good,
            "inside": wanted * good - s * depth**2 / 2,
            "outside": (1 - x) * good * (v.sum() - wanted),
            "least": v * good - depth**2 / 2,
        }
    )


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
              \frac{(v\alpha\beta L)^{1/(\beta+1)} - 1}{\alpha}\right),

    and

    .. math:: z^* \le \left(\frac{\beta}{\beta+1}\right)^{\beta+1} vL \;<\; \frac{vL}{e}.

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


def weakest_link_security(
    vulnerability: float, losses: ArrayLike, productivity: float, beta: float = 1.0
) -> pd.DataFrame:
    r"""What do partners spend on cyber defence, if the least protected opens the door to all?

    Parameters
    ----------
    vulnerability, productivity, beta
        As in `security_investment`, the same for all partners.
    losses : array_like, shape (n,)
        L, what a breach would cost each partner, at least 0, in money.

    Returns
    -------
    DataFrame
        One row for each partner: `loss`; `alone`, the best spending of a partner that depends on
        itself only; `together`, its spending where each does what is best for itself; `best`,
        the spending that is best for all in sum; and `cost_alone`, `cost_together` and
        `cost_best`, its spending plus its expected loss.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    All are breached with the probability :math:`v/(\alpha z + 1)^\beta` at the *least* spending
    z among them. Who spends more than another gains nothing by it, so all spend the same. Any
    amount up to the smallest of what the partners want, :math:`\min_i z^*(L_i)`, is an
    equilibrium; `together` is that smallest, the best of them for everyone. What is best in sum
    takes the mean loss, :math:`z^*(\bar L)`, which is more: then the partner with little to
    lose pays more than it would like, and needs to be compensated, or helped.

    Partners here are alike but for their losses. A partner with poorer means to turn money into
    security would be the weakest link for another reason.

    References
    ----------
    Gordon, L. A. and Loeb, M. P. (2002). The economics of information security investment.
    *ACM Transactions on Information and System Security* 5(4). doi:10.1145/581271.581274.

    Hirshleifer, J. (1983). From weakest-link to best-shot: the voluntary provision of public
    goods. *Public Choice* 41(3). doi:10.1007/BF00141070.

    Varian, H. (2004). System reliability and free riding. In Camp and Lewis (eds.), *Economics of
    Information Security*.

    Examples
    --------
    >>> table = weakest_link_security(0.5, [100, 8], productivity=0.5)
    >>> table[["loss", "alone", "together", "best"]].round(2)
        loss  alone  together  best
    0  100.0   8.00      0.83  5.35
    1    8.0    0.83     0.83  5.35
    """
    L = arguments.numbers("losses", losses, "[0, 1e100]")
    α = arguments.number("productivity", productivity, _MODERATE)
    β = arguments.number("beta", beta, "(0, 1000]")
    alone = np.array([security_investment(vulnerability, loss, α, β) for loss in L])
    spent = {
        "alone": alone,
        "together": np.full(L.size, alone.min()),
        "best": np.full(L.size, security_investment(vulnerability, L.mean(), α, β)),
    }
    costs = {
        f"cost_{way}": z + L * vulnerability * np.exp(-β * np.log1p(α * z))
        for way, z in spent.items()
    }
    return pd.DataFrame({"loss": L, **spent, **costs})


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


def group_diffusion(
    times: ArrayLike, innovation: ArrayLike, imitation: ArrayLike
) -> NDArray[np.float64]:
    r"""How far has a technology spread in each of several groups that watch one another?

    Parameters
    ----------
    times : array_like, shape (t,)
        In rising order, from 0 to 1000, for instance in years.
    innovation : array_like, shape (..., g)
        p, in [0, 10], for each group: the rate at which its members adopt on their own account.
        Dimensions before the last are scenarios, computed all at once.
    imitation : array_like, shape (..., g, g)
        q, in [0, 10]: in row i and column j the rate that the example of all of group j would
        add in group i. Both are per unit of `times`.

    Returns
    -------
    ndarray, shape (..., t, g)
        The share, in [0, 1], of each group that has adopted by each of the times.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, if times do not rise, or if shapes do not fit.

    Notes
    -----
    From nobody at time 0, the shares follow

    .. math:: \dot F_i = \Big(p_i + \sum_j q_{ij} F_j\Big)(1 - F_i),

    the model of Bass for several groups, as Peterson and Mahajan wrote it for several products.
    It is followed by Runge and Kutta's rule of the fourth order, in steps that are short beside
    the fastest rate. Groups that are alike in all follow `diffusion`.

    Everybody adopts in the end, and nobody gives up; what the technology does to those who have
    it, and against whom, is not in the model.

    References
    ----------
    Bass, F. M. (1969). A new product growth for model consumer durables. *Management Science*
    15(5). doi:10.1287/mnsc.15.5.215.

    Peterson, R. A. and Mahajan, V. (1978). Multi-product growth models. In Sheth (ed.),
    *Research in Marketing* 1.

    Examples
    --------
    Allies, one in fifty of whom adopt each year by themselves, and rivals who only react:

    >>> group_diffusion([0, 10, 20], [0.02, 0], [[0.3, 0], [0.2, 0]]).round(2)
    array([[0.  , 0.  ],
           [0.6 , 0.37],
           [0.97, 0.89]])
    """
    t = arguments.numbers("times", times, "[0, 1000]")
    if (np.diff(t) < 0).any():
        raise ValueError("times must be in rising order")
    p = _several("innovation", innovation, 1)
    q = _several("imitation", imitation, 2)
    groups = p.shape[-1]
    if q.shape[-2:] != (groups, groups):
        raise ValueError(
            f"imitation must have {groups} rows and columns, one for each group, "
            f"got shape {q.shape}"
        )
    try:
        shape = np.broadcast_shapes(p.shape[:-1], q.shape[:-2])
    except ValueError:
        raise ValueError(
            f"innovation and imitation must be of as many scenarios, got shapes {p.shape} "
            f"and {q.shape}"
        ) from None
    longest = 0.1 / max(0.1, float(p.max() + q.sum(axis=-1).max()))

    def left_rate(left: NDArray[np.float64]) -> NDArray[np.float64]:
        return -(p + np.einsum("...ij,...j->...i", q, 1 - left)) * left

    left, now, path = np.ones((*shape, groups)), 0.0, []
    for moment in t:
        steps = math.ceil((moment - now) / longest)
        for _ in range(steps):
            h = (moment - now) / steps
            a = left_rate(left)
            b = left_rate(left + h / 2 * a)
            c = left_rate(left + h / 2 * b)
            d = left_rate(left + h * c)
            left = left + h / 6 * (a + 2 * b + 2 * c + d)
        now = moment
        path.append(np.clip(1 - left, 0, 1))
    return np.stack(path, axis=-2)


def _several(name: str, values: ArrayLike, dimensions: int) -> NDArray[np.float64]:
    """Rates for one scenario or for several at once."""
    kind = "a row" if dimensions == 1 else "a square matrix"
    try:
        shape = np.shape(values)
    except ValueError:
        raise TypeError(f"{name} must be {kind} of numbers, all equally long") from None
    if len(shape) < dimensions or 0 in shape:
        raise ValueError(f"{name} must be {kind} of numbers for each scenario, got shape {shape}")
    flat = np.asarray(values).reshape(-1)
    return arguments.numbers(name, flat, "[0, 10]").reshape(shape)


class Fits(NamedTuple):
    """Curves of `diffusion` laid through what has been seen; made by `diffusion_fits`.

    Attributes
    ----------
    curves : DataFrame
        One row for each curve, the closest first: `innovation`, `imitation`, `final` (how many
        adopt in the end) and `miss` (the root of the mean squared distance from what was seen).
    paths : ndarray, shape (curves, times)
        The number of adopters that each curve has at the end of each time, from the first one
        that was seen to the last one ahead.
    """

    curves: pd.DataFrame
    paths: NDArray[np.float64]


def diffusion_fits(adopters: ArrayLike, population: float, ahead: int) -> Fits:
    r"""Which curves of diffusion go through what has been seen, and where do they lead?

    Parameters
    ----------
    adopters : array_like, shape (t,)
        How many had adopted by the end of each time (year) since the beginning, never falling;
        at least 2 times.
    population : float
        How many could adopt at most, not below the last number of adopters, above 0.
    ahead : int
        How many further times to follow each curve, at least 0.

    Returns
    -------
    Fits
        `curves` and `paths`, the closest first.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    :math:`y_t = m F(t)` with F of `diffusion`, for 30 values of p from 0.001 to 0.3 and 31 of q
    from 0 to 0.9. For each pair the m that misses least is :math:`\sum y F / \sum F^2`, kept
    between the adopters so far and the population. So all 930 curves can be looked at, not only
    the best: before the peak many go through the same points and part afterwards.

    References
    ----------
    Bass, F. M. (1969). A new product growth for model consumer durables. *Management Science*
    15(5). doi:10.1287/mnsc.15.5.215.

    Examples
    --------
    >>> fits = diffusion_fits([3, 6, 9, 12], population=100, ahead=10)
    >>> near = fits.curves["miss"] < 0.5
    >>> [int(fits.paths[near, -1].min()), int(fits.paths[near, -1].max())]
    [12, 64]
    """
    y = arguments.numbers("adopters", adopters, "[0, 1e12]", at_least=2)
    if (np.diff(y) < 0).any():
        raise ValueError("adopters must never fall: a number by the end of each time")
    most = arguments.number("population", population, "(0, 1e12]")
    if most < y[-1]:
        raise ValueError(f"population must not be below the adopters, {y[-1]:g}, got {most:g}")
    ahead = arguments.whole("ahead", ahead, least=0)
    p, q, F = _shares(y.size + ahead)
    seen = F[:, : y.size]
    m = np.clip(seen @ y / (seen**2).sum(axis=1), y[-1], most)
    miss = np.sqrt(((m[:, None] * seen - y) ** 2).mean(axis=1))
    order = np.argsort(miss, kind="stable")
    curves = pd.DataFrame({"innovation": p, "imitation": q, "final": m, "miss": miss})
    return Fits(curves.iloc[order].reset_index(drop=True), (m[:, None] * F)[order])


@cache
def _shares(times: int) -> tuple[NDArray[np.float64], ...]:
    """The rates of the grid, and the shares of adopters at the end of each time."""
    p, q = (a.ravel() for a in np.meshgrid(np.geomspace(1e-3, 0.3, 30), np.linspace(0, 0.9, 31)))
    t = np.arange(1, times + 1)
    fading = np.exp(-np.outer(p + q, t))
    return p, q, (1 - fading) / (1 + (q / p)[:, None] * fading)


# Futures ----------------------------------------------------------------------------------


def sample_futures(
    ranges: Mapping[str, tuple[float, float]], runs: int, *, rng: int | np.random.Generator = 0
) -> pd.DataFrame:
    """Which futures should be tried, if of each input only a range is known?

    Parameters
    ----------
    ranges : dict
        For each input its least and its greatest value, finite; they may be equal.
    runs : int
        How many futures, at least 1.
    rng : int or numpy.random.Generator
        The source of chance.

    Returns
    -------
    DataFrame
        One row for each future, one column for each input.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    A Latin hypercube: each range is cut into `runs` equal parts, each part is used once, at a
    random point in it, and the inputs are shuffled against each other. So even few futures cover
    every range evenly. That all values in a range are equally likely, and that no two inputs hang
    together, is put in, and not known: the spread of results is that of the ranges, and no
    probability.

    References
    ----------
    McKay, M. D., Beckman, R. J. and Conover, W. J. (1979). A comparison of three methods for
    selecting values of input variables in the analysis of output from a computer code.
    *Technometrics* 21(2).

    Examples
    --------
    >>> sample_futures({"speed": (0, 4), "cost": (10, 10)}, runs=4, rng=1).round(2)
       speed  cost
    0   0.14  10.0
    1   1.95  10.0
    2   2.31  10.0
    3   3.42  10.0
    """
    if not isinstance(ranges, Mapping) or not ranges:
        raise TypeError(f"ranges must be a dict of at least one range, got {ranges!r}")
    runs = arguments.whole("runs", runs, least=1)
    ends = {}
    for name, pair in ranges.items():
        low, high = _pair(f"ranges of {name}", pair)
        ends[name] = low, high
    chance = arguments.generator(rng)
    return pd.DataFrame(
        {
            name: low + (high - low) * (chance.permutation(runs) + chance.random(runs)) / runs
            for name, (low, high) in ends.items()
        }
    )


def _pair(name: str, values: ArrayLike) -> tuple[float, float]:
    pair = arguments.numbers(name, values, "[-1e100, 1e100]", at_least=2)
    if pair.size != 2 or pair[0] > pair[1]:
        raise ValueError(f"{name} must be the least and the greatest value, got {values!r}")
    return float(pair[0]), float(pair[1])


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
