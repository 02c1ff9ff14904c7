"""What do common standards add to a joint force, and why may the better one lose?

A standard is worth the more the more others use it, so that a share of users tips the market one
way or the other, and chance may decide. A chain of links fails with its weakest; spare links help.
Messages that must be translated wait in line.
And contingents that fight one after the other count for less than those that fight as one: the
square law turns that into a number, which is an image and no forecast.
"""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "adoption_path",
    "combined_strength",
    "message_delays",
    "reliability",
    "required_integration",
    "square_law",
    "tipping_share",
    "urn_shares",
]


# Standards ------------------------------------------------------------------------------------


def tipping_share(value_a: float, value_b: float, network: float) -> float:
    r"""From which share of users on does standard A win?

    Parameters
    ----------
    value_a, value_b : float
        What each standard is worth to a user by itself.
    network : float
        k, what a standard gains in worth if all others use it and not none, above 0, in the same
        unit.

    Returns
    -------
    float
        x*, the share of A above which A spreads and below which B does. Below 0 A wins from any
        start, above 1 B does.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Where a share x uses A, A is worth :math:`a + kx` and B :math:`b + k(1-x)`. They are equal at

    .. math:: x^* = \frac{b - a + k}{2k}.

    The better standard can lose if it comes too late. Users are alike and switch for nothing;
    converters between standards are left out.

    References
    ----------
    Arthur, W. B. (1989). Competing technologies, increasing returns, and lock-in by historical
    events. *Economic Journal* 99. doi:10.2307/2234208.

    Examples
    --------
    B is better, so A needs more than six users in ten:

    >>> round(tipping_share(value_a=1, value_b=1.2, network=1), 2)
    0.6
    """
    a = arguments.number("value_a", value_a)
    b = arguments.number("value_b", value_b)
    k = arguments.number("network", network, "(0, inf)")
    share = 0.5 + (b / k - a / k) / 2
    if not np.isfinite(share):
        raise ValueError(
            f"network must be large enough for a share that is a number, got {network}"
        )
    return share


def adoption_path(
    share: float, value_a: float, value_b: float, network: float, steps: int
) -> NDArray[np.float64]:
    r"""How does the share of users of standard A go on from here?

    Parameters
    ----------
    share : float
        The share that uses A now, in [0, 1].
    value_a, value_b, network : float
        As in `tipping_share`.
    steps : int
        How many steps to go, at least 1.

    Returns
    -------
    ndarray, shape (steps + 1,)
        The share now and after each step, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    In each step users look at what others use and choose the better the more often, the larger
    its lead: the odds of A grow by the exponential of the lead (the replicator dynamics in
    discrete time),

    .. math:: \frac{x'}{1 - x'} = \frac{x}{1 - x}\; e^{(a + kx) - (b + k(1 - x))}.

    0 and 1 stay where they are, and so does the tipping share; everything else moves towards an
    end. A share that only differs from the tipping share by rounding leaves it in the end too.
    A step is as long as it takes for a lead of 1 to multiply the odds by 2.7; the model does not
    say how long that is.

    References
    ----------
    Arthur, W. B. (1989). Competing technologies, increasing returns, and lock-in by historical
    events. *Economic Journal* 99. doi:10.2307/2234208. For the dynamics: Weibull, J. W. (1995).
    *Evolutionary Game Theory*.

    Examples
    --------
    >>> adoption_path(0.5, value_a=1, value_b=1.2, network=1, steps=3).round(3)
    array([0.5  , 0.45 , 0.378, 0.28 ])
    >>> adoption_path(0.7, value_a=1, value_b=1.2, network=1, steps=3).round(3)
    array([0.7  , 0.74 , 0.79 , 0.847])
    """
    x = arguments.number("share", share, "[0, 1]")
    tip = tipping_share(value_a, value_b, network)
    steps = arguments.whole("steps", steps, least=1)
    path = np.empty(steps + 1)
    for step in range(steps + 1):
        path[step] = x
        lead = min(700.0, max(-700.0, 2 * network * (x - tip)))
        # Of the two forms the one without large exponentials.
        x = x / (x + (1 - x) * np.exp(-lead)) if lead > 0 else (
            x * np.exp(lead) / (x * np.exp(lead) + (1 - x))
        )  # fmt: skip
    return path


def urn_shares(draws: int, runs: int, *, rng: int | np.random.Generator = 0) -> NDArray[np.float64]:
    r"""If each newcomer copies one who came before, which share does a standard end with?

    Parameters
    ----------
    draws : int
        How many newcomers choose, at least 1.
    runs : int
        How many histories to draw, at least 1.
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same shares.

    Returns
    -------
    ndarray, shape (runs,)
        The share of standard A at the end of each history, in (0, 1).

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Pólya's urn begins with one ball of each colour; each ball drawn goes back with another one of
    its colour. The share settles down, but anywhere: in the long run it is uniform on [0, 1],
    with mean 1/2 and variance 1/12. Two identical standards end with shares that look like a
    verdict and are the luck of the first few.

    References
    ----------
    Eggenberger, F. and Pólya, G. (1923). Über die Statistik verketteter Vorgänge. *Zeitschrift für
    Angewandte Mathematik und Mechanik* 3. For standards: Arthur, W. B. (1989), as in
    `tipping_share`.

    Examples
    --------
    >>> urn_shares(draws=1000, runs=4, rng=1).round(2)
    array([0.37, 0.23, 0.82, 0.2 ])
    """
    draws = arguments.whole("draws", draws, least=1)
    runs = arguments.whole("runs", runs, least=1)
    chance = arguments.generator(rng)
    of_a = np.ones(runs)
    for balls in range(2, draws + 2):
        of_a += chance.random(runs) * balls < of_a
    return of_a / (draws + 2)


# Links ----------------------------------------------------------------------------------------


def reliability(p: ArrayLike, needed: int | None = None) -> float:
    r"""How likely does the whole work, if its parts work with these probabilities?

    Parameters
    ----------
    p : array_like, shape (n,)
        The probability, in [0, 1], that each part works.
    needed : int, optional
        How many parts must work, from 1 to n. By default all of them must, as in a chain.

    Returns
    -------
    float
        The probability that enough parts work, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    For a chain :math:`\prod_i p_i`; otherwise the number that work is added up part by part. The
    parts fail independently. A common standard is a common fault, too: where one cause can stop
    all, spare parts are worth less than this says.

    References
    ----------
    Barlow, R. E. and Proschan, F. (1975). *Statistical Theory of Reliability and Life Testing*.

    Examples
    --------
    >>> round(reliability([0.95] * 5), 4)
    0.7738
    >>> round(reliability([0.9] * 3, needed=2), 3)
    0.972
    """
    works = arguments.numbers("p", p, "[0, 1]")
    if needed is None:
        return float(works.prod())
    needed = arguments.whole("needed", needed, least=1)
    if needed > works.size:
        raise ValueError(f"needed must be at most the number of parts, {works.size}, got {needed}")
    # number[k]: the probability that k of the parts so far work; all from `needed` on together.
    number = np.zeros(needed + 1)
    number[0] = 1
    for part in works:
        enough = number[-1] + number[-2] * part
        number[1:-1] = number[1:-1] * (1 - part) + number[:-2] * part
        number[0] *= 1 - part
        number[-1] = enough
    return float(min(1.0, number[-1]))


# Messages ---------------------------------------------------------------------------------------


def message_delays(
    common: ArrayLike,
    *,
    messages: int,
    interval: float,
    sending: float,
    translating: float,
    mistakes: float,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    r"""How long do messages between contingents take, and how many arrive changed?

    Parameters
    ----------
    common : array_like, shape (k,)
        The share of the contingents, in [0, 1], that uses the common standard.
    messages : int
        How many messages to follow, at least 1.
    interval : float
        The mean time from one message to the next, above 0, at most 1e12.
    sending : float
        How long a message is on its way, in [0, 1e12], in the same unit.
    translating : float
        How long the one desk of translators is busy with a message, in [0, 1e12], in that unit.
    mistakes : float
        The chance, in [0, 1], that a translation changes what was meant.
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same table.

    Returns
    -------
    DataFrame
        A row for each share: `common`; `translated`, the share of messages that needed the desk;
        `delay`, the mean time that a message took; and `wrong`, the share that arrived changed.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Messages come at random moments. Sender and receiver are drawn anew for each, and use the
    standard with the chance :math:`c`, so that :math:`1 - c^2` of the messages must be
    translated; these wait in line at the desk. All shares meet the same messages: a higher share
    never makes a message slower. In the long run, with a load
    :math:`\rho = s\,(1 - c^2) / i` of the desk below 1, the mean delay is that of a queue with
    one server and a fixed time of service (Pollaczek and Khinchine),

    .. math:: d + (1 - c^2)\left(s + \frac{\rho\,s}{2(1 - \rho)}\right),

    with sending time d, translating time s and interval i; at a load of 1 or more the line grows
    as long as messages come. It starts empty. A fault that stops the common system, and with it
    all that relies on it, is left out.

    References
    ----------
    Kleinrock, L. (1975). *Queueing Systems*, volume 1.

    Examples
    --------
    Ten minutes between messages, eight to translate one, two to send it:

    >>> message_delays(
    ...     [0, 0.5, 1], messages=1000, interval=10, sending=2, translating=8, mistakes=0.1
    ... ).round(2)
       common  translated  delay  wrong
    0     0.0        1.00  21.47   0.10
    1     0.5        0.73  10.38   0.08
    2     1.0        0.00   2.00   0.00
    """
    shares = arguments.numbers("common", common, "[0, 1]")
    m = arguments.whole("messages", messages, least=1)
    gap = arguments.number("interval", interval, "(0, 1e12]")
    way = arguments.number("sending", sending, "[0, 1e12]")
    desk = arguments.number("translating", translating, "[0, 1e12]")
    error = arguments.number("mistakes", mistakes, "[0, 1]")
    chance = arguments.generator(rng)
    apart = gap * chance.exponential(size=m)
    ends = chance.random((2, m)).max(axis=0)
    changed = chance.random(m) < error
    translated = ends >= shares[:, None]
    # The line before each message: what the desk has taken in, less the time gone by, and never
    # below zero.
    load = np.cumsum(desk * translated[:, :-1] - apart[1:], axis=1)
    waiting = np.zeros(translated.shape)
    waiting[:, 1:] = load - np.minimum(np.minimum.accumulate(load, axis=1), 0)
    return pd.DataFrame(
        {
            "common": shares,
            "translated": translated.mean(axis=1),
            "delay": way + (translated * (waiting + desk)).mean(axis=1),
            "wrong": (translated & changed).mean(axis=1),
        }
    )


# Fighting as one --------------------------------------------------------------------------------


def combined_strength(contingents: ArrayLike, integration: float) -> float:
    r"""How strong are contingents that are integrated so far?

    Parameters
    ----------
    contingents : array_like, shape (n,)
        The strength of each, at least 0.
    integration : float
        θ, in [0, 1]: 0 if they fight one after the other, 1 if they fight as one.

    Returns
    -------
    float
        The strength of the whole, in the same unit.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    By the square law forces that fight one after the other add their squares, and a force that
    fights as one is the square of the sum. In between,

    .. math:: S^2 = \sum_i F_i^2 + \theta \sum_{i \ne j} F_i F_j.

    The parameter θ is ours, and so the gain from integration is put in, not found. What is kept
    apart on purpose, lest one fault stop all, is left out.

    References
    ----------
    Lanchester, F. W. (1916). *Aircraft in Warfare*, for the square law.

    Examples
    --------
    Five equal contingents fight like √5 of one, or like 5:

    >>> [round(combined_strength([1] * 5, integration), 3) for integration in (0, 1)]
    [2.236, 5.0]
    """
    forces = arguments.numbers("contingents", contingents, "[0, inf)")
    θ = arguments.number("integration", integration, "[0, 1]")
    scale = float(forces.max())
    if scale == 0:
        return 0.0
    parts = forces / scale
    strength = scale * float(np.sqrt(parts @ parts + θ * _mixed(parts)))
    if not np.isfinite(strength):
        raise ValueError(f"contingents must have a sum that is a number, got {contingents!r}")
    return strength


def required_integration(contingents: ArrayLike, enemy: float) -> float:
    r"""How far must contingents be integrated to match an opponent?

    Parameters
    ----------
    contingents : array_like, shape (n,)
        The strength of each, at least 0; at least two above 0.
    enemy : float
        The strength of the other side, above 0, in the same unit.

    Returns
    -------
    float
        θ*, the integration at which both are equally strong. At 0 or below they match it as they
        are, above 1 not even as one.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    .. math:: \theta^* = \frac{E^2 - \sum_i F_i^2}{\sum_{i \ne j} F_i F_j},

    for n equal ones of strength 1: :math:`(E^2 - n)/(n(n-1))`. See `combined_strength`.

    References
    ----------
    Lanchester, F. W. (1916). *Aircraft in Warfare*, for the square law.

    Examples
    --------
    >>> [round(required_integration([1] * 5, enemy), 2) for enemy in (2, 3, 4, 6)]
    [-0.05, 0.2, 0.55, 1.55]
    """
    forces = arguments.numbers("contingents", contingents, "[0, inf)")
    E = arguments.number("enemy", enemy, "(0, inf)")
    if (forces > 0).sum() < 2:
        raise ValueError(f"contingents must have at least two above 0, got {contingents!r}")
    scale = float(forces.max())
    parts = forces / scale
    with np.errstate(all="ignore"):
        required = float((E / scale * (E / scale) - parts @ parts) / _mixed(parts))
    if not np.isfinite(required):
        raise ValueError(f"enemy must be near enough to the contingents to compare, got {enemy}")
    return required


def _mixed(parts: NDArray[np.float64]) -> np.float64:
    """The sum of the products of all pairs, each pair twice, without a subtraction."""
    return 2 * (parts[1:] @ np.cumsum(parts)[:-1])


def square_law(
    red: float,
    blue: float,
    red_rate: float,
    blue_rate: float,
    times: ArrayLike | None = None,
) -> pd.DataFrame:
    r"""How do two forces wear each other down that aim at each other?

    Parameters
    ----------
    red, blue : float
        Both strengths at the start, above 0.
    red_rate, blue_rate : float
        How much of the other side one unit of each destroys in a unit of time, above 0.
    times : array_like, shape (n,), optional
        The times, at least 0, in any order. By default 101 from the start to the end of the
        weaker side; if both are exactly matched, so that there is no end, until both are down to
        a hundredth.

    Returns
    -------
    DataFrame
        `time`, `red` and `blue`, each strength at least 0. From the end of one side on nothing
        changes.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    With losses in proportion to the number that shoots,

    .. math:: \dot R = -\beta B, \quad \dot B = -\rho R, \qquad
              \rho R^2 - \beta B^2 = \text{constant},

    so that numbers count squared, and who meets halves of an enemy one after the other loses far
    less. It fitted one battle, Iwo Jima, well (Engel 1954), with rates taken from that battle;
    here it is an image of concentration, not a forecast of any fight. It leaves out ground,
    surprise, supply, surrender, and that these are people.

    References
    ----------
    Lanchester, F. W. (1916). *Aircraft in Warfare*.

    Engel, J. H. (1954). A verification of Lanchester's law. *Operations Research* 2.
    doi:10.1287/opre.2.2.163.

    Examples
    --------
    1,000 against 800 of equal skill: 600 are left, not 200.

    >>> square_law(1000, 800, 0.05, 0.05).iloc[-1].round(1).to_dict()
    {'time': 22.0, 'red': 600.0, 'blue': 0.0}
    """
    R = arguments.number("red", red, "(0, inf)")
    B = arguments.number("blue", blue, "(0, inf)")
    ρ = arguments.number("red_rate", red_rate, "(0, inf)")
    β = arguments.number("blue_rate", blue_rate, "(0, inf)")
    # In units in which both rates are α: r = √ρ R, b = √β B, and dr/dt = −α b, db/dt = −α r.
    α, r, b = math.sqrt(ρ) * math.sqrt(β), math.sqrt(ρ) * R, math.sqrt(β) * B
    if not (np.isfinite([α, r, b]).all() and min(α, r, b) > 0):
        raise ValueError(
            "red, blue and their rates must be nearer to 1, so that they can be computed"
        )
    # Exactly matched as the decimals were given, whatever their roots are rounded to.
    red_worth, blue_worth = (
        Fraction(repr(rate)) * Fraction(repr(force)) ** 2 for rate, force in ((ρ, R), (β, B))
    )
    if red_worth == blue_worth:
        r = b
    end = np.inf if r == b else float(np.arctanh(min(r, b) / max(r, b)) / α)
    if times is None:
        t = np.linspace(0, end if np.isfinite(end) else np.log(100) / α, 101)
    else:
        t = arguments.numbers("times", times, "[0, inf)")
    # Sum and difference of r and b fall and grow by themselves. After the end nothing moves.
    ago = α * np.minimum(t, end)
    falls, grows = (r + b) / 2 * np.exp(-ago), (r - b) / 2 * np.exp(ago) if r != b else 0 * ago
    left_r, left_b = np.maximum(0, falls + grows), np.maximum(0, falls - grows)
    spent = t >= end
    left_r, left_b = np.where(spent & (r < b), 0, left_r), np.where(spent & (b < r), 0, left_b)
    return pd.DataFrame({"time": t, "red": left_r / np.sqrt(ρ), "blue": left_b / np.sqrt(β)})
