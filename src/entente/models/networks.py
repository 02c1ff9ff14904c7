"""Which networks of treaties pay, which last, and when are friends and enemies in balance?

Two ideas about graphs whose nodes are states. In the *connections model* a tie costs both its
ends and brings each all that lies behind it, the less the farther away: so it can be best for all
that one state is the hub, and bad for the hub. In *structural balance* ties are friendly or
hostile, a triangle is at rest if it has an even number of hostile sides, and the least number of
ties that must change before two clean camps remain measures how far a network is from that. A
graph is a `networkx.Graph`; the sign of a tie is its attribute ``sign``, +1 or −1.
"""

from collections import Counter
from collections.abc import Hashable
from fractions import Fraction
from itertools import combinations
from numbers import Real
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entente.models import _arguments as arguments

__all__ = [
    "Frustration",
    "TriangleBalance",
    "alliance_graph",
    "connections_utility",
    "efficient_structure",
    "frustration",
    "is_pairwise_stable",
    "triangle_balance",
]


# The connections model --------------------------------------------------------------------


def connections_utility(graph: nx.Graph, benefit: float, cost: float) -> dict[Hashable, float]:
    r"""What is a network of ties worth to each of its members?

    Parameters
    ----------
    graph : networkx.Graph
        The ties, of at least one node, without loops.
    benefit : float
        δ, what a direct tie brings to each end, in (0, 1); it shrinks by the factor δ with
        every further step.
    cost : float
        c, what a tie costs each of its two ends, at least 0, in the unit of the benefit.

    Returns
    -------
    dict
        The utility of each node, in the unit of the benefit.

    Raises
    ------
    TypeError, ValueError
        If the graph is directed, empty or has loops or parallel ties, or if a number is out of
        range or makes a utility too large for a float.

    Notes
    -----
    With d(i, j) the number of ties on the shortest way from i to j,

    .. math:: u_i = \sum_{j \ne i} \delta^{d(i,j)} - c \deg(i),

    and what cannot be reached brings nothing. All states are taken to be worth the same to each
    other; in alliances some protect and others are protected.

    References
    ----------
    Jackson, M. O. and Wolinsky, A. (1996). A strategic model of social and economic networks.
    *Journal of Economic Theory* 71(1). doi:10.1006/jeth.1996.0108.

    Examples
    --------
    In a star the hub, node 0, has the most ties and may have the least from them:

    >>> utility = connections_utility(nx.star_graph(3), benefit=0.5, cost=0.5)
    >>> {state: round(value, 2) for state, value in utility.items()}
    {0: 0.0, 1: 0.5, 2: 0.5, 3: 0.5}
    """
    _plain("graph", graph)
    δ, c = _exact_terms(benefit, cost)
    try:
        return {node: float(_utility(graph, node, δ, c)) for node in graph}
    except OverflowError:
        raise ValueError(f"cost must leave every utility a finite number, got {cost}") from None


def efficient_structure(n: int, benefit: float, cost: float) -> str:
    r"""Which network is worth most to all its members together?

    Parameters
    ----------
    n : int
        The number of states, at least 2.
    benefit, cost : float
        As in `connections_utility`.

    Returns
    -------
    str
        ``"complete"``, ``"star"`` or ``"empty"``: all with all, one hub with all others, or no
        tie. Where two are worth the same, the one with fewer ties.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    The complete network if :math:`c < \delta - \delta^2`, so that a direct tie is worth more
    than the way through a third; the star if

    .. math:: \delta - \delta^2 \le c < \delta + \tfrac{n-2}{2}\,\delta^2;

    otherwise none. Best for all together is not what its members would choose: see
    `is_pairwise_stable`. The numbers are compared exactly as they are written in decimals.

    References
    ----------
    Jackson, M. O. and Wolinsky, A. (1996). A strategic model of social and economic networks.
    *Journal of Economic Theory* 71(1). doi:10.1006/jeth.1996.0108.

    Examples
    --------
    >>> [efficient_structure(6, 0.5, cost) for cost in (0.2, 0.6, 1.01)]
    ['complete', 'star', 'empty']
    """
    n = arguments.whole("n", n, least=2)
    δ, c = _exact_terms(benefit, cost)
    if c < δ - δ**2:
        return "complete"
    return "star" if c < δ + Fraction(n - 2, 2) * δ**2 else "empty"


def is_pairwise_stable(graph: nx.Graph, benefit: float, cost: float) -> bool:
    r"""Would anybody cut a tie, or two states add one?

    Parameters
    ----------
    graph, benefit, cost
        As in `connections_utility`.

    Returns
    -------
    bool
        True if no state gains by cutting one of its ties, and no two states could add a tie so
        that one gains and the other does not lose.

    Raises
    ------
    TypeError, ValueError
        As in `connections_utility`.

    Notes
    -----
    A tie needs both ends to make and one to break. Only one tie at a time is considered, and
    nobody looks ahead or pays another for a tie. Utilities are compared as exact fractions, of
    the numbers as they are written in decimals.

    References
    ----------
    Jackson, M. O. and Wolinsky, A. (1996). A strategic model of social and economic networks.
    *Journal of Economic Theory* 71(1). doi:10.1006/jeth.1996.0108.

    Examples
    --------
    The star is efficient at both costs. At the higher one each of its ties costs the hub more
    than the 0.5 that it brings, so the hub would cut it:

    >>> [is_pairwise_stable(nx.star_graph(5), 0.5, cost) for cost in (0.4, 0.6)]
    [True, False]
    """
    _plain("graph", graph)
    δ, c = _exact_terms(benefit, cost)
    now = {node: _utility(graph, node, δ, c) for node in graph}
    changed = nx.Graph(graph)
    for one, other in combinations(graph, 2):
        tied = graph.has_edge(one, other)
        (changed.remove_edge if tied else changed.add_edge)(one, other)
        gains = [_utility(changed, node, δ, c) - now[node] for node in (one, other)]
        (changed.add_edge if tied else changed.remove_edge)(one, other)
        if max(gains) > 0 and (tied or min(gains) >= 0):
            return False
    return True


# Networks from tables -----------------------------------------------------------------------


def alliance_graph(ties: pd.DataFrame, year: int) -> nx.Graph:
    r"""Which states were tied to each other in a year?

    Parameters
    ----------
    ties : DataFrame
        Spells of ties: `state_a`, `state_b`, `start`, `end`, and `sign` (+1 or −1) if ties can
        be friendly and hostile. `start` and `end` are years or days; no end means that the tie
        has not ended.
    year : int
        The year.

    Returns
    -------
    networkx.Graph
        The states with a tie in force, and one edge for each pair, with the attribute ``sign``
        if the table has it.

    Raises
    ------
    TypeError, ValueError
        If a column is missing or has something else in it, if a tie ends before its start, if a
        state is tied to itself, or if a pair has ties of both signs in that year.

    Notes
    -----
    A tie is in force from the year of its start on, and no longer in that of its end:
    :math:`\text{start} \le \text{year} < \text{end}`. A day counts by its year, so a tie that
    begins and ends within one year is in force in none. In tables whose end is the last year in
    force, unlike ``alliance_ties`` and ``great_power_ties``, first add 1 to the year of the end.
    Other columns, such as the kinds of pledges, are not kept: choose the rows first. States
    without a tie are not in the graph; add them with ``graph.add_nodes_from`` where they count,
    as in the density.

    Examples
    --------
    >>> ties = pd.DataFrame(
    ...     {"state_a": ["FRA", "FRA"], "state_b": ["RUS", "GBR"],
    ...      "start": [1891, 1904], "end": [1918, None]}
    ... )
    >>> sorted(alliance_graph(ties, 1900).edges)
    [('FRA', 'RUS')]
    >>> sorted(alliance_graph(ties, 1918))
    ['FRA', 'GBR']
    """
    year = arguments.whole("year", year, least=1)
    start, end = arguments.spells("ties", ties)
    ends = [arguments.column("ties", ties, column) for column in ("state_a", "state_b")]
    if any(states.isna().any() for states in ends):
        raise ValueError("ties must have a state at both ends of every tie")
    force = (start <= year) & (year < end)
    pairs = list(zip(*(states[force] for states in ends), strict=True))
    for one, other in pairs:
        if one == other:
            raise ValueError(f"ties must join two states, got {one} tied to itself in {year}")
    graph = nx.Graph()
    if "sign" not in ties:
        graph.add_edges_from(pairs)
        return graph
    for (one, other), sign in zip(pairs, ties["sign"][force], strict=True):
        if not _is_sign(sign):
            raise ValueError(f"ties must have 1 or -1 in sign, got {sign}")
        if graph.has_edge(one, other) and graph.edges[one, other]["sign"] != sign:
            raise ValueError(
                f"ties must have one sign a pair, got both for {one}–{other} in {year}"
            )
        graph.add_edge(one, other, sign=int(sign))
    return graph


# Structural balance -------------------------------------------------------------------------


class TriangleBalance(NamedTuple):
    """What `triangle_balance` finds.

    Attributes
    ----------
    triangles : int
        The number of triangles.
    balanced : int
        How many of them are balanced.
    share : float
        The balanced ones as a share of all, in [0, 1]; NaN if there is no triangle.
    """

    triangles: int
    balanced: int
    share: float


def triangle_balance(graph: nx.Graph) -> TriangleBalance:
    r"""How many triangles of friends and enemies are at rest?

    Parameters
    ----------
    graph : networkx.Graph
        Ties with the attribute ``sign``, +1 or −1.

    Returns
    -------
    TriangleBalance
        The fields `triangles`, `balanced` and `share`.

    Raises
    ------
    TypeError, ValueError
        If the graph is directed, empty, has loops or parallel ties, or a tie without a sign.

    Notes
    -----
    A triangle is balanced if the product of its three signs is +1: the friend of my friend is
    my friend, the enemy of my enemy, too. Three states none of which are tied to each other
    make no triangle. Balance is not peace: two hostile camps are perfectly balanced.

    References
    ----------
    Cartwright, D. and Harary, F. (1956). Structural balance: a generalization of Heider's
    theory. *Psychological Review* 63(5). doi:10.1037/h0046049.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([(1, 2, 1), (2, 3, -1), (3, 1, -1), (3, 4, 1)], "sign")
    >>> triangle_balance(graph)
    TriangleBalance(triangles=1, balanced=1, share=1.0)
    """
    _, ties = _signed(graph)
    products = np.prod(_triangles(ties)[1], axis=1)
    total, balanced = products.size, int((products > 0).sum())
    return TriangleBalance(total, balanced, balanced / total if total else float("nan"))


class Frustration(NamedTuple):
    """What `frustration` finds.

    Attributes
    ----------
    index : int
        The least number of ties that must change their sign, or go, for balance.
    factions : tuple of frozenset
        Two camps that leave just so many ties frustrated: hostile within or friendly across.
    """

    index: int
    factions: tuple[frozenset, frozenset]


def frustration(graph: nx.Graph) -> Frustration:
    r"""How far are friends and enemies from two clean camps?

    Parameters
    ----------
    graph : networkx.Graph
        Ties with the attribute ``sign``, +1 or −1.

    Returns
    -------
    Frustration
        The fields `index` and `factions`. The index is proven least. Other factions may attain
        it, too. The first faction has the first node of each connected part.

    Raises
    ------
    TypeError, ValueError
        As in `triangle_balance`.
    RuntimeError
        If the solver cannot prove its solution least.

    Notes
    -----
    The line index of balance is

    .. math:: L = \min_{x \in \{0,1\}^n} \#\{+\text{ ties with } x_i \ne x_j\}
              + \#\{-\text{ ties with } x_i = x_j\}.

    A cycle with an odd number of hostile ties has at least one frustrated tie. So let f be 1 for
    a frustrated tie and 0 else, and of all f in [0, 1] whose sum is at least 1 on such cycles take
    the least sum: that is a linear programme, and its value is a bound, L no less than the next
    whole number. It begins with the triangles; cycles that its solution forgets are found as
    shortest ways in the graph's double cover and added. If two camps with that many frustrated
    ties appear, the index is proven. If not, an integer programme that knows the cycles (HiGHS)
    decides between the few that are left. The solver works in floating point; that L is a whole
    number makes its bound a proof.

    The problem is NP-hard. Networks of real states, of hundreds of nodes with few ties
    frustrated, take a fraction of a second. Where signs are as good as random it may take
    minutes from some hundred nodes on, and where all are enemies of all, from some thirty on.

    References
    ----------
    Harary, F. (1959). On the measurement of structural balance. *Behavioral Science* 4(4).

    Aref, S., Mason, A. J. and Wilson, M. C. (2020). A modeling and computational study of the
    frustration index in signed networks. *Networks* 75(1). doi:10.1002/net.21907.

    Examples
    --------
    Three states all at odds: two must make up, whichever.

    >>> graph = nx.complete_graph(3)
    >>> nx.set_edge_attributes(graph, -1, "sign")
    >>> frustration(graph).index
    1
    """
    nodes, ties = _signed(graph)
    place = {node: number for number, node in enumerate(nodes)}
    part = np.empty(len(nodes), dtype=np.int64)
    for number, members in enumerate(nx.connected_components(graph)):
        part[[place[node] for node in members]] = number
    ties = ties[np.argsort(part[ties[:, 0]], kind="stable")]
    index, second = 0, set()
    for piece in np.split(ties, np.flatnonzero(np.diff(part[ties[:, 0]])) + 1):
        if len(piece):
            members, ends = np.unique(piece[:, :2], return_inverse=True)
            side = _camps(*ends.reshape(-1, 2).T, piece[:, 2] < 0)
            index += int(_frustrated(side, *ends.reshape(-1, 2).T, piece[:, 2] < 0))
            second |= {nodes[member] for member in members[side != side[0]]}
    return Frustration(index, (frozenset(set(nodes) - second), frozenset(second)))


_ROUND = 1e-6  # a bound that is above a whole number by less than this may be that number
_SOURCES = 500  # from so many nodes at a time unbalanced cycles are sought, to bound the memory
_PATIENCE = 5  # rounds without better bound before the search begins


def _frustrated(
    side: NDArray[np.bool_], a: NDArray[np.int64], b: NDArray[np.int64], hostile: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """How many ties partitions frustrate; the nodes are the last axis of `side`."""
    return ((side[..., a] != side[..., b]) != hostile).sum(axis=-1)


def _camps(
    a: NDArray[np.int64], b: NDArray[np.int64], hostile: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """A best partition of the nodes that ties connect: by cycles, and by a search if need be."""
    from scipy.sparse import csr_array, vstack

    n, m = int(max(a.max(), b.max())) + 1, len(a)
    which, signs = _triangles(np.stack([a, b, np.where(hostile, -1, 1)], axis=1))
    unbalanced = which[np.prod(signs, axis=1) < 0].tolist()
    rows = [(dict.fromkeys(triangle, 1), 1) for triangle in unbalanced]
    number = {pair: tie for tie, pair in enumerate(zip(a.tolist(), b.tolist(), strict=True))}
    number |= {(other, one): tie for (one, other), tie in number.items()}
    cuts, least = csr_array((0, m)), np.zeros(0)
    best, side, record, stalled, first = m + 1, np.zeros(n, dtype=bool), -1.0, 0, 0
    while True:
        if rows:
            entries = [
                (row, *term) for row, (terms, _) in enumerate(rows) for term in terms.items()
            ]
            row, tie, value = np.array(entries).T
            new = csr_array((value.astype(float), (row, tie)), shape=(len(rows), m))
            cuts = vstack([cuts, new], format="csr")
            least = np.r_[least, [bound for _, bound in rows]]
        f, bound = _relaxed(cuts, least)
        sources = np.unique(np.arange(first, first + _SOURCES) % n)
        first += _SOURCES
        found, rows = _cycles(n, a, b, hostile, f, sources, number)
        counts = _frustrated(found, a, b, hostile)
        if counts.min() < best:
            best, side = counts.min(), found[counts.argmin()]
        if best < bound + 1 - _ROUND:
            return side
        record, stalled = (bound, 0) if bound > record + 0.02 else (record, stalled + 1)
        if (not rows and len(sources) == n) or stalled > _PATIENCE:
            return _searched(n, a, b, hostile, cuts, least)
        tight = cuts @ f < least + 0.05  # the others would only slow the programme down
        cuts, least = cuts[tight], least[tight]


def _relaxed(cuts: Any, least: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The least sum of f in [0, 1] that the cuts allow, and a bound that is safe from rounding."""
    from scipy.optimize import linprog

    if not least.size:
        return np.zeros(cuts.shape[1]), 0.0
    found = linprog(np.ones(cuts.shape[1]), A_ub=-cuts, b_ub=-least, bounds=(0, 1))
    if found.x is None:
        raise RuntimeError(f"the solver found no solution: {found.message}")
    # Any prices of the cuts, however wrong, give a bound by duality.
    prices = np.maximum(0, -found.ineqlin.marginals)
    return np.clip(found.x, 0, 1), float(prices @ least + np.minimum(0, 1 - cuts.T @ prices).sum())


def _cycles(
    n: int, a: NDArray, b: NDArray, hostile: NDArray, f: NDArray, sources: NDArray, number: dict
) -> tuple[NDArray[np.bool_], list[tuple[dict[int, int], int]]]:
    """Partitions that f suggests, one for each source, and cuts: the cycles that f forgets.

    A cut is the factors of f, by the number of the tie, and the least that their sum may be.

    Each node has two copies, one in each camp. A tie joins copies in one camp if friendly, in two
    if hostile, at the price f; against its sign it joins them at 1 − f. The way from a node to
    its other copy is an unbalanced cycle, and must cost 1. A node's cheaper copy shows its camp.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    same, across = np.where(hostile, 1 - f, f), np.where(hostile, f, 1 - f)
    price = np.r_[same, same, across, across]
    some = price < 1  # no other step can be part of what costs less than 1
    ends = np.r_[a, a + n, a, a + n][some], np.r_[b, b + n, b + n, b][some]
    # Among ways of like cost the short one makes the stronger cut.
    steps = csr_array((price[some] + 0.003, ends), shape=(2 * n, 2 * n))
    way, last = dijkstra(steps, directed=False, indices=sources, return_predecessors=True)

    rows = {}
    row = np.full(n, -1)
    row[sources] = np.arange(len(sources))
    goal = np.where(hostile, b, b + n)  # where tie k leads back to the other copy of its start
    for tie in np.flatnonzero((row[a] >= 0) & (way[row[a], goal] + f < 1)).tolist():
        terms, least, at, before = {tie: 1}, 1, int(goal[tie]), last[row[a[tie]]]
        while at != a[tie]:
            come = int(before[at])
            step = number[at % n, come % n]
            against = (at < n) == (come < n) if hostile[step] else (at < n) != (come < n)
            terms[step] = terms.get(step, 0) + (-1 if against else 1)
            least -= against  # the 1 of 1 − f, each time that the tie is passed
            at = come
        rows[frozenset(terms.items())] = terms, least
    return way[:, :n] > way[:, n:], list(rows.values())


def _searched(
    n: int, a: NDArray, b: NDArray, hostile: NDArray, cuts: Any, least: NDArray
) -> NDArray[np.bool_]:
    """A best partition by an integer programme that knows the cuts."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    m = len(a)
    terms = np.stack([n + np.arange(m), a, b], axis=1)
    sign = np.where(hostile, -1, 1)
    # f ≥ x_a − x_b and x_b − x_a if friendly, x_a + x_b − 1 and 1 − x_a − x_b if hostile.
    values = np.r_[
        np.stack([np.ones(m), -np.ones(m), sign], 1), np.stack([np.ones(m), np.ones(m), -sign], 1)
    ]
    places = np.arange(2 * m).repeat(3), np.r_[terms, terms].ravel()
    ties = coo_array((values.ravel(), places), shape=(2 * m, n + m))
    cuts = coo_array(cuts)
    cuts = coo_array((cuts.data, (cuts.row, cuts.col + n)), shape=(len(least), n + m))
    # The camps have no names: the busiest node may be put into the first.
    upper = np.ones(n + m)
    upper[np.bincount(np.r_[a, b], minlength=n).argmax()] = 0
    found = milp(
        np.r_[np.zeros(n), np.ones(m)],
        integrality=np.r_[np.ones(n), np.zeros(m)],
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(
            vstack([ties, cuts], format="csr"), np.r_[-1.0 * hostile, 1.0 * hostile, least], np.inf
        ),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise RuntimeError(f"the solver found no solution: {found.message}")
    side = found.x[:n] > 0.5
    best = _frustrated(side, a, b, hostile)
    if found.status != 0 or best >= found.mip_dual_bound + 1 - _ROUND:
        raise RuntimeError(f"the solver could not prove {best} least: {found.message}")
    return side


# Graphs ---------------------------------------------------------------------------------------


def _plain(name: str, graph: nx.Graph) -> None:
    """Refuse what is no simple undirected graph with at least one node."""
    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"{name} must be an undirected networkx.Graph, got {type(graph).__name__}")
    if not graph:
        raise ValueError(f"{name} must have at least one node, got none")
    for node in graph:
        if graph.has_edge(node, node):
            raise ValueError(f"{name} must have no loops, got a tie of {node!r} to itself")


def _is_sign(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_) and abs(value) == 1


def _signed(graph: nx.Graph) -> tuple[list[Hashable], NDArray[np.int64]]:
    """The nodes, and for each tie the places of its ends and its sign, shape (m, 3)."""
    _plain("graph", graph)
    nodes = list(graph)
    place = {node: number for number, node in enumerate(nodes)}
    ties = []
    for one, other, sign in graph.edges(data="sign"):
        if not _is_sign(sign):
            raise ValueError(
                f"graph must have the sign 1 or -1 on every tie, got {sign!r} on {one!r}–{other!r}"
            )
        ties.append((place[one], place[other], int(sign)))
    return nodes, np.array(ties, dtype=np.int64).reshape(-1, 3)


def _triangles(ties: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each triangle the numbers of its three ties and their signs, shape (triangles, 3)."""
    number = {frozenset(pair): tie for tie, pair in enumerate(ties[:, :2].tolist())}
    near: dict[int, set[int]] = {}
    for one, other in ties[:, :2].tolist():
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found = [
        (tie, number[frozenset((one, third))], number[frozenset((other, third))])
        for tie, (one, other) in enumerate(ties[:, :2].tolist())
        for third in sorted(near[one] & near[other])
        if third > max(one, other)
    ]
    which = np.array(found, dtype=np.int64).reshape(-1, 3)
    return which, ties[:, 2][which]


def _exact_terms(benefit: float, cost: float) -> tuple[Fraction, Fraction]:
    """Both numbers, checked, as the fractions that their decimals mean."""
    benefit = arguments.number("benefit", benefit, "(0, 1)")
    cost = arguments.number("cost", cost, "[0, inf)")
    return Fraction(repr(benefit)), Fraction(repr(cost))


def _utility(graph: nx.Graph, node: Hashable, δ: Fraction, c: Fraction) -> Fraction:
    reached = Counter(nx.single_source_shortest_path_length(graph, node).values())
    worth = Fraction(0)
    for d in range(max(reached), 0, -1):  # Horner's scheme keeps the fractions small
        worth = (worth + reached[d]) * δ
    return worth - c * graph.degree(node)
