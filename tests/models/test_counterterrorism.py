"""Counterterrorism: published games, every small network, every cut; nashpy as second opinion."""

import math
import warnings
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from entente.models.counterterrorism import (
    counterterrorism_game,
    covert_value,
    deflection_equilibrium,
    interdict,
    pure_equilibria,
)

# Games ----------------------------------------------------------------------------------------


def test_defence_and_striking_first():
    """Published for the 2 × 2 games: (2, 2), (−2, 4), (4, −2), (0, 0); the rest is computed."""
    game = counterterrorism_game()
    assert game.tolist() == [[-2, 2, 6], [-4, 0, 4], [-6, -2, 2]]
    strike = game[1:, 1:][::-1, ::-1]  # strike, do nothing
    assert strike.tolist() == [[2, -2], [4, 0]]
    assert pure_equilibria(game) == [(0, 0)]
    # Both strike would be better for both than the equilibrium.
    assert game[2, 2] > game[0, 0]


@given(*[st.floats(0, 20)] * 4)
@settings(max_examples=40, deadline=None)
def test_payoffs_add_up_effect_by_effect(b, c, C, B):
    game = counterterrorism_game(b, c, C, B)
    for mine, theirs in product(range(3), repeat=2):
        gained = b * (mine == 0) - C * (mine == 2)
        gained += sum(-c * (action == 0) + B * (action == 2) for action in (mine, theirs))
        assert game[mine, theirs] == pytest.approx(gained)


def test_freezing_assets_is_a_weakest_link():
    """Published: (4, 4), (1, 3), (3, 1), (2, 2) has two equilibria."""
    assert pure_equilibria([[4, 1], [3, 2]]) == [(0, 0), (1, 1)]


matrices = st.integers(1, 4).flatmap(
    lambda m: st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-3, 3), min_size=2 * n, max_size=2 * n), min_size=m, max_size=m
        )
    )
)


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_no_player_would_move_from_an_equilibrium_and_from_all_other_cells_one_would(cells):
    cells = np.array(cells, float)
    n = cells.shape[1] // 2
    row, column = cells[:, :n], cells[:, n:]
    found = pure_equilibria(row, column)
    for i, j in product(range(row.shape[0]), range(n)):
        stays = all(row[k, j] <= row[i, j] for k in range(row.shape[0])) and all(
            column[i, k] <= column[i, j] for k in range(n)
        )
        assert ((i, j) in found) == stays
    # Seen from the other side the equilibria are the same, turned over.
    assert sorted(pure_equilibria(column.T, row.T)) == sorted((j, i) for i, j in found)


@pytest.mark.parametrize("seed", range(5))
def test_equilibria_are_those_of_nashpy(seed):
    import nashpy

    rng = np.random.default_rng(seed)
    row, column = rng.normal(size=(2, 3, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [
            (int(x.argmax()), int(y.argmax()))
            for x, y in nashpy.Game(row, column).support_enumeration()
            if max(x) == max(y) == 1
        ]
    assert sorted(found) == pure_equilibria(row, column)


@pytest.mark.parametrize(
    ("n", "loss", "sensitivity", "height"), [(2, 4, 1, 1.0), (5, 4, 1, 0.64), (3, 3, 2, 4 / 3)]
)
def test_walls_that_only_divert(n, loss, sensitivity, height):
    """Computed, by the condition and by best replies."""
    assert sensitivity * loss * (n - 1) / n**2 == pytest.approx(height)

    def burden(own, others):
        hit = 1 / (1 + (n - 1) * math.exp(sensitivity * (own - others)))
        return hit * loss + own**2 / 2

    assert burden(0, height) > burden(height, height)  # to stand aside would cost more
    assert deflection_equilibrium(n, loss, sensitivity) == pytest.approx(height)
    best = optimize.minimize_scalar(
        lambda own: burden(own, height), bounds=(0, 10), method="bounded"
    )
    assert best.x == pytest.approx(height, abs=1e-4)


@given(st.integers(2, 12), st.floats(0.01, 300))
@settings(max_examples=80, deadline=None)
def test_a_height_is_given_only_where_no_other_height_is_better(n, k):
    others = k * (n - 1) / n**2

    def burden(own):  # in units of the loss
        return 1 / (1 + (n - 1) * np.exp(np.minimum(own - others, 700))) + own**2 / (2 * k)

    grid = np.linspace(0, 2 * max(others, 1), 50_001)
    better = burden(grid).min() < burden(others) - 1e-7
    worse = burden(grid).min() > burden(others) - 1e-12
    try:
        found = deflection_equilibrium(n, loss=k)
    except ValueError:
        assert not worse or burden(grid).min() < burden(others)
    else:
        assert found == pytest.approx(others)
        assert not better


# Hidden networks ------------------------------------------------------------------------------

CONNECTED = {
    n: [g for g in nx.graph_atlas_g() if len(g) == n and nx.is_connected(g)] for n in range(3, 8)
}


def test_there_are_as_many_connected_graphs_as_known():
    assert [len(graphs) for graphs in CONNECTED.values()] == [2, 6, 21, 112, 853]


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_below_one_half_all_with_all_is_best_and_above_it_a_star(n):
    """Published (abstract); computed over all connected graphs."""
    for p, shape in ((0.3, nx.complete_graph(n)), (0.49, nx.complete_graph(n)),
                     (0.51, nx.star_graph(n - 1)), (1.0, nx.star_graph(n - 1))):  # fmt: skip
        best = max(CONNECTED[n], key=lambda graph: covert_value(graph, p))
        assert nx.is_isomorphic(best, shape)
    at_half = [covert_value(shape, 0.5) for shape in (nx.complete_graph(n), nx.star_graph(n - 1))]
    assert at_half[0] == pytest.approx(at_half[1])


@pytest.mark.parametrize(
    ("graph", "p", "value"),
    [(nx.complete_graph(6), 0.49, 0.425), (nx.star_graph(5), 0.51, 0.415),
     (nx.star_graph(5), 1, 1 / 3), (nx.star_graph(6), 1, 0.357143)],
)  # fmt: skip
def test_values_of_the_best(graph, p, value):
    """Computed."""
    assert covert_value(graph, p) == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("n", "degrees", "value"),
    [(4, [1, 1, 2, 2], 0.21), (5, [2] * 5, 0.266667), (6, [2, 2, 2, 2, 3, 3], 0.282609),
     (7, [2, 2, 2, 3, 3, 3, 3], 0.305455)],
)  # fmt: skip
def test_the_best_if_the_busy_are_found_sooner(n, degrees, value):
    """Computed over all connected graphs: a path, a ring, reinforced rings."""
    best = max(CONNECTED[n], key=lambda graph: covert_value(graph, 1, "degree"))
    assert sorted(d for _, d in best.degree()) == degrees
    assert covert_value(best, 1, "degree") == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize("exposure", ["uniform", "degree"])
def test_secrecy_by_finding_members_at_random(exposure):
    """Simulation: find one member, and with it each neighbour by chance."""
    graph, p = nx.barbell_graph(3, 1), 0.4
    n, degree = len(graph), np.array([d for _, d in graph.degree()])
    chance = np.full(n, 1 / n) if exposure == "uniform" else (degree + 1) / (degree + 1).sum()
    rng = np.random.default_rng(4)
    found = rng.choice(n, size=40_000, p=chance)
    lost = 1 + rng.binomial(degree[found], p)
    information = n * (n - 1) / sum(d for _, row in nx.all_pairs_shortest_path_length(graph)
                                    for d in row.values())  # fmt: skip
    expected = (1 - lost / n).mean() * information
    assert covert_value(graph, p, exposure) == pytest.approx(expected, abs=0.003)


# What flows -----------------------------------------------------------------------------------

TEXTBOOK = [("s", 1, 16), ("s", 2, 13), (1, 3, 12), (2, 1, 4), (2, 4, 14), (3, 2, 9), (3, "t", 20),
            (4, 3, 7), (4, "t", 4)]  # fmt: skip


def network(edges, kind=nx.DiGraph):
    graph = kind()
    graph.add_weighted_edges_from(edges, "capacity")
    return graph


def test_the_network_of_the_textbook():
    """Published: 23, with s, 1, 2 and 4 on the near side (Cormen et al.)."""
    flow, cut = interdict(network(TEXTBOOK), "s", "t")
    assert flow == 23
    assert cut == {(1, 3), (4, 3), (4, "t")}


def least_cut(graph, source, sink):
    """Of all sets of nodes around the source, the least capacity that leaves one."""
    inner = [node for node in graph if node not in (source, sink)]
    least = math.inf
    for size in range(len(inner) + 1):
        for more in combinations(inner, size):
            near = {source, *more}
            out = 0.0
            for one, other, capacity in graph.edges(data="capacity"):
                leaves = one in near and other not in near
                if not graph.is_directed():
                    leaves = leaves or (other in near and one not in near)
                out += capacity * leaves
            least = min(least, out)
    return least


@given(st.integers(0, 10_000), st.sampled_from([nx.Graph, nx.DiGraph]))
@settings(max_examples=40, deadline=None)
def test_the_flow_is_the_least_of_all_cuts_and_the_cut_stops_it(seed, kind):
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a, b in product(range(6), repeat=2) if a != b and rng.random() < 0.5]
    graph = network([(a, b, round(float(rng.integers(0, 30)) / 10, 1)) for a, b in pairs], kind)
    graph.add_nodes_from(range(6))
    flow, cut = interdict(graph, 0, 5)
    assert flow == pytest.approx(least_cut(graph, 0, 5))
    assert sum(graph.edges[edge]["capacity"] for edge in cut) == pytest.approx(flow)
    rest = graph.copy()
    rest.remove_edges_from(cut)
    assert interdict(rest, 0, 5) == (0, frozenset()) or not nx.has_path(
        nx.subgraph_view(rest, filter_edge=lambda a, b: rest.edges[a, b]["capacity"] > 0), 0, 5
    )


def test_of_several_cuts_the_one_nearest_the_source():
    flow, cut = interdict(network([("a", "b", 0.3), ("b", "c", 0.1), ("c", "d", 0.1)]), "a", "d")
    assert (flow, cut) == (0.1, {("b", "c")})
    thirds = network([("a", "b", 0.1), ("a", "c", 0.2), ("b", "d", 0.1), ("c", "d", 0.2)])
    assert interdict(thirds, "a", "d").cut == {("a", "b"), ("a", "c")}


def test_the_busiest_node_is_not_the_cut():
    """A hub through which most ways lead, and a narrow end behind it."""
    graph = network(
        [("s", "hub", 9), ("hub", "a", 4), ("hub", "b", 4), ("a", "t", 1), ("b", "t", 1)]
    )
    centre = nx.betweenness_centrality(graph)
    assert max(centre, key=centre.get) == "hub"
    assert interdict(graph, "s", "t") == (2, {("a", "t"), ("b", "t")})


def test_ties_are_ties_in_tenths_too():
    whole = pure_equilibria(counterterrorism_game(3, 2, 3, 4))
    tenths = pure_equilibria(counterterrorism_game(0.3, 0.2, 0.3, 0.4))
    assert tenths == whole == [(0, 0), (0, 2), (2, 0), (2, 2)]


@pytest.mark.parametrize(
    ("n", "loss", "sensitivity"),
    [(2, 1, 100), (2, 1, 1e150), (2, 1, 1e155), (2, 1e-250, 1e200), (2, 1e150, 1)],
)
def test_walls_that_work_too_well_are_refused_at_any_size(n, loss, sensitivity):
    with pytest.raises(ValueError, match="must be small enough for an equilibrium"):
        deflection_equilibrium(n, loss, sensitivity)


def test_of_countless_targets_none_builds_a_wall():
    assert deflection_equilibrium(10**400, 1) < 1e-90


def test_a_cut_has_only_edges_that_carry_something():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 3), ("a", "c", 0), ("c", "b", 1)], "capacity")
    assert interdict(graph, "a", "b") == (3, {("a", "b")})
    large = nx.DiGraph()
    large.add_edge("a", "b", capacity=2**53 + 1)
    large.add_edge("b", "c", capacity=2**53)
    assert interdict(large, "a", "c").cut == {("b", "c")}
    for middle in "bc":
        graph.add_edge("a", middle, capacity=1e308)
        graph.add_edge(middle, "d", capacity=1e308)
    with pytest.raises(ValueError, match="whose sum a float can hold"):
        interdict(graph, "a", "d")
