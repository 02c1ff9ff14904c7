"""How much more do partners know together, and how many should share what they know?

Sources that are better than chance and err independently of one another are worth more
together than any of them alone. Three things take that away: sources that are worse than
chance, sources that repeat one another, and secrets that leak. The first part of this module
lets sources vote on a question of yes or no; the second pools estimates of a quantity, whose
errors may be correlated; the third weighs what sharing teaches against what it may betray.
There are no open data on the sharing of intelligence: all numbers here are illustrations.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "best_club_size",
    "effective_sources",
    "majority_correct",
    "pooled_belief",
    "posterior_variance",
    "sharing_loss",
    "weighted_majority_correct",
]


# Votes on yes or no -----------------------------------------------------------------------

_MOST_SOURCES = 20  # the patterns of right and wrong are enumerated: 2^20 take some 20 ms


def majority_correct(n: int, accuracy: float) -> float:
    r"""How likely is the majority right, if all sources are equally good?

    Parameters
    ----------
    n : int
        The number of sources, odd, so that no vote is tied. It may be as large as you like.
    accuracy : float
        p, the probability, in [0, 1], that a source is right.

    Returns
    -------
    float
        The probability, in [0, 1], that more than half are right.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if n is even.

    Notes
    -----
    Condorcet's jury theorem. With sources that err independently,

    .. math:: P_n = \sum_{k > n/2} \binom{n}{k} p^k (1-p)^{n-k} = I_p(m, m), \qquad
              m = \frac{n + 1}{2}.

    It rises to 1 with n if p > 1/2, and falls to 0 if p < 1/2: partners who are worse than
    chance mislead one another, the more the more they are. To keep all digits for any n, the
    regularised incomplete beta function I is taken as

    .. math:: I_p(m, m) = \tfrac12 I_{4p(1-p)}(m, \tfrac12) \qquad (p \le \tfrac12).

    The model misleads where sources share an error: see `effective_sources`.

    References
    ----------
    Condorcet, M. de (1785). *Essai sur l'application de l'analyse à la probabilité des
    décisions rendues à la pluralité des voix*. Paris.

    Examples
    --------
    >>> [round(majority_correct(n, 0.7), 3) for n in (1, 3, 5, 7)]
    [0.7, 0.784, 0.837, 0.874]
    >>> [round(majority_correct(n, 0.45), 3) for n in (1, 3, 5, 7)]
    [0.45, 0.425, 0.407, 0.392]
    """
    from scipy.special import betainc, betaincc

    votes = _count("n", n)
    if n % 2 == 0:
        raise ValueError(f"n must be odd, so that no vote is tied, got {n}")
    accuracy = arguments.number("accuracy", accuracy, "[0, 1]")
    m = votes / 2 + 0.5
    p = min(accuracy, 1 - accuracy)
    x = 4 * p * (1 - p)
    # One of x and 1 − x is near 0; to compute it from the other would lose its digits.
    tail = betainc(m, 0.5, x) if x < 0.5 else betaincc(0.5, m, (1 - 2 * p) ** 2)
    return float(tail / 2 if accuracy < 0.5 else 1 - tail / 2)


def weighted_majority_correct(accuracies: ArrayLike) -> float:
    r"""How likely is the vote right, if each source weighs as much as it deserves?

    Parameters
    ----------
    accuracies : array_like, shape (n,)
        The probability, in [0, 1], that each source is right; at most 20 sources. Of a source
        below 1/2 the opposite is believed, and one at 1/2 has no weight.

    Returns
    -------
    float
        The probability, in [1/2, 1], that the weighted majority is right; a tie, which a coin
        decides, counts half.

    Raises
    ------
    TypeError, ValueError
        If an accuracy is out of range, or if there are more than 20.

    Notes
    -----
    If yes and no are equally likely beforehand and the sources err independently, the best
    weights are the log-odds

    .. math:: w_i = \ln\frac{p_i}{1 - p_i},

    for the weighted majority is then the more likely of the two answers. So it is right with
    the probability that the more likely answer has, over all patterns x of right and wrong:

    .. math:: P = \frac12 \sum_x \max\left(P(x), P(\bar x)\right), \qquad
              P(x) = \prod_i p_i^{x_i} (1 - p_i)^{1 - x_i},

    where :math:`\bar x` has right and wrong exchanged. The sum is exact, to rounding, with
    ties and with weights that are infinite. It has :math:`2^n` terms; for many sources of one
    accuracy use `majority_correct`. In practice accuracies are not known but guessed, and
    weights from guesses can do worse than equal ones.

    References
    ----------
    Nitzan, S. and Paroush, J. (1982). Optimal decision rules in uncertain dichotomous choice
    situations. *International Economic Review* 23(2). doi:10.2307/2526438.

    Examples
    --------
    One expert may outweigh four others, who would only add errors; two do not.

    >>> round(weighted_majority_correct([0.9, 0.6, 0.6, 0.6, 0.6]), 5)
    0.9
    >>> round(weighted_majority_correct([0.9, 0.9, 0.6, 0.6, 0.6]), 5)
    0.92664
    """
    p = arguments.numbers("accuracies", accuracies, "[0, 1]")
    if p.size > _MOST_SOURCES:
        raise ValueError(
            f"accuracies must be those of at most {_MOST_SOURCES} sources, got {p.size}; "
            "majority_correct takes any number of equally good ones"
        )
    # Each pair of opposite patterns once, as the one in which the first source is right.
    pattern, opposite = p[:1], 1 - p[:1]
    for right in p[1:]:
        pattern, opposite = (
            np.concatenate([pattern * right, pattern * (1 - right)]),
            np.concatenate([opposite * (1 - right), opposite * right]),
        )
    return float(min(1.0, np.maximum(pattern, opposite).sum()))


# Estimates of a quantity ------------------------------------------------------------------


def effective_sources(n: int, correlation: float) -> float:
    r"""How many independent sources are n correlated ones worth?

    Parameters
    ----------
    n : int
        The number of sources, at least 1.
    correlation : float
        ρ, the correlation of the errors of any two sources, in [0, 1].

    Returns
    -------
    float
        The number of independent sources, in [1, n], whose mean is as precise.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The mean of n sources, each with an error of variance σ², has the variance
    :math:`\sigma^2 \left(\rho + (1 - \rho)/n\right)`. That is σ² divided by

    .. math:: n_{\text{eff}} = \frac{n}{1 + (n - 1)\rho} \;\to\; \frac1\rho.

    Negative correlations, possible down to :math:`-1/(n-1)`, are left out: partners who read
    the same papers do not err in opposite directions. One correlation for all pairs is the
    simplest case; groups of sources that copy from one another need a matrix.

    References
    ----------
    Clemen, R. T. and Winkler, R. L. (1985). Limits for the precision and value of information
    from dependent sources. *Operations Research* 33(2).

    Examples
    --------
    >>> [round(effective_sources(n, 0.3), 2) for n in (1, 5, 30, 1000)]
    [1.0, 2.27, 3.09, 3.33]
    """
    n = _count("n", n)
    return n / (1 + (n - 1) * arguments.number("correlation", correlation, "[0, 1]"))


def posterior_variance(
    n: int, correlation: float, prior_variance: float, source_variance: float
) -> float:
    r"""How uncertain does a state remain after it has heard n partners?

    Parameters
    ----------
    n : int
        The number of sources, at least 1.
    correlation : float
        ρ, the correlation of the errors of any two sources, in [0, 1].
    prior_variance : float
        σ₀², the variance of its belief beforehand, above 0, in squared units of what is
        estimated.
    source_variance : float
        σ², the variance of the error of one source, above 0, in the same unit.

    Returns
    -------
    float
        The variance of its belief afterwards, in the same unit, at most `prior_variance`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    With a normal belief and normal errors, precisions add, and n correlated sources count as
    :math:`n_{\text{eff}}` independent ones (see `effective_sources`):

    .. math:: V = \frac{1}{1/\sigma_0^2 + n_{\text{eff}}/\sigma^2}.

    It does not fall below :math:`1/(1/\sigma_0^2 + 1/(\rho\sigma^2))`, however many share. A
    state that thinks its sources independent believes in too small a variance.

    References
    ----------
    Clemen, R. T. and Winkler, R. L. (1985). Limits for the precision and value of information
    from dependent sources. *Operations Research* 33(2).

    Examples
    --------
    >>> [round(posterior_variance(5, ρ, 1, 1), 5) for ρ in (0, 0.3, 1)]
    [0.16667, 0.30556, 0.5]
    """
    effective = effective_sources(n, correlation)
    prior = arguments.number("prior_variance", prior_variance, "(0, inf)")
    source = arguments.number("source_variance", source_variance, "(0, inf)")
    return float(_posterior(effective, prior, source))


def pooled_belief(
    prior: float, likelihood_ratio: float, reports: int, distinct_sources: int
) -> tuple[float, float]:
    r"""How far do reports go astray that all come from the same few sources?

    Parameters
    ----------
    prior : float
        The belief that a statement is true, before any report; in [0, 1].
    likelihood_ratio : float
        How many times as likely a source reports the statement if it is true as if it is
        false; above 0.
    reports : int
        How many reports of it have come in, at least 1.
    distinct_sources : int
        How many independent sources they go back to, from 1 to `reports`.

    Returns
    -------
    tuple of float
        The naive belief, which takes each report for a source, and the correct one, which
        counts each source once; both in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if there are more sources than reports.

    Notes
    -----
    Bayes' rule adds the logarithm of the likelihood ratio to the log-odds once for each of
    the k independent sources:

    .. math:: \ln\frac{t'}{1 - t'} = \ln\frac{t}{1 - t} + k \ln LR.

    In circular reporting one source comes back through several partners, and the naive
    belief takes the reports for k. A repetition is here taken to tell nothing at all; that
    partners find a report worth passing on may tell a little.

    References
    ----------
    DeMarzo, P. M., Vayanos, D. and Zwiebel, J. (2003). Persuasion bias, social influence, and
    unidimensional opinions. *Quarterly Journal of Economics* 118(3).

    Examples
    --------
    Five partners report what one and the same source has told each of them:

    >>> naive, correct = pooled_belief(0.5, 3, reports=5, distinct_sources=1)
    >>> round(naive, 3), round(correct, 3)
    (0.996, 0.75)
    """
    from scipy.special import expit, logit

    prior = arguments.number("prior", prior, "[0, 1]")
    ratio = arguments.number("likelihood_ratio", likelihood_ratio, "(0, inf)")
    counts = _count("reports", reports), _count("distinct_sources", distinct_sources)
    if counts[1] > counts[0]:
        raise ValueError(
            f"distinct_sources must be at most reports, {reports}, got {distinct_sources}"
        )
    if prior in (0, 1):  # a certainty that no report can move
        return prior, prior
    naive, correct = (float(expit(logit(prior) + k * math.log(ratio))) for k in counts)
    return naive, correct


# What sharing costs -----------------------------------------------------------------------


def sharing_loss(
    n: int | Sequence[int] | NDArray[np.integer],
    correlation: float,
    leak: float,
    leak_loss: float,
    prior_variance: float = 1.0,
    source_variance: float = 1.0,
) -> float | NDArray[np.float64]:
    r"""What do ignorance and leaks together cost a club of n that shares what it knows?

    Parameters
    ----------
    n : int or array_like of int, shape (m,)
        The number of members, each with one source, at least 1.
    correlation : float
        ρ, the correlation of the errors of any two sources, in [0, 1].
    leak : float
        λ, the probability, in [0, 1], that a member lets the secret out.
    leak_loss : float
        C, what a leak costs, at least 0, in the unit of the variances.
    prior_variance, source_variance : float
        As in `posterior_variance`.

    Returns
    -------
    float or ndarray, shape (m,)
        The expected loss, in the unit of the variances; an array if `n` is a row.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    An estimate costs its squared error, so that ignorance costs the posterior variance V, and
    members leak independently:

    .. math:: L(n) = V(n) + C\left(1 - (1 - \lambda)^n\right).

    The first term falls steeply and then flattens at what the correlation leaves; the second
    keeps rising. That the best club is small is therefore an assumption about λ and C, not a
    finding about any club. What is left out: members differ, and some sources are worth a
    leak.

    References
    ----------
    Walsh, J. I. (2007). Defection and hierarchy in international intelligence sharing.
    *Journal of Public Policy* 27(2), on leaks as the price of sharing.

    Examples
    --------
    >>> sharing_loss([1, 2, 3, 4, 5, 6], correlation=0.3, leak=0.02, leak_loss=1).round(4)
    array([0.52  , 0.4335, 0.4066, 0.3997, 0.4016, 0.4083])
    """
    single = np.isscalar(n)
    if single:
        members = np.array(_count("n", n))
    else:
        members = arguments.numbers("n", n, "[1, inf)")
        for number in n:
            arguments.whole("n", number, least=1)
    ρ = arguments.number("correlation", correlation, "[0, 1]")
    λ = arguments.number("leak", leak, "[0, 1]")
    C = arguments.number("leak_loss", leak_loss, "[0, inf)")
    prior = arguments.number("prior_variance", prior_variance, "(0, inf)")
    source = arguments.number("source_variance", source_variance, "(0, inf)")

    with np.errstate(divide="ignore", over="ignore"):  # ln 0 where all leak; a sum too large
        leaked = -np.expm1(members * np.log1p(-λ))
        loss = _posterior(members / (1 + (members - 1) * ρ), prior, source) + C * leaked
    if not np.isfinite(loss).all():
        raise ValueError(
            "leak_loss and prior_variance must have a sum that is a number, "
            f"got {leak_loss} and {prior_variance}"
        )
    return float(loss) if single else loss


def best_club_size(correlation: float, leak: float, leak_loss: float, largest: int = 30) -> int:
    """How many partners should share a secret?

    Parameters
    ----------
    correlation, leak, leak_loss
        As in `sharing_loss`; the two variances are 1, and `leak_loss` is in their unit.
    largest : int
        The largest club to consider, from 1 to 1,000,000.

    Returns
    -------
    int
        The size, from 1 to `largest`, with the least `sharing_loss`; of several the smallest.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    All sizes are tried: the loss can have two valleys, for a secret that is bound to leak may
    as well be shared with everybody. A result that equals `largest` is the limit's, not the
    model's.

    Examples
    --------
    The more a member leaks, the smaller the club:

    >>> [best_club_size(0.3, leak, leak_loss=1) for leak in (0, 0.01, 0.02, 0.05, 0.2)]
    [30, 6, 4, 3, 1]
    """
    arguments.whole("largest", largest, least=1)
    arguments.number("largest", largest, "[1, 1000000]")
    return 1 + int(np.argmin(sharing_loss(np.arange(1, largest + 1), correlation, leak, leak_loss)))


def _posterior(effective: ArrayLike, prior: float, source: float) -> NDArray[np.float64]:
    """Add the precisions of the prior and of the sources, without dividing by small numbers."""
    mean = source / effective
    low, high = np.minimum(prior, mean), np.maximum(prior, mean)
    return low / (1 + low / high)


# What the arguments must be ---------------------------------------------------------------


def _count(name: str, value: int) -> float:
    """A whole number of at least 1, as a float."""
    return arguments.number(name, arguments.whole(name, value, least=1), "[1, inf)")
