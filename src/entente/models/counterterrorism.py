"""What do states do about a common threat that can choose among them?

One state's wall may send the attack to another; one state's raid may spare all. Which it is
decides whether states do too much or too little when each acts for itself. A hidden network, in
turn, must be close enough to act and sparse enough to hide. And what flows through a network can
be stopped at its narrowest cut. All cells and networks here are made up; nothing in this module is
about any real group, or of use against one.
"""

from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Interdiction",
    "counterterrorism_game",
    "covert_value",
    "deflection_equilibrium",
    "interdict",
    "pure_equilibria",
]


# Games between the targets ------------------------------------------------------------------


def pure_equilibria(row: ArrayLike, column: ArrayLike | None = None) -> list[tuple[int, int]]:
    r"""From which outcomes would neither side move away alone?

    Parameters
    ----------
    row : array_like, shape (m, n)
        What the row player gets for each of its actions (down) and each of the other's (across).
    column : array_like, shape (m, n), optional
        What the column player gets in the same cells. By default the game is symmetric, with as
        many actions for both: the column player's payoffs are those of `row`, transposed.

    Returns
    -------
    list of tuple of int
        The Nash equilibria without dice: the numbers, from 0, of both actions. The list may be
        empty.

    Raises
    ------
    TypeError, ValueError
        If a matrix is none of finite numbers, or if their shapes do not fit.

    Notes
    -----
    A cell is an equilibrium if its payoff is the highest of its column for the row player and of
    its row for the column player. Ties count: who is indifferent does not move.

    References
    ----------
    Nash, J. F. (1950). Equilibrium points in n-person games. *PNAS* 36(1).

    Examples
    --------
    A prisoner's dilemma, and matching pennies:

    >>> pure_equilibria([[3, 0], [5, 1]])
    [(1, 1)]
    >>> pure_equilibria([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    []
    """
    mine = arguments.matrix("row", row, square=column is None)
    theirs = mine.T if column is None else arguments.matrix("column", column)
    if theirs.shape != mine.shape:
        raise ValueError(f"row and column must have one shape, got {mine.shape} and {theirs.shape}")
    # Payoffs that are equal but for rounding are ties.
    best = (mine >= mine.max(axis=0) - arguments.rounding(mine)) & (
        theirs >= theirs.max(axis=1, keepdims=True) - arguments.rounding(theirs)
    )
    return [(int(one), int(other)) for one, other in np.argwhere(best)]


def counterterrorism_game(
    private_benefit: float = 6.0,
    public_cost: float = 4.0,
    own_cost: float = 6.0,
    public_benefit: float = 4.0,
) -> NDArray[np.float64]:
    r"""What do two targets gain by defending themselves, doing nothing, or striking first?

    Parameters
    ----------
    private_benefit : float
        What defence brings to the state that defends, at least 0.
    public_cost : float
        What each state's defence costs *both*, because the attack is sent elsewhere, at least 0.
    own_cost : float
        What striking first costs the state that strikes, at least 0.
    public_benefit : float
        What each state's strike brings to *both*, at least 0. All in one unit.

    Returns
    -------
    ndarray, shape (3, 3)
        The payoffs of the row player for Defend, Do nothing and Strike, in this order, against
        the same actions of the other. The game is symmetric.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Effects add up. With :math:`n_D` defenders and :math:`n_S` strikers among the two, a state gets

    .. math:: b\,1[\text{defends}] - c\,n_D + B\,n_S - C\,1[\text{strikes}].

    If b > c and C > B, each is tempted to defend, and neither to strike. If also 2B − C > b − 2c,
    as here, both would be better off if both struck: too much of what harms the other, too little
    of what helps. Which numbers hold for a real threat is not known, and the game leaves out the
    adversary's answer and the harm that strikes do to third parties.

    References
    ----------
    Arce M., D. G. and Sandler, T. (2005). Counterterrorism: a game-theoretic analysis. *Journal
    of Conflict Resolution* 49(2). doi:10.1177/0022002704272863. The addition of effects is ours.

    Examples
    --------
    >>> game = counterterrorism_game()
    >>> game
    array([[-2.,  2.,  6.],
           [-4.,  0.,  4.],
           [-6., -2.,  2.]])
    >>> pure_equilibria(game), float(game[0, 0]), float(game[2, 2])
    ([(0, 0)], -2.0, 2.0)
    """
    b, c, C, B = (
        arguments.number(name, value, "[0, inf)")
        for name, value in (
            ("private_benefit", private_benefit), ("public_cost", public_cost),
            ("own_cost", own_cost), ("public_benefit", public_benefit),
        )
    )  # fmt: skip
    own = np.array([b - c, 0, B - C])
    other = np.array([-c, 0, B])
    return own[:, None] + other[None, :]


def deflection_equilibrium(
    n: int, loss: float, sensitivity: float = 1.0, cost: float = 1.0
) -> float:
    r"""How much does each of n targets spend on a wall that only sends the attack elsewhere?

    Parameters
    ----------
    n : int
        The number of targets, at least 2.
    loss : float
        L, what the attack costs whoever is hit, at least 0.
    sensitivity : float
        λ, how strongly attackers avoid walls, above 0.
    cost : float
        c, how fast walls become dear, above 0: a wall of height d costs c d²/2.

    Returns
    -------
    float
        The height of each wall in the symmetric equilibrium, at least 0. What would be best for
        all together is 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if walls work so well that there is no symmetric
        equilibrium: then each would rather stand aside and take the hit.

    Notes
    -----
    One attack comes. It hits target i with probability
    :math:`e^{-\lambda d_i} / \sum_j e^{-\lambda d_j}`, so that a wall protects only by making
    others likelier to be hit. Where all are alike,

    .. math:: d^* = \frac{\lambda L (n - 1)}{c\,n^2}.

    That is where no small change helps. Whether a large one does is checked over all heights. A
    wall that stops attacks, and does not just divert them, would be worth something to all.

    References
    ----------
    Sandler, T. and Siqueira, K. (2006). Global terrorism: deterrence versus pre-emption. *Canadian
    Journal of Economics* 39(4), on the two externalities.

    Hirshleifer, J. (1989). Conflict and rent-seeking success functions: ratio vs. difference
    models of relative success. *Public Choice* 63(2). doi:10.1007/BF00153394, for the contest, in
    which the difference of the walls decides.

    Examples
    --------
    >>> [deflection_equilibrium(n, loss=4) for n in (2, 5)]
    [1.0, 0.64]
    """
    n = arguments.whole("n", n, least=2)
    L = arguments.number("loss", loss, "[0, inf)")
    λ = arguments.number("sensitivity", sensitivity, "(0, inf)")
    c = arguments.number("cost", cost, "(0, inf)")
    n = min(n, 10**100)  # of so many none builds anything, whatever is at stake
    height = λ * L * (n - 1) / (c * n**2)
    if height == 0:
        return 0.0
    if not np.isfinite(height):
        raise ValueError(f"loss, sensitivity and cost must leave the height a number, got {height}")
    # Against n − 1 such walls: is another height better? In units of the loss, with the effect of
    # a wall, z = λd, all depends on k = λ²L/c alone; the best z lies below k/4.
    k = λ * λ * L / c
    apart = ValueError(
        "sensitivity squared times loss over cost must be small enough for an equilibrium in "
        f"which all are alike, got {k:g} for {n} targets"
    )
    if not k < 4 * n * (n + 1):  # twice what may be an equilibrium, and small enough to compute
        raise apart
    z = k * (n - 1) / n**2
    others = np.linspace(0, max(k / 4, z) * 1.01, 20_001)
    hit = 1 / (1 + (n - 1) * np.exp(others - z))
    if k and (hit + others**2 / (2 * k)).min() < (1 / n + z**2 / (2 * k)) * (1 - 1e-9):
        raise apart
    return height


# Hidden networks ------------------------------------------------------------------------------


def covert_value(graph: "nx.Graph", detection: float, exposure: str = "uniform") -> float:
    r"""How well does a hidden network balance being close against staying secret?

    Parameters
    ----------
    graph : networkx.Graph
        A connected network of at least two members, made up.
    detection : float
        p, the probability, in [0, 1], that whoever is found gives away a neighbour.
    exposure : {"uniform", "degree"}
        Whether all members are equally likely to be found, or the more so the more ties they
        have.

    Returns
    -------
    float
        The product of secrecy and information, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If the graph is directed, too small, not connected, or an argument is out of range.

    Notes
    -----
    Information is the inverse of the mean distance, secrecy the share of members that is expected
    to stay hidden when one is found, by chance :math:`\alpha_i`, and with it each neighbour by
    chance p:

    .. math:: I = \frac{n(n-1)}{\sum_{i \ne j} d(i, j)}, \qquad
              S = \sum_i \alpha_i \left(1 - \frac{1 + p \deg(i)}{n}\right),

    with :math:`\alpha_i = 1/n`, or, for ``"degree"``, :math:`(\deg(i) + 1)/(2m + n)`. With m ties
    and equal chances, :math:`S = (n^2 - n - 2pm)/n^2`. The shape that is best for the hidden then
    changes at p = 1/2 from all with all to a star; if the busy are found sooner, to a ring with
    some chords. The measure knows no tasks, no skills and no change over time.

    References
    ----------
    Lindelauf, R., Borm, P. and Hamers, H. (2009). The influence of secrecy on the communication
    structure of covert networks. *Social Networks* 31(2).

    Examples
    --------
    >>> import networkx as nx
    >>> shapes = {"all with all": nx.complete_graph(6), "star": nx.star_graph(5)}
    >>> {p: {name: round(covert_value(shape, p), 3) for name, shape in shapes.items()}
    ...  for p in (0.4, 0.6)}
    {0.4: {'all with all': 0.5, 'star': 0.433}, 0.6: {'all with all': 0.333, 'star': 0.4}}
    """
    import networkx as nx

    _undirected("graph", graph)
    if len(graph) < 2 or not nx.is_connected(graph):
        raise ValueError(
            f"graph must be connected and have at least two nodes, got {len(graph)} nodes in "
            f"{nx.number_connected_components(graph)} parts"
        )
    p = arguments.number("detection", detection, "[0, 1]")
    arguments.one_of("exposure", exposure, ("uniform", "degree"))
    n, degree = len(graph), np.array([d for _, d in graph.degree()])
    found = np.full(n, 1 / n) if exposure == "uniform" else (degree + 1) / (degree.sum() + n)
    secrecy = found @ (1 - (1 + p * degree) / n)
    # Rounding must leave no value below 0.
    return float(max(0.0, secrecy) / nx.average_shortest_path_length(graph))


# What flows -----------------------------------------------------------------------------------


class Interdiction(NamedTuple):
    """What `interdict` finds.

    Attributes
    ----------
    flow : float
        The most that can flow from source to sink, in the unit of the capacities.
    cut : frozenset of tuple
        Edges whose capacities sum to `flow`, without which nothing flows; those nearest the
        source, if there are several such sets. Each points away from the source, also if the
        graph names its ends the other way round.
    """

    flow: float
    cut: frozenset


def interdict(graph: "nx.Graph", source: object, sink: object) -> Interdiction:
    r"""How much can flow through a network, and what would stop all of it?

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        A made-up network whose edges have the attribute ``capacity``, finite and at least 0.
    source, sink
        Two different nodes of the graph.

    Returns
    -------
    Interdiction
        The fields `flow` and `cut`.

    Raises
    ------
    TypeError, ValueError
        If the graph has parallel edges, lacks a capacity or a node, or if source and sink are
        the same.

    Notes
    -----
    The most that flows equals the least capacity of a set of edges that parts source from sink.
    The busiest edge, or the node through which most ways lead, need not be in that set. What is
    stopped here may find or make another way: the network does not answer. Capacities are taken as
    exact fractions, of the numbers as they are written in decimals.

    References
    ----------
    Ford, L. R. and Fulkerson, D. R. (1956). Maximal flow through a network. *Canadian Journal of
    Mathematics* 8. On the Cold War origin of the cut see Schrijver, A. (2002). On the history of
    the transportation and maximum flow problems. *Mathematical Programming* 91.
    doi:10.1007/s101070100259.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_weighted_edges_from(
    ...     [("donors", "bank", 5), ("donors", "couriers", 2), ("bank", "cell", 3),
    ...      ("couriers", "cell", 4)], "capacity"
    ... )
    >>> flow, cut = interdict(graph, "donors", "cell")
    >>> flow, sorted(cut)
    (5.0, [('bank', 'cell'), ('donors', 'couriers')])
    """
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_multigraph():
        raise TypeError(f"graph must be a networkx.Graph or DiGraph, got {type(graph).__name__}")
    for name, node in (("source", source), ("sink", sink)):
        if node not in graph:
            raise ValueError(f"{name} must be a node of the graph, got {node!r}")
    if source == sink:
        raise ValueError(f"source and sink must be two nodes, got {source!r} twice")
    exact = nx.create_empty_copy(graph)
    for one, other, capacity in graph.edges(data="capacity"):
        number = arguments.number(
            f"the capacity of {one!r}–{other!r} in graph", capacity, "[0, inf)"
        )
        whole = isinstance(capacity, Integral)  # which a float may not hold
        exact.add_edge(one, other, capacity=Fraction(int(capacity) if whole else repr(number)))
    residual = nx.algorithms.flow.preflow_push(exact, source, sink)
    near = {source}
    frontier = [source]
    while frontier:  # what can still be reached when as much flows as can
        node = frontier.pop()
        for neighbour, edge in residual[node].items():
            if neighbour not in near and edge["flow"] < edge["capacity"]:
                near.add(neighbour)
                frontier.append(neighbour)
    ends = graph.edges if graph.is_directed() else nx.to_directed(graph).edges
    cut = frozenset(
        (one, other)
        for one, other in ends
        if one in near and other not in near and exact.edges[one, other]["capacity"] > 0
    )
    try:
        return Interdiction(float(residual.graph["flow_value"]), cut)
    except OverflowError:
        raise ValueError("graph must have capacities whose sum a float can hold") from None


def _undirected(name: str, graph: "nx.Graph") -> None:
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"{name} must be an undirected networkx.Graph, got {type(graph).__name__}")
    if any(graph.has_edge(node, node) for node in graph):
        loops = [node for node in graph if graph.has_edge(node, node)]
        raise ValueError(f"{name} must have no loops, got one at {loops[0]!r}")
