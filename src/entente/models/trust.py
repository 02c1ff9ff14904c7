"""When is it safe to trust, and what keeps cooperation going?

Three games answer in turn. In the *stag hunt* both states prefer cooperation, yet fear of
the other's fear may keep them apart: how likely must good faith be, and how does evidence
move that belief? In the repeated *prisoner's dilemma* each is tempted to defect: how long
must the shadow of the future be, which strategies do well against which, and what do
misunderstandings (noise) destroy? In the *minimum-effort game* the least effort decides for
all. Payoffs are utilities without a unit; a turn is one play of the game.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "PRISONERS_DILEMMA",
    "STAG_HUNT",
    "STRATEGIES",
    "Payoffs",
    "Strategy",
    "fixation_probability",
    "grim_threshold",
    "long_run_payoffs",
    "minimum_effort_payoff",
    "minimum_trust",
    "play_match",
    "tit_for_tat_threshold",
    "tournament",
    "update_trust",
]


# The game ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Payoffs:
    """What a player gets in a symmetric game of cooperating (C) or defecting (D).

    Any four finite numbers will do: their order makes the game a prisoner's dilemma
    (T > R > P > S) or a stag hunt (R > T ≥ P > S), and each function checks the order that
    its result needs.

    Parameters
    ----------
    temptation : float
        T, for defecting on one who cooperates.
    reward : float
        R, for mutual cooperation.
    punishment : float
        P, for mutual defection.
    sucker : float
        S, for cooperating with one who defects.

    Raises
    ------
    TypeError, ValueError
        If a payoff is not a finite number.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*. The default, 5, 3, 1, 0, is the game
    of his tournaments.

    Examples
    --------
    >>> Payoffs(temptation=4)
    Payoffs(temptation=4.0, reward=3.0, punishment=1.0, sucker=0.0)
    """

    temptation: float = 5.0
    reward: float = 3.0
    punishment: float = 1.0
    sucker: float = 0.0

    def __post_init__(self):
        for field in fields(self):
            value = arguments.number(field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)


#: The prisoner's dilemma of Axelrod's tournaments (5, 3, 1, 0).
PRISONERS_DILEMMA = Payoffs()
#: A stag hunt (3, 4, 2, 0), in which to cooperate together is best of all, and risky.
STAG_HUNT = Payoffs(temptation=3.0, reward=4.0, punishment=2.0, sucker=0.0)


# Trust ------------------------------------------------------------------------------------


def minimum_trust(payoffs: Payoffs = STAG_HUNT) -> float:
    r"""How likely must the other be trustworthy before it is safe to cooperate?

    Parameters
    ----------
    payoffs : Payoffs
        A stag hunt: R > T ≥ P > S.

    Returns
    -------
    float
        The least probability, in (0, 1), at which cooperating pays. It is also the weight
        on cooperation in the mixed equilibrium; below 1/2, cooperation is risk-dominant.

    Raises
    ------
    TypeError, ValueError
        If the payoffs are not those of a stag hunt. In a prisoner's dilemma no trust is
        enough.

    Notes
    -----
    Cooperating yields :math:`tR + (1-t)S`, defecting :math:`tT + (1-t)P`. They are equal at

    .. math:: m = \frac{P - S}{(R - T) + (P - S)}.

    References
    ----------
    Kydd, A. (2000). Trust, reassurance, and cooperation. *International Organization* 54(2).
    doi:10.1162/002081800551190.

    Jervis, R. (1978). Cooperation under the security dilemma. *World Politics* 30(2).
    doi:10.2307/2009958.

    Examples
    --------
    >>> round(minimum_trust(), 4)
    0.6667
    >>> minimum_trust(Payoffs(temptation=3, reward=4, punishment=2, sucker=1))
    0.5
    """
    T, R, P, S = map(Fraction, _in_order(payoffs, "R > T >= P > S"))
    return float((P - S) / ((R - T) + (P - S)))


def update_trust(prior: float, if_trustworthy: float, if_untrustworthy: float) -> float:
    r"""How likely is the other trustworthy, now that it has sent this signal?

    Parameters
    ----------
    prior : float
        The probability that the other is trustworthy before the signal, in [0, 1].
    if_trustworthy : float
        The probability, in [0, 1], that a trustworthy state would send the signal.
    if_untrustworthy : float
        The probability, in [0, 1], that an untrustworthy state would send it.

    Returns
    -------
    float
        The probability after the signal, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If a probability is out of range, or if the signal could not have been sent: it then
        says nothing (0/0).

    Notes
    -----
    Bayes' rule, with prior t and likelihoods a and b:

    .. math:: t' = \frac{ta}{ta + (1-t)b}.

    Talk that both would utter (a = b) changes nothing. A signal too costly for the
    untrustworthy (b = 0) proves everything.

    References
    ----------
    Kydd, A. (2005). *Trust and Mistrust in International Relations*. Princeton.

    Examples
    --------
    >>> update_trust(0.5, if_trustworthy=0.9, if_untrustworthy=0.3)
    0.75
    >>> update_trust(0.5, if_trustworthy=0.9, if_untrustworthy=0.9)
    0.5
    """
    t = arguments.number("prior", prior, "[0, 1]")
    a = arguments.number("if_trustworthy", if_trustworthy, "[0, 1]")
    b = arguments.number("if_untrustworthy", if_untrustworthy, "[0, 1]")
    if (t == 0 or a == 0) and (t == 1 or b == 0):
        raise ValueError(
            f"the signal must be possible, got prior {t}, if_trustworthy {a} and "
            f"if_untrustworthy {b}: it has probability zero"
        )
    a, b = a / max(a, b), b / max(a, b)  # only their ratio counts; tiny ones would vanish
    return t * a / (t * a + (1 - t) * b)


# The shadow of the future -----------------------------------------------------------------


def grim_threshold(payoffs: Payoffs = PRISONERS_DILEMMA) -> float:
    r"""How much must the future count for the grim trigger to sustain cooperation?

    Parameters
    ----------
    payoffs : Payoffs
        A prisoner's dilemma: T > R > P > S.

    Returns
    -------
    float
        The least discount factor δ per turn, in (0, 1), at which two grim triggers are in
        equilibrium.

    Raises
    ------
    TypeError, ValueError
        If the payoffs are not those of a prisoner's dilemma.

    Notes
    -----
    Cooperation yields :math:`R/(1-\delta)`, the best deviation
    :math:`T + \delta P/(1-\delta)`; so

    .. math:: \delta \ge \frac{T - R}{T - P}.

    References
    ----------
    Friedman, J. W. (1971). A non-cooperative equilibrium for supergames. *Review of Economic
    Studies* 38(1). doi:10.2307/2296617.

    Examples
    --------
    >>> grim_threshold()
    0.5
    """
    T, R, P, _ = map(Fraction, _in_order(payoffs, "T > R > P > S"))
    return float((T - R) / (T - P))


def tit_for_tat_threshold(payoffs: Payoffs = PRISONERS_DILEMMA) -> float:
    r"""How much must the future count for tit for tat to sustain cooperation?

    Parameters
    ----------
    payoffs : Payoffs
        A prisoner's dilemma: T > R > P > S.

    Returns
    -------
    float
        The least discount factor w per turn at which tit for tat is a best reply to itself.
        It is below 1 only if 2R > T + S; at 1 or above, no discount factor is enough.

    Raises
    ------
    TypeError, ValueError
        If the payoffs are not those of a prisoner's dilemma.

    Notes
    -----
    Two deviations could pay: to defect for ever, and to defect every second turn.

    .. math:: w \ge \max\left(\frac{T - R}{T - P}, \frac{T - R}{R - S}\right).

    Axelrod also asks for 2R > T + S. The result does not need it: where it fails, taking
    turns at exploiting each other pays at least as well as cooperation, and the second
    ratio, which is then at least 1, says so.

    References
    ----------
    Axelrod, R. (1984). *The Evolution of Cooperation*.

    Axelrod, R. and Hamilton, W. D. (1981). The evolution of cooperation. *Science* 211.
    doi:10.1126/science.7466396.

    Examples
    --------
    >>> round(tit_for_tat_threshold(), 4)
    0.6667
    """
    T, R, P, S = map(Fraction, _in_order(payoffs, "T > R > P > S"))
    return float(max((T - R) / (T - P), (T - R) / (R - S)))


def long_run_payoffs(
    p: ArrayLike, q: ArrayLike, payoffs: Payoffs = PRISONERS_DILEMMA, noise: float = 0.0
) -> tuple[float, float]:
    r"""What do two players who remember one turn earn in the long run, on average a turn?

    Parameters
    ----------
    p, q : array_like, shape (4,)
        Each player's probabilities of cooperating after CC, CD, DC and DD, its own last
        action first, in [0, 1]. See `Strategy.memory_one`.
    payoffs : Payoffs
        Any finite payoffs.
    noise : float
        The probability, in [0, 1], that an action turns into its opposite.

    Returns
    -------
    tuple of float
        The mean payoffs a turn of the player of `p` and of the player of `q`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if the long run depends on the opening moves, as
        for two tit for tats without noise.

    Notes
    -----
    The last outcome, CC, CD, DC or DD, is the state of a Markov chain. Where it can settle
    is found from which states lead to which; the stationary distribution there comes from
    the elimination of Grassmann, Taksar and Heyman, which subtracts nothing and is therefore
    exact to rounding for the smallest noise. Two tit for tats with any noise
    :math:`0 < \varepsilon < 1` earn :math:`(R + S + T + P)/4`.

    References
    ----------
    Press, W. H. and Dyson, F. J. (2012). Iterated Prisoner's Dilemma contains strategies
    that dominate any evolutionary opponent. *PNAS* 109(26). doi:10.1073/pnas.1206569109.

    Grassmann, W. K., Taksar, M. I. and Heyman, D. P. (1985). Regenerative analysis and
    steady state distributions for Markov chains. *Operations Research* 33(5).

    Examples
    --------
    >>> tit_for_tat, win_stay_lose_shift = (1, 0, 1, 0), (1, 0, 0, 1)
    >>> long_run_payoffs(tit_for_tat, tit_for_tat, noise=0.001)
    (2.25, 2.25)
    >>> mine, _ = long_run_payoffs(win_stay_lose_shift, win_stay_lose_shift, noise=0.001)
    >>> round(mine, 3)
    2.995
    """
    p, q = _memory_one("p", p), _memory_one("q", q)
    q = q[[0, 2, 1, 3]]  # what is CD to the first player is DC to the second
    T, R, P, S = _in_order(payoffs, "")
    ε = arguments.number("noise", noise, "[0, 1]")

    p_c, p_d, q_c, q_d = (ε + (1 - 2 * ε) * plan for plan in (p, 1 - p, q, 1 - q))
    chain = np.stack([p_c * q_c, p_c * q_d, p_d * q_c, p_d * q_d], axis=1)
    gains = np.array([[R, R], [S, T], [T, S], [P, P]])

    leads_to = np.linalg.matrix_power(np.eye(4, dtype=int) + (chain > 0), 3) > 0
    settled = (leads_to <= leads_to.T).all(axis=1)  # wherever it leads, it comes back
    ends = np.unique(leads_to[settled], axis=0)
    earned = np.array([_stationary(chain[end][:, end]) @ gains[end] for end in ends])
    if (np.ptp(earned, axis=0) > 1e-12 * np.abs(gains).max()).any():
        raise ValueError(
            f"p and q have no unique long run: it depends on the opening moves, got p {p}, "
            f"q {q[[0, 2, 1, 3]]}, noise {ε}; add noise, or play a match, which has an opening"
        )
    mine, theirs = earned[0]
    return float(mine), float(theirs)


# Strategies -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Strategy:
    """A plan for the repeated game: what to do in each state of mind, and what changes it.

    It is a finite automaton. It begins in state 0; state s cooperates with probability
    ``cooperate[s]``, and what both then really did, noise included, leads to the next state.

    Parameters
    ----------
    name, description, source : str
        For people: what it is called, what it does in one line, where it comes from.
    cooperate : tuple of float
        For each state, the probability of cooperating, in [0, 1].
    after : tuple of tuple of int
        For each state, the next state after CC, CD, DC and DD, the own action first.

    Raises
    ------
    TypeError, ValueError
        If a probability is out of range, or if `after` leads to a state that is not there.

    References
    ----------
    Rubinstein, A. (1986). Finite automata play the repeated prisoner's dilemma. *Journal of
    Economic Theory* 39(1).

    Examples
    --------
    A player who begins with a defection and then cooperates for ever:

    >>> thief = Strategy("Thief", "Steals once", "invented", (0, 1), ((1, 1, 1, 1), (1, 1, 1, 1)))
    >>> STRATEGIES["THIEF"] = thief
    >>> play_match("THIEF", "TFT", rounds=3)
    (8.0, 8.0)
    >>> del STRATEGIES["THIEF"]
    """

    name: str
    description: str
    source: str
    cooperate: tuple[float, ...]
    after: tuple[tuple[int, int, int, int], ...]

    def __post_init__(self):
        states = arguments.numbers("cooperate", self.cooperate, "[0, 1]").size
        after = np.array(self.after, dtype=object)
        if after.shape != (states, 4):
            raise ValueError(
                f"after must have four next states for each of {states}, got {self.after!r}"
            )
        for state in after.flat:
            if arguments.whole("after", state, least=0) >= states:
                raise ValueError(f"after must lead to states 0 to {states - 1}, got {state}")
        object.__setattr__(self, "cooperate", tuple(float(p) for p in self.cooperate))
        object.__setattr__(self, "after", tuple(tuple(map(int, row)) for row in after))

    @property
    def memory_one(self) -> tuple[float, float, float, float] | None:
        """The probabilities of cooperating after CC, CD, DC and DD, for `long_run_payoffs`.

        None if the strategy remembers more than the last turn, as GRIM and TF2T do.

        Examples
        --------
        >>> STRATEGIES["TFT"].memory_one
        (1.0, 0.0, 1.0, 0.0)
        """
        if any(row != self.after[0] for row in self.after):
            return None
        return tuple(float(self.cooperate[state]) for state in self.after[0])


#: The strategies by their short names, for `play_match` and `tournament`.
STRATEGIES: dict[str, Strategy] = {
    "TFT": Strategy(
        "Tit for tat",
        "Cooperates first, then does what the other did last.",
        "A. Rapoport, in Axelrod (1980a), doi:10.1177/002200278002400101",
        cooperate=(1.0, 0.0),
        after=((0, 1, 0, 1), (0, 1, 0, 1)),
    ),
    "ALLC": Strategy(
        "Always cooperate",
        "Cooperates whatever happens.",
        "Axelrod (1984)",
        cooperate=(1.0,),
        after=((0, 0, 0, 0),),
    ),
    "ALLD": Strategy(
        "Always defect",
        "Defects whatever happens.",
        "Axelrod (1984)",
        cooperate=(0.0,),
        after=((0, 0, 0, 0),),
    ),
    "GRIM": Strategy(
        "Grim trigger",
        "Cooperates until the other defects once, then defects for ever.",
        "Friedman (1971), doi:10.2307/2296617",
        cooperate=(1.0, 0.0),
        after=((0, 1, 0, 1), (1, 1, 1, 1)),
    ),
    "WSLS": Strategy(
        "Win–stay, lose–shift",
        "Repeats its action if the other cooperated, changes it if the other defected.",
        "Nowak and Sigmund (1993), doi:10.1038/364056a0",
        cooperate=(1.0, 0.0),
        after=((0, 1, 1, 0), (0, 1, 1, 0)),
    ),
    "ALT": Strategy(
        "Alternator",
        "Cooperates first, then does the opposite of its own last action.",
        "after the second challenger of tit for tat in Axelrod (1984), who defects first",
        cooperate=(1.0, 0.0),
        after=((1, 1, 0, 0), (1, 1, 0, 0)),
    ),
    "TF2T": Strategy(
        "Tit for two tats",
        "Defects only after the other has defected twice in a row.",
        "Axelrod (1980b), doi:10.1177/002200278002400301",
        cooperate=(1.0, 1.0, 0.0),
        after=((0, 1, 0, 1), (0, 2, 0, 2), (0, 2, 0, 2)),
    ),
    "STFT": Strategy(
        "Suspicious tit for tat",
        "Defects first, then does what the other did last.",
        "Boyd and Lorberbaum (1987), Nature 327",
        cooperate=(0.0, 1.0),
        after=((1, 0, 1, 0), (1, 0, 1, 0)),
    ),
    # A third is what min(1 − (T−R)/(R−S), (R−P)/(T−P)) gives for the payoffs 5, 3, 1, 0.
    "GTFT": Strategy(
        "Generous tit for tat",
        "Like tit for tat, but forgives a defection one time in three.",
        "Nowak and Sigmund (1992), Nature 355",
        cooperate=(1.0, 1 / 3),
        after=((0, 1, 0, 1), (0, 1, 0, 1)),
    ),
    "RANDOM": Strategy(
        "Random",
        "Tosses a coin each turn.",
        "Axelrod (1980a), doi:10.1177/002200278002400101",
        cooperate=(0.5,),
        after=((0, 0, 0, 0),),
    ),
}


# Play -------------------------------------------------------------------------------------


def play_match(
    a: str,
    b: str,
    rounds: int = 200,
    payoffs: Payoffs = PRISONERS_DILEMMA,
    noise: float = 0.0,
    *,
    rng: int | np.random.Generator = 0,
) -> tuple[float, float]:
    """What do two strategies earn from each other in one match?

    Parameters
    ----------
    a, b : str
        Keys of `STRATEGIES`.
    rounds : int
        The number of turns, at least 1. Neither strategy knows it.
    payoffs : Payoffs
        Any finite payoffs.
    noise : float
        The probability, in [0, 1], that an action turns into its opposite, independently
        for each action. Both see what was done, not what was meant.
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same match.

    Returns
    -------
    tuple of float
        The total payoffs of `a` and of `b`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Examples
    --------
    >>> play_match("TFT", "ALLD")
    (199.0, 204.0)
    >>> play_match("TFT", "TFT", noise=0.05, rng=1)
    (452.0, 472.0)
    """
    known = tuple(STRATEGIES)
    pair = [arguments.one_of("a", a, known), arguments.one_of("b", b, known)]
    totals = _play(pair, np.array([[0], [1]]), rounds, payoffs, noise, rng)
    return float(totals[0, 0]), float(totals[1, 0])


def tournament(
    names: Iterable[str],
    rounds: int = 200,
    repetitions: int = 1,
    payoffs: Payoffs = PRISONERS_DILEMMA,
    noise: float = 0.0,
    *,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Which strategies do well against which, when each meets all, itself included?

    Parameters
    ----------
    names : iterable of str
        Different keys of `STRATEGIES`, at least one.
    rounds : int
        The number of turns of each match, at least 1.
    repetitions : int
        How often each pair meets, at least 1.
    payoffs, noise, rng
        As in `play_match`.

    Returns
    -------
    DataFrame, shape (n, n)
        The row's mean payoff a turn against the column's. The cells (i, j) and (j, i) tell
        the two sides of the same matches; on the diagonal, where a strategy plays both
        sides, stands the mean of the two.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    All matches are played at once, turn by turn: the time grows with `rounds`, and little
    with the number of matches while they are few. The ranking that a tournament yields, by
    ``.mean(axis="columns")``, holds for its field of strategies, its noise and its payoffs,
    and for no other.

    References
    ----------
    Axelrod, R. (1980a, b). Effective choice in the prisoner's dilemma, and More effective
    choice in the prisoner's dilemma. *Journal of Conflict Resolution* 24(1) and 24(3).
    doi:10.1177/002200278002400101, doi:10.1177/002200278002400301.

    Examples
    --------
    >>> tournament(["TFT", "ALLD", "ALLC"])
    opponent   TFT   ALLD  ALLC
    strategy
    TFT       3.00  0.995   3.0
    ALLD      1.02  1.000   5.0
    ALLC      3.00  0.000   3.0
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise TypeError(f"names must be a row of keys of STRATEGIES, got {names!r}")
    names = [arguments.one_of("names", name, tuple(STRATEGIES)) for name in names]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"names must be at least one key of STRATEGIES, each once, got {names}")
    repetitions = arguments.whole("repetitions", repetitions, least=1)

    n = len(names)
    row, column = np.triu_indices(n)
    players = np.repeat([row, column], repetitions, axis=1)
    totals = _play(names, players, rounds, payoffs, noise, rng)
    mean = totals.reshape(2, len(row), repetitions).mean(axis=2) / rounds

    table = np.zeros((n, n))
    table[row, column] += mean[0]
    table[column, row] += mean[1]
    table[np.diag_indices(n)] /= 2
    return pd.DataFrame(
        table, index=pd.Index(names, name="strategy"), columns=pd.Index(names, name="opponent")
    )


# Populations and groups -------------------------------------------------------------------


def fixation_probability(relative_fitness: float, population: int) -> float:
    r"""How likely does one newcomer's way of acting take over the whole population?

    Parameters
    ----------
    relative_fitness : float
        r, the newcomer's fitness as a multiple of the others', in (0, inf).
    population : int
        N, the constant number of players, at least 1.

    Returns
    -------
    float
        The probability, in [0, 1], that all N descend from the newcomer.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    In the Moran process one player, drawn by fitness, is copied over one drawn at random:

    .. math:: \rho = \frac{1 - 1/r}{1 - r^{-N}}, \qquad \rho = 1/N \text{ at } r = 1.

    References
    ----------
    Moran, P. A. P. (1958). Random processes in genetics. *Mathematical Proceedings of the
    Cambridge Philosophical Society* 54(1).

    Examples
    --------
    >>> fixation_probability(1, 10)
    0.1
    >>> round(fixation_probability(2, 10), 6)
    0.500489
    """
    r = arguments.number("relative_fitness", relative_fitness, "(0, inf)")
    N = arguments.whole("population", population, least=1)
    x = math.log(r)
    if x == 0:
        return 1 / N
    N = min(N, 10**300)  # beyond which nothing changes, and a float cannot hold it
    if x > 0:
        return math.expm1(-x) / math.expm1(-N * x)
    return math.exp((N - 1) * x) * math.expm1(x) / math.expm1(N * x)  # the same; cannot overflow


def minimum_effort_payoff(
    own: float, minimum: float, a: float = 0.2, b: float = 0.1, c: float = 0.6
) -> float:
    r"""What does a member earn when the least effort in the group decides for all?

    Parameters
    ----------
    own : float
        The member's effort, above 0 (1, 2, …, 7 in the experiment).
    minimum : float
        The least effort in the group, the member's own included: above 0, at most `own`.
    a : float
        The worth of a unit of the minimum, at least 0.
    b : float
        The cost of a unit of the own effort, at least 0.
    c : float
        A fixed sum.

    Returns
    -------
    float
        The payoff, in the unit of `a`, `b` and `c` (dollars in the experiment).

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if `own` is below `minimum`.

    Notes
    -----
    .. math:: \pi = a \min_j e_j - b\,e + c.

    If a > b > 0, any effort that all share is an equilibrium, and higher ones are better for
    everybody. The defaults are reported as those of the experiment.

    References
    ----------
    Van Huyck, J. B., Battalio, R. C. and Beil, R. O. (1990). Tacit coordination games,
    strategic uncertainty, and coordination failure. *American Economic Review* 80(1):
    234–248.

    Hirshleifer, J. (1983). From weakest-link to best-shot: the voluntary provision of public
    goods. *Public Choice* 41. doi:10.1007/BF00141070.

    Examples
    --------
    >>> round(minimum_effort_payoff(own=7, minimum=7), 2)
    1.3
    >>> round(minimum_effort_payoff(own=7, minimum=1), 2)
    0.1
    """
    own = arguments.number("own", own, "(0, inf)")
    minimum = arguments.number("minimum", minimum, "(0, inf)")
    a, b = arguments.number("a", a, "[0, inf)"), arguments.number("b", b, "[0, inf)")
    c = arguments.number("c", c)
    if own < minimum:
        raise ValueError(f"own must be at least the minimum, {minimum}, got {own}")
    return a * minimum - b * own + c


# The engine -------------------------------------------------------------------------------

_CELLS = 40_000_000  # of the table below, some 400 MB
_BLOCK = 50  # turns whose draws are made at once; it changes speed and memory, no result


def _play(
    names: list[str],
    players: NDArray[np.intp],
    rounds: int,
    payoffs: Payoffs,
    noise: float,
    rng: int | np.random.Generator,
) -> NDArray[np.float64]:
    """Play match m between `names` at `players[:, m]`, for all m; total payoffs (2, matches)."""
    rounds = arguments.whole("rounds", rounds, least=1)
    T, R, P, S = _in_order(payoffs, "")
    ε = arguments.number("noise", noise, "[0, 1]")
    rng = arguments.generator(rng)

    # The automata side by side, with one numbering of their states.
    strategies = [STRATEGIES[name] for name in names]
    sizes = [len(strategy.cooperate) for strategy in strategies]
    start = np.cumsum([0, *sizes])[:-1]
    states = sum(sizes)
    cooperate = ε + (1 - 2 * ε) * np.concatenate([strategy.cooperate for strategy in strategies])
    after = np.concatenate([first + s.after for first, s in zip(start, strategies, strict=True)])

    # Of a draw it matters only which of the few different chances to cooperate it reaches,
    # its rank. One table tells what follows from both states and both ranks; its cell is
    # ((a * states + b) * ranks + a_rank) * ranks + b_rank.
    chances, chance = np.unique(cooperate, return_inverse=True)
    ranks = len(chances) + 1
    if (states * ranks) ** 2 > _CELLS:
        raise ValueError(
            f"names must have fewer states and different chances of cooperating, got {states} "
            f"states and {len(chances)} chances: play some tens of such strategies at a time"
        )
    a, b, a_rank, b_rank = np.ogrid[:states, :states, :ranks, :ranks]
    a_defects, b_defects = a_rank > chance[a], b_rank > chance[b]
    outcome = 2 * a_defects + b_defects  # 0 CC, 1 CD, 2 DC, 3 DD
    following = after[a, outcome] * states + after[b, 2 * b_defects + a_defects]
    outcome, following = outcome.ravel().astype(np.uint8), following.ravel() * ranks**2

    here = (start[players[0]] * states + start[players[1]]) * ranks**2
    turns = np.zeros((4, len(here)), dtype=int)
    for done in range(0, rounds, _BLOCK):
        draws = rng.random((min(_BLOCK, rounds - done), 2, len(here)))
        rank = np.zeros(draws.shape, dtype=np.uint16)
        for reached in chances:
            rank += draws >= reached
        cells = (rank[:, 0] * ranks + rank[:, 1]).astype(np.intp)
        for cell in cells:
            cell += here
            here = following[cell]
        outcomes = outcome[cells]
        turns += [(outcomes == kind).sum(axis=0, dtype=np.uint16) for kind in range(4)]
    return np.array([[R, S, T, P], [R, T, S, P]]) @ turns


def _stationary(chain: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the stationary distribution of a chain in which every state leads to every other."""
    flow = chain.copy()
    for k in range(len(flow) - 1, 0, -1):
        flow[:k, k] /= flow[k, :k].sum()
        flow[:k, :k] += np.outer(flow[:k, k], flow[k, :k])
    weight = np.ones(len(flow))
    for k in range(1, len(flow)):
        weight[k] = weight[:k] @ flow[:k, k]
    return weight / weight.sum()


# What the arguments must be ---------------------------------------------------------------


def _in_order(payoffs: Payoffs, order: str) -> tuple[float, float, float, float]:
    """Return T, R, P and S if they stand in the `order` needed, as in ``"T > R >= P"``."""
    if not isinstance(payoffs, Payoffs):
        raise TypeError(f"payoffs must be Payoffs, got {payoffs!r}")
    letters = {field.name[0].upper(): field.name for field in fields(Payoffs)}
    value = {letter: getattr(payoffs, name) for letter, name in letters.items()}
    words = order.split()
    for left, sign, right in zip(words[::2], words[1::2], words[2::2], strict=False):
        if value[left] < value[right] or (value[left] == value[right] and sign == ">"):
            raise ValueError(
                f"payoffs must have {order}, got {letters[left]} {left} = {value[left]} and "
                f"{letters[right]} {right} = {value[right]}, so {left} {sign} {right} fails"
            )
    return value["T"], value["R"], value["P"], value["S"]


def _memory_one(name: str, values: ArrayLike) -> NDArray[np.float64]:
    row = arguments.numbers(name, values, "[0, 1]", at_least=4)
    if row.size != 4:
        raise ValueError(f"{name} must be a row of 4 probabilities, got {row.size}")
    return row
