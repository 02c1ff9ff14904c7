"""Networks: reference numbers, every small graph, every partition of small graphs, real data."""

from itertools import combinations, product

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente import data
from entente.models import networks
from entente.models.networks import (
    TriangleBalance,
    alliance_graph,
    connections_utility,
    efficient_structure,
    frustration,
    is_pairwise_stable,
    triangle_balance,
)

SIX = [graph for graph in nx.graph_atlas_g() if len(graph) == 6]  # all 156 graphs of six nodes


def signed(ties):
    """A signed graph from (one, other, sign)."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(ties, "sign")
    return graph


def welfare(graph, benefit, cost):
    return sum(connections_utility(graph, benefit, cost).values())


# The connections model ----------------------------------------------------------------------


def test_utilities_of_a_path_by_hand():
    """Computed: the ends of a path of three have δ + δ² − c, its middle 2δ − 2c."""
    utility = connections_utility(nx.path_graph(3), 0.5, 0.1)
    assert utility == pytest.approx({0: 0.65, 1: 0.8, 2: 0.65})
    alone = connections_utility(nx.empty_graph(2), 0.5, 0.1)
    assert alone == {0: 0, 1: 0}


@pytest.mark.parametrize(
    ("benefit", "cost", "structure", "best"),
    [
        (0.5, 0.20, "complete", 9.0), (0.5, 0.26, "star", 7.4), (0.5, 0.6, "star", 4.0),
        (0.5, 0.99, "star", 0.1), (0.5, 1.01, "empty", 0.0), (0.8, 0.1, "complete", 21.0),
        (0.8, 0.2, "star", 18.8), (0.8, 2.0, "star", 0.8), (0.8, 2.1, "empty", 0.0),
    ],
)  # fmt: skip
def test_no_graph_of_six_beats_the_efficient_one(benefit, cost, structure, best):
    """Computed; the thresholds as reported. All 156 graphs are tried."""
    made = {
        "complete": nx.complete_graph(6), "star": nx.star_graph(5), "empty": nx.empty_graph(6)
    }[structure]  # fmt: skip
    assert efficient_structure(6, benefit, cost) == structure
    assert welfare(made, benefit, cost) == pytest.approx(best)
    assert max(welfare(graph, benefit, cost) for graph in SIX) == pytest.approx(best)


def test_at_a_threshold_the_network_with_fewer_ties_is_named():
    assert efficient_structure(6, 0.8, 0.16) == "star"  # δ − δ², not representable in binary
    assert efficient_structure(6, 0.5, 1.0) == "empty"
    assert efficient_structure(2, 0.5, 0.4) == "star"
    assert welfare(nx.star_graph(5), 0.8, 0.16) == pytest.approx(
        welfare(nx.complete_graph(6), 0.8, 0.16)
    )


def stable_by_definition(graph, benefit, cost):
    """In floats, with every changed graph written down."""
    now = connections_utility(graph, benefit, cost)
    for one, other in graph.edges:
        without = graph.copy()
        without.remove_edge(one, other)
        less = connections_utility(without, benefit, cost)
        if any(less[node] > now[node] + 1e-12 for node in (one, other)):
            return False
    for one, other in nx.non_edges(graph):
        more = nx.Graph(graph)
        more.add_edge(one, other)
        gained = connections_utility(more, benefit, cost)
        change = sorted(gained[node] - now[node] for node in (one, other))
        if change[1] > 1e-12 and change[0] >= -1e-12:
            return False
    return True


@pytest.mark.parametrize(("benefit", "cost"), [(0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.8, 0.7)])
def test_stability_of_all_graphs_of_six_by_definition(benefit, cost):
    for graph in SIX:
        assert is_pairwise_stable(graph, benefit, cost) == stable_by_definition(
            graph, benefit, cost
        )


def test_stable_graphs_of_six():
    """Computed: only the complete one; five with star and ring; none and the ring."""
    found = {
        cost: [graph for graph in SIX if is_pairwise_stable(graph, 0.5, cost)]
        for cost in (0.2, 0.4, 0.6)
    }
    assert [graph.number_of_edges() for graph in found[0.2]] == [15]
    assert len(found[0.4]) == 5
    for shape in (nx.star_graph(5), nx.cycle_graph(6)):
        assert any(nx.is_isomorphic(graph, shape) for graph in found[0.4])
    assert sorted(graph.number_of_edges() for graph in found[0.6]) == [0, 6]
    assert nx.is_isomorphic(found[0.6][-1], nx.cycle_graph(6))
    # efficient is not stable
    assert efficient_structure(6, 0.5, 0.6) == "star"


def test_a_tie_that_neither_gains_nor_loses_is_left_alone():
    """δ − δ² = .16 exactly: two ends of a star are indifferent, in decimals."""
    assert is_pairwise_stable(nx.star_graph(4), 0.8, 0.16)
    assert is_pairwise_stable(nx.complete_graph(4), 0.8, 0.16)
    assert not is_pairwise_stable(nx.star_graph(4), 0.8, 0.15)


def test_a_tie_is_added_if_one_gains_and_the_other_does_not_lose():
    """By hand: with c = δ a state gains 0 from a newcomer, and the newcomer δ²."""
    graph = nx.path_graph(2)
    graph.add_node(2)
    assert not is_pairwise_stable(graph, 0.5, 0.5)
    assert is_pairwise_stable(nx.empty_graph(3), 0.5, 0.5)


@given(st.permutations(range(6)), st.sampled_from(SIX), st.floats(0.05, 0.95), st.floats(0, 2))
@settings(max_examples=40, deadline=None)
def test_renaming_the_states_renames_the_utilities(order, graph, benefit, cost):
    names = dict(zip(range(6), order, strict=True))
    utility = connections_utility(graph, benefit, cost)
    renamed = connections_utility(nx.relabel_nodes(graph, names), benefit, cost)
    assert renamed == {names[node]: value for node, value in utility.items()}


def test_utilities_of_a_long_ring_by_the_geometric_series():
    """Closed form; also where powers of δ have thousands of digits, and where they vanish."""
    δ, c = 0.3333333333333333, 0.1
    utility = connections_utility(nx.cycle_graph(301), δ, c)
    assert utility[0] == pytest.approx(2 * δ * (1 - δ**150) / (1 - δ) - 2 * c, rel=1e-14)
    assert connections_utility(nx.path_graph(80), 1e-300, 0)[0] == 1e-300
    assert connections_utility(nx.path_graph(2), 0.5, 1e308) == {0: -1e308, 1: -1e308}
    with pytest.raises(
        ValueError, match=r"cost must leave every utility a finite number, got 1e\+3"
    ):
        connections_utility(nx.complete_graph(5), 0.5, 1e308)


# Networks from tables -------------------------------------------------------------------------


def test_a_tie_is_in_force_from_its_start_to_before_its_end():
    ties = pd.DataFrame(
        {
            "state_a": [1, 2, 1],
            "state_b": [2, 3, 2],
            "start": [1900, 1910, 1905],
            "end": [1905, None, 1907],
        }
    )
    years = {year: sorted(alliance_graph(ties, year).edges) for year in range(1899, 1912)}
    assert years[1899] == years[1907] == []
    assert years[1900] == years[1904] == years[1906] == [(1, 2)]
    assert years[1911] == [(2, 3)]
    in_days = ties.assign(
        start=pd.to_datetime(ties["start"].astype(str) + "-12-31"),
        end=pd.to_datetime(["1905-12-31", None, "1907-01-01"]),
    )
    for year, edges in years.items():
        assert sorted(alliance_graph(in_days, year).edges) == edges
    in_fractions = ties.assign(start=ties["start"] + 0.3, end=ties["end"] + 0.9)
    for year, edges in years.items():
        assert sorted(alliance_graph(in_fractions, year).edges) == edges


def test_the_networks_of_the_table_of_alliances():
    """Computed: as the table's own facts; NATO's 32 members would make 496 pairs."""
    ties = data.load("alliance_ties").query("defense")
    assert [alliance_graph(ties, year).number_of_edges() for year in (1914, 2018)] == [15, 1707]
    assert nx.complete_graph(32).number_of_edges() == 496


# Structural balance ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "friendly", "hostile", "triangles", "balanced", "index"),
    [(1872, 3, 6, 7, 5, 1), (1882, 5, 6, 8, 6, 1), (1890, 3, 7, 5, 3, 1), (1891, 4, 7, 8, 6, 1),
     (1904, 5, 6, 8, 6, 1), (1907, 6, 9, 20, 20, 0)],
)  # fmt: skip
def test_great_powers_before_1914(year, friendly, hostile, triangles, balanced, index):
    """Computed from the dated ties after Antal, Krapivsky and Redner (2006)."""
    graph = alliance_graph(data.load("great_power_ties"), year)
    signs = [sign for _, _, sign in graph.edges(data="sign")]
    assert (signs.count(1), signs.count(-1)) == (friendly, hostile)
    assert triangle_balance(graph)[:2] == (triangles, balanced)
    found = frustration(graph)
    assert found.index == index
    if year == 1907:
        assert set(found.factions) == {
            frozenset({"GBR", "FRA", "RUS"}), frozenset({"DEU", "AUH", "ITA"})
        }  # fmt: skip


def frustrated(graph, first):
    return sum(
        ((one in first) != (other in first)) == (sign > 0)
        for one, other, sign in graph.edges(data="sign")
    )


def by_enumeration(graph):
    nodes = list(graph)
    return min(
        frustrated(graph, {node for node, chosen in zip(nodes, sides, strict=True) if chosen})
        for sides in product([False, True], repeat=len(nodes))
    )


@st.composite
def signed_graphs(draw, most=8):
    n = draw(st.integers(1, most))
    pairs = list(combinations(range(n), 2))
    signs = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=len(pairs), max_size=len(pairs)))
    graph = signed((*pair, sign) for pair, sign in zip(pairs, signs, strict=True) if sign)
    graph.add_nodes_from(range(n))
    return graph


@given(signed_graphs())
@settings(max_examples=60, deadline=None)
def test_the_index_is_the_least_of_all_partitions_and_the_factions_attain_it(graph):
    index, factions = frustration(graph)
    assert index == by_enumeration(graph)
    assert frustrated(graph, factions[0]) == index
    assert factions[0] | factions[1] == set(graph)
    assert not factions[0] & factions[1]
    assert next(iter(graph)) in factions[0]


@given(signed_graphs(), st.data())
@settings(max_examples=30, deadline=None)
def test_switching_all_signs_at_a_state_changes_neither_index_nor_balance(graph, draws):
    state = draws.draw(st.sampled_from(list(graph)))
    switched = graph.copy()
    for one, other in switched.edges(state):
        switched.edges[one, other]["sign"] *= -1
    assert frustration(switched).index == frustration(graph).index
    assert triangle_balance(switched)[:2] == triangle_balance(graph)[:2]


@pytest.mark.parametrize("n", [3, 4, 5, 8, 11, 15])
def test_a_world_of_enemies(n):
    """Closed form: two camps as equal as can be leave the ties within them."""
    graph = signed((*pair, -1) for pair in combinations(range(n), 2))
    half = n // 2
    assert frustration(graph).index == half * (half - 1) // 2 + (n - half) * (n - half - 1) // 2


@pytest.mark.parametrize(("n", "balanced"), [(3, 4), (4, 8), (5, 16)])
def test_a_complete_graph_has_as_many_balanced_signings_as_partitions(n, balanced):
    """Classic: 2^(n−1)."""
    pairs = list(combinations(range(n), 2))
    signings = [
        signed((*pair, sign) for pair, sign in zip(pairs, signs, strict=True))
        for signs in product([1, -1], repeat=len(pairs))
    ]
    assert sum(triangle_balance(graph).share == 1 for graph in signings) == balanced


def test_three_hostile_triads_are_jammed():
    """Reported: of nine states, 27 unbalanced triangles, and no single change helps."""
    graph = signed((a, b, 1 if a // 3 == b // 3 else -1) for a, b in combinations(range(9), 2))
    triangles, balanced, _ = triangle_balance(graph)
    assert (triangles, triangles - balanced) == (84, 27)
    for one, other in graph.edges:
        changed = graph.copy()
        changed.edges[one, other]["sign"] *= -1
        assert triangle_balance(changed).balanced < balanced


def test_triangles_are_those_of_networkx():
    graph = nx.gnp_random_graph(40, 0.3, seed=1)
    nx.set_edge_attributes(graph, 1, "sign")
    triangles = sum(nx.triangles(graph).values()) // 3
    assert triangle_balance(graph) == TriangleBalance(triangles, triangles, 1.0)
    assert np.isnan(triangle_balance(nx.empty_graph(3)).share)


def random_signs(n, density, hostile, seed):
    graph = nx.gnp_random_graph(n, density, seed=seed)
    rng = np.random.default_rng(seed)
    for one, other in graph.edges:
        graph.edges[one, other]["sign"] = -1 if rng.random() < hostile else 1
    return graph


@pytest.mark.parametrize("seed", range(12))
def test_networks_with_few_triangles_by_enumeration(seed):
    graph = random_signs(13, 0.3, 0.5, seed)
    found = frustration(graph)
    assert found.index == by_enumeration(graph)
    assert frustrated(graph, found.factions[0]) == found.index


@pytest.mark.parametrize("seed", range(40))
def test_every_cut_is_true_of_every_partition(seed):
    """Whatever f is: also where a cycle passes a tie twice, or against its sign."""
    graph = random_signs(8, 0.45, 0.5, seed)
    nodes, ties = networks._signed(graph)
    a, b, hostile = ties[:, 0], ties[:, 1], ties[:, 2] < 0
    number = {(int(one), int(other)): tie for tie, (one, other, _) in enumerate(ties)}
    number |= {(other, one): tie for (one, other), tie in number.items()}
    sides = np.array(list(product([False, True], repeat=len(nodes))))
    marks = (sides[:, a] != sides[:, b]) != hostile
    rng = np.random.default_rng(seed)
    for _ in range(6):
        f = rng.choice([0, 0.05, 0.5, 0.9, 0.95, 1], len(ties))
        _, cuts = networks._cycles(len(nodes), a, b, hostile, f, np.arange(len(nodes)), number)
        for terms, least in cuts:
            assert (sum(factor * marks[:, tie] for tie, factor in terms.items()) >= least).all()
            assert sum(factor * f[tie] for tie, factor in terms.items()) < least  # and f forgets it


def plain_programme(graph):
    """The index by the textbook's programme: two rows for each tie, nothing else."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {node: number for number, node in enumerate(graph)}
    n, m = len(place), graph.number_of_edges()
    matrix, least = np.zeros((2 * m, n + m)), np.zeros(2 * m)
    for tie, (one, other, sign) in enumerate(graph.edges(data="sign")):
        for line, side in ((2 * tie, 1), (2 * tie + 1, -1)):
            matrix[line, n + tie] = 1
            matrix[line, [place[one], place[other]]] = [-side, side] if sign > 0 else [side, side]
            least[line] = 0 if sign > 0 else side if side > 0 else -1
    whole = np.r_[np.ones(n), np.zeros(m)]
    found = milp(
        1 - whole, integrality=whole, bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, least, np.inf), options={"mip_rel_gap": 0},
    )  # fmt: skip
    return round(found.fun)


@pytest.mark.parametrize(
    ("n", "density", "hostile"), [(30, 0.12, 0.5), (40, 0.1, 0.3), (14, 0.9, 0.5)]
)
def test_larger_networks_by_the_plain_programme(n, density, hostile):
    graph = random_signs(n, density, hostile, seed=3)
    assert frustration(graph).index == plain_programme(graph)


def test_hundreds_of_nodes():
    """Closed forms: a ring with one hostile tie has 1; each of its copies adds 1."""
    ring = [(i, (i + 1) % 700, -1 if i == 0 else 1) for i in range(700)]
    assert frustration(signed(ring)).index == 1
    triads = [(3 * k + i, 3 * k + j, -1) for k in range(100) for i, j in ((0, 1), (1, 2), (2, 0))]
    assert frustration(signed(triads)).index == 100
    chained = [*triads, *((3 * k, 3 * k + 3, 1) for k in range(99))]
    assert frustration(signed(chained)).index == 100


@pytest.mark.parametrize("factor", [0, 0.5, 1.5, 100])
def test_wrong_prices_never_raise_the_bound(factor, monkeypatch):
    """Duality: the bound that is called a proof stays below the least sum, here 1."""
    import scipy.optimize
    from scipy.sparse import csr_array

    solve = scipy.optimize.linprog

    def lying(*given, **options):
        found = solve(*given, **options)
        found.ineqlin.marginals = found.ineqlin.marginals * factor
        return found

    cuts, least = csr_array(np.ones((1, 3))), np.ones(1)
    assert networks._relaxed(cuts, least)[1] == pytest.approx(1)
    monkeypatch.setattr(scipy.optimize, "linprog", lying)
    assert networks._relaxed(cuts, least)[1] <= 1 - 1e-9


def test_what_is_not_proven_is_no_result(monkeypatch):
    import scipy.optimize

    hostile = signed((*pair, -1) for pair in combinations(range(6), 2))  # needs the search
    solve = scipy.optimize.milp

    def unsure(**changes):
        def solver(*given, **options):
            found = solve(*given, **options)
            for name, value in changes.items():
                setattr(found, name, value)
            return found

        return solver

    assert frustration(hostile).index == 6
    for changes in ({"x": None}, {"mip_dual_bound": 5.0}, {"status": 1}):
        monkeypatch.setattr(scipy.optimize, "milp", unsure(**changes))
        with pytest.raises(RuntimeError, match=r"the solver (found no|could not prove)"):
            frustration(hostile)
    monkeypatch.setattr(scipy.optimize, "linprog", lambda *_, **__: unsure_programme())
    with pytest.raises(RuntimeError, match="the solver found no solution: no time"):
        frustration(hostile)


def unsure_programme():
    from scipy.optimize import OptimizeResult

    return OptimizeResult(x=None, message="no time")


@pytest.fixture(scope="module")
def windows():
    found = {}
    for window, ties in data.load("signed_ties").groupby("window", observed=True):
        graph = signed(ties[["state_a", "state_b", "sign"]].itertuples(index=False))
        found[window] = graph, frustration(graph)
    return found


@pytest.mark.parametrize(
    ("window", "ties", "index"),
    [("1946-1949", 362, 17), ("1949-1952", None, 15), ("1950-1953", 437, 15),
     ("1956-1959", 508, 34), ("1971-1974", 697, 28), ("1976-1979", None, 50),
     ("1986-1989", 1079, 32), ("1996-1999", 1247, 45)],
)  # fmt: skip
def test_signed_networks_of_the_world(windows, window, ties, index):
    """Computed by two programmes."""
    graph, found = windows[window]
    assert ties in (None, graph.number_of_edges())
    assert found.index == index


def test_all_signed_networks_of_the_world(windows):
    """Computed: 51 windows; L from 15 to 50, L/m from .0296 to .0686; factions that attain it."""
    sizes = [
        (len(graph), graph.number_of_edges(), found.index) for graph, found in windows.values()
    ]
    states, ties, least = map(list, zip(*sizes, strict=True))
    assert len(windows) == 51
    assert (min(states), max(states)) == (64, 155)
    assert (min(ties), max(ties)) == (362, 1288)
    assert (min(least), max(least)) == (15, 50)
    shares = [index / m for _, m, index in sizes]
    assert (round(min(shares), 4), round(max(shares), 4)) == (0.0296, 0.0686)
    for graph, found in windows.values():
        assert frustrated(graph, found.factions[0]) == found.index
        assert found.factions[0] | found.factions[1] == set(graph)


def test_the_same_network_gives_the_same_camps(windows):
    graph, found = windows["1976-1979"]
    assert frustration(graph.copy()) == found


def test_parts_that_are_not_connected_add_up():
    one = [(0, 1, -1), (1, 2, -1), (2, 0, -1)]
    other = [(5, 6, 1), (6, 7, 1), (7, 5, -1)]
    graph = signed([*one, *other])
    graph.add_node(9)
    found = frustration(graph)
    assert found.index == 2
    assert {0, 5, 9} <= found.factions[0]
