"""When does a crisis become a war, and how long does a peace last?

A crisis climbs and descends a ladder whose lowest rung is peace and whose highest is war: an
absorbing Markov chain, which tells how likely war is and where easing helps most. After a war,
peace lasts or fails: survival analysis tells how long, counts peaces that still last for what they
are worth, and compares those with a mission and those without. The estimates are those of
statsmodels; this module checks what goes in and says what may be asked of what comes out.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "absorption",
    "compare_survival",
    "escalation_ladder",
    "hazard_ratio",
    "peace_survival",
]


# Escalation ---------------------------------------------------------------------------------


def escalation_ladder(p_up: ArrayLike, rungs: int) -> pd.DataFrame:
    r"""How likely is war from each rung of a crisis?

    Parameters
    ----------
    p_up : float or array_like, shape (rungs − 1,)
        The probability, in [0, 1], that the next step leads up and not down; one for all rungs,
        or one for each, the lowest first.
    rungs : int
        The rung that is war, at least 2; rung 0 is peace.

    Returns
    -------
    DataFrame
        For each rung from 1 to ``rungs − 1``: `rung`, `p_war`, the probability that the crisis
        ends in war, and `expected_steps` until it ends either way.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if some rung leads to neither end.

    Notes
    -----
    With the same p for all rungs and :math:`r = (1-p)/p` this is the gambler's ruin,

    .. math:: P(\text{war} \mid i) = \frac{1 - r^i}{1 - r^n}, \qquad r \ne 1,

    and i/n for p = 1/2. Easing one rung then helps most at the rung where the crisis stands; if
    the rungs differ, another may matter more. The next step depends on nothing but the rung: the
    chain has no memory and no deadlines.

    References
    ----------
    Kemeny, J. G. and Snell, J. L. (1960). *Finite Markov Chains*. The ladder is that of Kahn, H.
    (1965). *On Escalation*.

    Examples
    --------
    >>> escalation_ladder(0.4, rungs=5).round(3)
       rung  p_war  expected_steps
    0     1  0.076           3.104
    1     2  0.190           5.261
    2     3  0.360           5.995
    3     4  0.616           4.597

    A mediator at the second rung, where this crisis stands, lowers 0.190 to

    >>> escalation_ladder([0.4, 0.3, 0.4, 0.4], rungs=5)["p_war"].round(3)[1]
    np.float64(0.131)
    """
    rungs = arguments.whole("rungs", rungs, least=2)
    if np.ndim(p_up) == 0:
        up = np.full(rungs - 1, arguments.number("p_up", p_up, "[0, 1]"))
    else:
        up = arguments.numbers("p_up", p_up, "[0, 1]")
        if up.size != rungs - 1:
            raise ValueError(
                f"p_up must be one number or one for each of {rungs - 1} rungs, got {up.size}"
            )
    rung = np.arange(1, rungs)
    chain = np.zeros((rungs + 1, rungs + 1))
    chain[0, 0] = chain[rungs, rungs] = 1
    chain[rung, rung + 1], chain[rung, rung - 1] = up, 1 - up
    try:
        ends, steps = absorption(chain)
    except ValueError:
        raise ValueError(
            "p_up must lead from every rung to peace or war in steps that can be counted, "
            f"got {p_up}"
        ) from None
    return pd.DataFrame({"rung": rung, "p_war": ends[:, 1], "expected_steps": steps})


def absorption(
    transition: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Where does a chain end, and how soon?

    Parameters
    ----------
    transition : array_like, shape (n, n)
        The probability, in [0, 1], of going from the state of the row to that of the column. Each
        row sums to 1. A state that leads to itself with probability 1 absorbs.

    Returns
    -------
    probabilities : ndarray, shape (transient states, absorbing states)
        The probability of ending in each absorbing state, both in their order in `transition`.
    steps : ndarray, shape (transient states,)
        The expected number of steps until then.

    Raises
    ------
    TypeError, ValueError
        If the matrix is no such chain, if no state absorbs, or if some state never gets to one
        that does, or only after more steps than a float can hold.

    Notes
    -----
    With Q the steps among transient states and R those into absorbing ones,

    .. math:: B = (I - Q)^{-1} R, \qquad t_i = \sum_j \left[(I - Q)^{-1}\right]_{ij}.

    Both are found by eliminating one state after another without a subtraction, so that all
    digits hold even where a chain hardly ever ends, at a cost of O(n³).

    References
    ----------
    Kemeny, J. G. and Snell, J. L. (1960). *Finite Markov Chains*.

    Grassmann, W. K., Taksar, M. I. and Heyman, D. P. (1985). Regenerative analysis and steady
    state distributions for Markov chains. *Operations Research* 33(5), for the elimination.

    Examples
    --------
    A truce that holds for ever with probability 0.3 a year and collapses with 0.1:

    >>> probabilities, steps = absorption([[0.6, 0.3, 0.1], [0, 1, 0], [0, 0, 1]])
    >>> probabilities.round(2), steps.round(2)
    (array([[0.75, 0.25]]), array([2.5]))
    """
    chain = arguments.matrix("transition", transition, "[0, 1]", square=True)
    sums = chain.sum(axis=1)
    wrong = np.flatnonzero(np.abs(sums - 1) > 1e-9)
    if wrong.size:
        raise ValueError(
            f"transition must have rows that sum to 1, got {sums[wrong[0]]:g} in row {wrong[0]}"
        )
    absorbing = (chain > 0).sum(axis=1) == (np.diag(chain) > 0)  # nothing leads elsewhere
    if not absorbing.any():
        raise ValueError("transition must have a state that absorbs, with 1 on the diagonal")
    # Which states lead to an absorbing one, if any number of steps may be taken?
    leads = absorbing.copy()
    for _ in chain:
        leads |= (chain[:, leads] > 0).any(axis=1)
    if not leads.all():
        lost = ", ".join(map(str, np.flatnonzero(~leads)))
        raise ValueError(f"transition must lead to an absorbing state, and never does from {lost}")
    inner, outer = chain[np.ix_(~absorbing, ~absorbing)], chain[np.ix_(~absorbing, absorbing)]
    steps = np.ones(len(inner))
    # The last state is left out, and who would have gone there goes on to where it leads. What
    # leads back to itself is never subtracted: a state is left at the rate of all else.
    with np.errstate(all="ignore"):
        for k in range(len(inner) - 1, -1, -1):
            leaving = inner[k, :k].sum() + outer[k].sum()
            for row in (inner[k, :k], outer[k], steps[k : k + 1]):
                row /= leaving
            before = inner[:k, k]
            inner[:k, :k] += np.outer(before, inner[k, :k])
            outer[:k] += np.outer(before, outer[k])
            steps[:k] += before * steps[k]
        for k in range(len(inner)):
            outer[k] += inner[k, :k] @ outer[:k]
            steps[k] += inner[k, :k] @ steps[:k]
    if not (np.isfinite(outer).all() and np.isfinite(steps).all()):
        raise ValueError("transition must end within a number of steps that a float can hold")
    return np.minimum(outer, 1), steps


# The duration of peace --------------------------------------------------------------------


def peace_survival(
    durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None = None
) -> pd.DataFrame:
    r"""What share of peaces still holds after a given time?

    Parameters
    ----------
    durations : array_like, shape (n,)
        The time until the peace failed or was last seen to hold, above 0.
    events : array_like of bool, shape (n,)
        Whether it failed; otherwise it is *censored*: it held as long as it was watched.
    entry : array_like, shape (n,), optional
        The time from which each was watched, at least 0 and below its duration. By default all
        are watched from time 0.

    Returns
    -------
    DataFrame
        At each time at which a peace failed: `time`, `at_risk`, the number watched just before,
        `events`, the number that failed, and `survival`, the share that holds, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, if the rows differ in length, or if no peace failed.

    Notes
    -----
    The estimator of Kaplan and Meier,

    .. math:: \hat S(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right),

    assumes that those no longer watched fare like the others. It says nothing beyond the last
    time watched. With late entry few may be at risk early; if all of them fail, it is 0 from
    there on, whatever follows.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
    *Journal of the American Statistical Association* 53. doi:10.1080/01621459.1958.10501452.

    Examples
    --------
    Five peaces, two of which still hold:

    >>> peace_survival([1, 2, 2, 3, 4], [True, True, False, True, False])
       time  at_risk  events  survival
    0   1.0        5       1       0.8
    1   2.0        4       1       0.6
    2   3.0        2       1       0.3
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    times, failed, entered = _spells(durations, events, entry)
    found = SurvfuncRight(times, failed.astype(int), entry=entered)
    # Times at which somebody only left are dropped.
    kept = np.asarray(found.n_events) > 0
    return pd.DataFrame(
        {
            "time": np.asarray(found.surv_times)[kept],
            "at_risk": np.asarray(found.n_risk)[kept].round().astype(int),
            "events": np.asarray(found.n_events)[kept].round().astype(int),
            "survival": np.asarray(found.surv_prob)[kept],
        }
    )


def compare_survival(
    durations: ArrayLike, events: ArrayLike, groups: ArrayLike
) -> tuple[float, float]:
    r"""Do peaces of different kinds last differently long?

    Parameters
    ----------
    durations, events
        As in `peace_survival`.
    groups : array_like, shape (n,)
        The label of each peace's kind, of at least two kinds, none missing.

    Returns
    -------
    chi2 : float
        The log-rank statistic, at least 0.
    p_value : float
        The probability of one as large if all kinds lasted alike, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if the rows differ in length.

    Notes
    -----
    At each failure the number that failed in a group is compared with its share of all at risk;
    the sums of these differences, weighted by their covariance, follow a chi-squared
    distribution with one degree of freedom less than there are groups. The test is blind to
    curves that cross, and to how the groups came about: kinds that differ in hardness differ in
    duration.

    References
    ----------
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in
    its consideration. *Cancer Chemotherapy Reports* 50(3).

    Examples
    --------
    >>> chi2, p_value = compare_survival([1, 2, 3, 6, 7, 8], [True] * 6, list("aaabbb"))
    >>> round(chi2, 3), round(p_value, 3)
    (5.052, 0.025)
    """
    from statsmodels.duration.survfunc import survdiff

    times, failed, _ = _spells(durations, events, None)
    labels = arguments.labels("groups", groups)
    arguments.equally_long(durations=times, events=failed, groups=labels)
    if (labels < 0).any() or labels.max() < 1:
        raise ValueError("groups must have at least two labels and none missing")
    try:
        chi2, p_value = survdiff(times, failed.astype(int), labels)
    except np.linalg.LinAlgError:  # some kinds are never at risk together when a peace fails
        chi2 = np.nan
    if not np.isfinite(chi2):
        raise ValueError("groups must be at risk at the same time, so that they can be compared")
    return float(chi2), float(p_value)


def hazard_ratio(
    durations: ArrayLike,
    events: ArrayLike,
    covariates: pd.DataFrame | Mapping[str, ArrayLike],
    entry: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> pd.DataFrame:
    r"""How many times as fast does peace fail where a covariate is one higher?

    Parameters
    ----------
    durations, events, entry
        As in `peace_survival`. With `entry`, a peace may be cut into stretches at the times at
        which a covariate changes: each row then is watched from its `entry` to its `durations`,
        and only the last stretch can fail.
    covariates : DataFrame or dict of array_like, shape (n,)
        For each name a number or truth value a row, in the order of `durations`.
    clusters : array_like, shape (n,), optional
        Labels of rows that may depend on each other, such as stretches of one peace or peaces of
        one state. There are at least two more of them than covariates. The intervals then allow
        for it, but with few clusters too little (see Notes).

    Returns
    -------
    DataFrame
        For each covariate, which is the index: `ratio`, `low` and `high`, its 95 % interval, and
        `p_value`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range or missing, if the rows differ in length, if covariates
        determine each other, or if one separates those that fail so well that its ratio has no
        end.

    Notes
    -----
    Cox's model leaves the course of the risk over time open and asks only what multiplies it:

    .. math:: h(t \mid x) = h_0(t)\, e^{\beta x}, \qquad \text{ratio} = e^{\beta}.

    Failures at the same time are treated by Efron's method. A ratio of 0.5 is half the *rate* of
    failing at any time, and not half as many failures in the end. Whoever counts a peace as kept
    by a mission from its first day, though the mission came later, credits the mission with the
    time that the peace had to survive before it came (*immortal time*): cut the peace in two
    instead.

    With G clusters the sandwich of their summed scores is multiplied by G/(G − 1), and t
    quantiles with G − 1 degrees are used. In trials with a covariate that is the same throughout
    a cluster, such intervals held the truth less often than they claim below some thirty clusters.

    References
    ----------
    Cox, D. R. (1972). Regression models and life-tables. *Journal of the Royal Statistical
    Society B* 34(2). doi:10.1111/j.2517-6161.1972.tb00899.x.

    Lin, D. Y. and Wei, L. J. (1989). The robust inference for the Cox proportional hazards model.
    *Journal of the American Statistical Association* 84, for the clusters.

    Examples
    --------
    >>> durations, events = [2, 3, 5, 6, 7, 8, 9, 12], [1, 1, 0, 1, 1, 0, 1, 0]
    >>> mission = [0, 0, 1, 0, 1, 1, 0, 1]
    >>> hazard_ratio(durations, events, {"mission": mission}).round(3)
             ratio    low   high  p_value
    mission  0.166  0.018  1.542    0.114
    """
    from scipy.stats import t
    from statsmodels.duration.hazard_regression import PHReg

    times, failed, entered = _spells(durations, events, entry)
    names, columns = _covariates(covariates, times)
    groups = None
    if clusters is not None:
        groups = arguments.labels("clusters", clusters)
        arguments.equally_long(durations=times, clusters=groups)
        least = len(names) + 2
        if (groups < 0).any() or groups.max() + 1 < least:
            raise ValueError(
                f"clusters must have none missing and at least {least} labels for {len(names)} "
                f"covariate{'s' * (len(names) > 1)}, got {groups.max() + 1}"
            )
    _not_separated(times, failed, entered, names, columns)
    if entered is not None:
        # Whoever enters at a time is at risk after it; statsmodels would count it at that time.
        entered = np.nextafter(entered, np.inf)
    # Centred and scaled, so that the search is well behaved whatever the unit.
    scale = columns.std(axis=0)
    model = PHReg(
        times, (columns - columns.mean(axis=0)) / scale, status=failed.astype(int), entry=entered,
        ties="efron",
    )  # fmt: skip
    fit = model.fit(disp=0)
    covariance, freedom = np.atleast_2d(fit.cov_params()), np.inf  # such a t is normal
    if groups is not None:
        # statsmodels' own sandwich is no number where rows enter late.
        scores = _scores(
            fit.params, times, failed, entered, (columns - columns.mean(axis=0)) / scale
        )
        sums = np.zeros((groups.max() + 1, len(names)))
        np.add.at(sums, groups, scores)
        covariance = covariance @ sums.T @ sums @ covariance * len(sums) / (len(sums) - 1)
        freedom = len(sums) - 1
    deviation = np.sqrt(np.diag(covariance))
    if not (np.isfinite(deviation).all() and (np.abs(fit.params) < 15).all()):
        raise ValueError(
            "covariates must not separate those that fail from the others; "
            f"the ratio of {names[int(np.argmax(np.abs(fit.params)))]} has no end"
        )
    beta, error = fit.params / scale, deviation / scale
    p_values = 2 * t.sf(np.abs(fit.params) / deviation, freedom)
    reach = t.ppf(0.975, freedom) * error
    low, high = beta - reach, beta + reach
    return pd.DataFrame(
        {"ratio": np.exp(beta), "low": np.exp(low), "high": np.exp(high), "p_value": p_values},
        index=pd.Index(names),
    )


def _scores(
    beta: NDArray[np.float64],
    times: NDArray[np.float64],
    failed: NDArray[np.bool_],
    entered: NDArray[np.float64] | None,
    x: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What each row adds to the slope of the partial likelihood, with Efron's ties."""
    start = np.full(times.size, -np.inf) if entered is None else entered
    weight, scores = np.exp(x @ beta), np.zeros_like(x)
    for time in np.unique(times[failed]):
        at_risk = (start < time) & (times >= time)
        fails = failed & (times == time)
        for left in np.arange(fails.sum()) / fails.sum():
            # Of those that fail together a part has left already.
            part = np.where(at_risk, weight * (1 - left * fails), 0)
            away = x - part @ x / part.sum()
            scores += (fails / fails.sum() - part / part.sum())[:, None] * away
    return scores


# What the arguments must be ---------------------------------------------------------------


def _spells(
    durations: ArrayLike, events: ArrayLike, entry: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64] | None]:
    times = arguments.numbers("durations", durations, "(0, inf)")
    failed = arguments.truths("events", events)
    arguments.equally_long(durations=times, events=failed)
    if not failed.any():
        raise ValueError("events must have at least one that happened, got none")
    if entry is None:
        return times, failed, None
    entered = arguments.numbers("entry", entry, "[0, inf)")
    arguments.equally_long(durations=times, entry=entered)
    late = np.flatnonzero(entered >= times)
    if late.size:
        raise ValueError(
            f"entry must be before the end, got {entered[late[0]]:g} for a duration of "
            f"{times[late[0]]:g} at position {late[0]}"
        )
    return times, failed, entered


def _covariates(
    covariates: pd.DataFrame | Mapping[str, ArrayLike], times: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    if not isinstance(covariates, pd.DataFrame | Mapping):
        raise TypeError(
            f"covariates must be a DataFrame or a dict of rows, got {type(covariates).__name__}"
        )
    names = list(covariates)
    if not names:
        raise ValueError("covariates must have at least one name, got none")
    rows = []
    for name in names:
        values = np.asarray(covariates[name])
        values = values.astype(int) if values.dtype.kind == "b" else values
        rows.append(arguments.numbers(f"covariates[{name!r}]", values))
        if rows[-1].size != times.size:
            raise ValueError(
                f"durations and covariates[{name!r}] must be equally long, got {times.size} and "
                f"{rows[-1].size}"
            )
        if np.ptp(rows[-1]) == 0:
            raise ValueError(
                f"covariates[{name!r}] must not be the same for all, got {rows[-1][0]:g}"
            )
    columns = np.column_stack(rows)
    standard = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    if np.linalg.matrix_rank(standard) < len(names):
        raise ValueError(
            f"covariates must not determine each other, got {', '.join(map(str, names))}"
        )
    return names, columns


def _not_separated(
    times: NDArray[np.float64],
    failed: NDArray[np.bool_],
    entered: NDArray[np.float64] | None,
    names: list[str],
    columns: NDArray[np.float64],
) -> None:
    """Refuse a covariate that is highest, or lowest, at risk whenever something fails.

    Its likelihood then rises without end. Combinations of covariates are caught by the size of
    what the search returns.
    """
    start = np.full(times.size, -np.inf) if entered is None else entered
    highest = lowest = np.ones(len(names), dtype=bool)
    for time in np.unique(times[failed]):
        at_risk = columns[(start < time) & (times >= time)]
        fails = columns[failed & (times == time)]
        highest = highest & (fails.min(axis=0) >= at_risk.max(axis=0))
        lowest = lowest & (fails.max(axis=0) <= at_risk.min(axis=0))
    for name, alone in zip(names, highest | lowest, strict=True):
        if alone:
            raise ValueError(
                "covariates must not separate those that fail from the others; "
                f"the ratio of {name} has no end"
            )
