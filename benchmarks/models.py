"""How fast are the models, against what a user would write instead? As ratios in one run.

    .venv/bin/python benchmarks/models.py [imports] [power] [balance] [tournament] [world] [cluster]

Without a word all are run. Each time is the median of three turns, in which the two that are
compared take turns, and their results are checked to be equal. "Peak MB" is what Python and NumPy
hold at most during a call. `cluster` starts worker processes of Dask on this machine; with two
cores it needs the machine for itself.
"""

import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from math import exp, factorial
from statistics import median
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from entente import data
from entente.models import networks, power, trust
from entente.models.world import World, simulate, sweep

TURNS = 3


def seconds(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a call takes, and its result."""
    begun = time.perf_counter()
    result = call()
    return time.perf_counter() - begun, result


def peak(call: Callable[[], Any]) -> float:
    """Return the most memory that a call holds, in MB."""
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def in_turns(*calls: Callable[[], Any]) -> tuple[list[float], list[Any]]:
    """Return the median times of calls that take turns, and their last results."""
    times: list[list[float]] = [[] for _ in calls]
    results: list[Any] = [None] * len(calls)
    for _ in range(TURNS):
        for place, call in enumerate(calls):
            took, results[place] = seconds(call)
            times[place].append(took)
    return [median(taken) for taken in times], results


def head(title: str, *columns: str) -> None:
    """Print the head of a table."""
    print(f"\n{title:44}" + "".join(f"{column:>13}" for column in columns))


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"  {name:42}" + "".join(f"{cell:>13}" for cell in cells))


# --- imports ----------------------------------------------------------------------------------


def imports() -> None:
    """Print how long it takes to import the package with all models, in a new process."""
    names = "bargaining, burden, counterterrorism, decisions, deterrence, evaluation, foresight, "
    names += "intelligence, interoperability, networks, peacekeeping, power, trust, world"
    code = (
        "import time; begun = time.perf_counter(); import entente; "
        f"from entente.models import {names}; print(time.perf_counter() - begun)"
    )
    taken = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    head("imports", "median s", "least s", "most s")
    row("entente with all models", *(f"{f(taken):.2f}" for f in (median, min, max)))


# --- power --------------------------------------------------------------------------------------

COUNCIL = [7] * 5 + [1] * 10  # the UN Security Council, quota 39
# The votes of 27 members as in the treaty of Nice, quota 255 of 345.
UNION = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]


def by_coalitions(weights: list[int], quota: int) -> tuple[list[int], list[int]]:
    """Return swings, and pivots in all orders, by a loop over the coalitions."""
    n = len(weights)
    orders = [factorial(size - 1) * factorial(n - size) if size else 0 for size in range(n + 1)]
    swings, pivots = [0] * n, [0] * n
    for coalition in range(2**n):
        members = [i for i in range(n) if coalition >> i & 1]
        votes = sum(weights[i] for i in members)
        if votes >= quota:
            for i in members:
                if votes - weights[i] < quota:
                    swings[i] += 1
                    pivots[i] += orders[len(members)]
    return swings, pivots


def nations(unequal: bool) -> list[int]:
    """Return 193 made-up weights whose sum is some 200,000: as unequal as populations, or not."""
    rng = np.random.default_rng(0)
    if not unequal:
        return rng.integers(500, 1621, 193).tolist()
    sizes = rng.lognormal(0, 2, 193)
    return np.maximum(1, np.round(sizes / sizes.sum() * 204_747)).astype(int).tolist()


def power_indices() -> None:
    """Print what the power indices take."""
    (loop, one, two), ((swings, pivots), banzhaf, shapley) = in_turns(
        partial(by_coalitions, COUNCIL, 39),
        partial(power.banzhaf, COUNCIL, 39),
        partial(power.shapley_shubik, COUNCIL, 39),
    )
    assert list(banzhaf) == [count / sum(swings) for count in swings]
    assert list(shapley) == [count / factorial(15) for count in pivots]
    head("power: Security Council, 15 members", "ms", "loop ms", "ratio")
    for name, ours in (("banzhaf", one), ("shapley_shubik", two)):
        row(name, f"{1000 * ours:.3f}", f"{1000 * loop:.1f}", f"{loop / ours:.0f}")

    head("power: many members", "banzhaf s", "shapley s", "peak MB")
    for name, weights, quota in (
        ("27, 345 votes, quota 255", UNION, 255),
        ("193, as unequal as populations", nations(True), None),
        ("193, of like size", nations(False), None),
    ):
        quota = quota or sum(weights) // 2 + 1
        calls = [partial(index, weights, quota) for index in (power.banzhaf, power.shapley_shubik)]
        (one, two), found = in_turns(*calls)
        assert all(abs(index.sum() - 1) < 1e-12 for index in found)
        row(name, f"{one:.4f}", f"{two:.4f}", f"{max(map(peak, calls)):.1f}")


# --- balance ------------------------------------------------------------------------------------


def plain_programme(graph: nx.Graph) -> int:
    """Return the frustration index by the programme without triangles."""
    place = {node: number for number, node in enumerate(graph)}
    n, m = len(place), graph.number_of_edges()
    matrix, least = np.zeros((2 * m, n + m)), np.zeros(2 * m)
    for tie, (one, other, sign) in enumerate(graph.edges(data="sign")):
        a, b = place[one], place[other]
        for line, side in ((2 * tie, 1), (2 * tie + 1, -1)):
            matrix[line, n + tie] = 1
            matrix[line, [a, b]] = [-side, side] if sign > 0 else [side, side]
            least[line] = 0 if sign > 0 else side if side > 0 else -1
    upper = np.ones(n + m)
    upper[place[max(graph, key=graph.degree)]] = 0
    found = milp(
        np.r_[np.zeros(n), np.ones(m)],
        integrality=np.r_[np.ones(n), np.zeros(m)],
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(matrix, least, np.inf),
        options={"mip_rel_gap": 0},
    )
    return round(found.fun)


def balance() -> None:
    """Print what the frustration of the 51 signed networks takes."""
    graphs = {}
    for window, ties in data.load("signed_ties").groupby("window", observed=True):
        graphs[window] = nx.Graph()
        graphs[window].add_weighted_edges_from(
            ties[["state_a", "state_b", "sign"]].itertuples(index=False), "sign"
        )
    (ours, plain), (found, expected) = in_turns(
        lambda: [networks.frustration(graph).index for graph in graphs.values()],
        lambda: [plain_programme(graph) for graph in graphs.values()],
    )
    assert found == expected
    largest = max(graphs.values(), key=len)
    most = peak(partial(networks.frustration, largest))
    head("balance: exact frustration", "all s", "plain s", "ratio", "peak MB")
    name = f"{len(graphs)} networks of up to {len(largest)} states"
    row(name, f"{ours:.1f}", f"{plain:.1f}", f"{plain / ours:.1f}", f"{most:.1f}")


# --- tournament ---------------------------------------------------------------------------------

STRATEGIES = ["TFT", "ALLC", "ALLD", "GRIM", "WSLS", "TF2T", "STFT", "GTFT"]


def plain_tournament(
    names: list[str], rounds: int, repetitions: int, noise: float, rng: int
) -> np.ndarray:
    """Return the same tournament, from the same draws, by loops over matches and rounds."""
    payoffs = trust.PRISONERS_DILEMMA
    points = {
        (True, True): payoffs.reward, (True, False): payoffs.sucker,
        (False, True): payoffs.temptation, (False, False): payoffs.punishment,
    }  # fmt: skip
    pairs = [(i, j) for i in range(len(names)) for j in range(i, len(names))]
    matches = [pair for pair in pairs for _ in range(repetitions)]
    draws = np.random.default_rng(rng).random((rounds, 2, len(matches))).tolist()
    totals = np.zeros((len(names), len(names)))
    for m, (i, j) in enumerate(matches):
        a, b = trust.STRATEGIES[names[i]], trust.STRATEGIES[names[j]]
        state_a = state_b = 0
        earned_a = earned_b = 0.0
        for turn in draws:
            a_acts = turn[0][m] < noise + (1 - 2 * noise) * a.cooperate[state_a]
            b_acts = turn[1][m] < noise + (1 - 2 * noise) * b.cooperate[state_b]
            earned_a += points[a_acts, b_acts]
            earned_b += points[b_acts, a_acts]
            state_a = a.after[state_a][2 * (not a_acts) + (not b_acts)]
            state_b = b.after[state_b][2 * (not b_acts) + (not a_acts)]
        totals[i, j] += earned_a / (2 if i == j else 1)
        totals[j, i] += earned_b / (2 if i == j else 1)
    return totals / rounds / repetitions


def tournament() -> None:
    """Print what a round robin takes."""

    def ours() -> pd.DataFrame:
        return trust.tournament(STRATEGIES, 200, 10, noise=0.02, rng=1)

    ours()  # both are timed warm
    (fast, slow), (found, expected) = in_turns(
        lambda: [ours() for _ in range(20)][-1],
        partial(plain_tournament, STRATEGIES, 200, 10, 0.02, 1),
    )
    fast /= 20
    np.testing.assert_allclose(found.to_numpy(), expected)
    head("tournament: 8 strategies, 200 rounds x 10", "ms", "plain ms", "ratio", "peak MB")
    cells = f"{1000 * fast:.1f}", f"{1000 * slow:.0f}", f"{slow / fast:.0f}", f"{peak(ours):.1f}"
    row("with noise", *cells)


# --- world --------------------------------------------------------------------------------------


def plain_world(world: World, steps: int, seed: np.random.SeedSequence) -> list[tuple[int, float]]:
    """Return disputes and trust of one run, pair by pair, from the same draws."""
    rng, n = np.random.default_rng(seed), world.states
    strength = rng.lognormal(size=n)
    c = (strength / strength.sum()).tolist()
    trusts = [[world.initial_trust] * n for _ in range(n)]
    rows, states = [], range(n)
    for _ in range(steps):
        allied = [
            [i != j and trusts[i][j] > world.alliance_threshold for j in states] for i in states
        ]
        draws = rng.random((n, n)).tolist()
        help_ = [sum(c[k] for k in states if allied[j][k]) for j in states]
        begun = set()
        for i in states:
            for j in states:
                if i != j:
                    support = c[j] + world.honour * (help_[j] - (c[i] if allied[i][j] else 0))
                    lead = world.steepness * (c[i] / (c[i] + support) - 0.5)
                    risk = 2 * world.base_risk * (1 - trusts[i][j]) / (1 + exp(-lead))
                    if draws[i][j] < risk:
                        begun.add((i, j))
        rows.append(
            (len(begun), (sum(map(sum, trusts)) - sum(trusts[i][i] for i in states)) / (n * n - n))
        )
        for i in states:
            for j in states:
                if (i, j) in begun or (j, i) in begun:
                    trusts[i][j] *= 1 - world.shock
                elif allied[i][j]:
                    trusts[i][j] += world.learning * (1 - trusts[i][j])
    return rows


def worlds() -> None:
    """Print what 64 worlds of 50 states take in 200 steps."""
    head("world: 64 worlds, 50 states, 200 steps", "s", "peak MB", "against ours")
    for name, world in (("quarrels", World(states=50)),
                        ("peace", World(states=50, alliance_threshold=0.25))):  # fmt: skip
        seeds = np.random.SeedSequence(0).spawn(64)
        (batch, singly, plain), (found, alone, four) = in_turns(
            partial(simulate, world, 200, 64),
            lambda world=world: [simulate(world, 200, rng=run) for run in range(64)],
            lambda world=world, seeds=seeds: [plain_world(world, 200, seed) for seed in seeds[:4]],
        )
        for run in range(4):
            columns = found.loc[found["run"] == run, ["disputes", "mean_trust"]]
            np.testing.assert_allclose(columns, four[run], rtol=1e-9)
        assert len(alone) == 64
        row(
            f"{name}: one call",
            f"{batch:.2f}",
            f"{peak(partial(simulate, world, 200, 64)):.1f}",
            "",
        )
        row(f"{name}: 64 calls", f"{singly:.2f}", "", f"{singly / batch:.1f} x")
        row(
            f"{name}: plain Python (16 x 4 worlds)",
            f"{16 * plain:.1f}",
            "",
            f"{16 * plain / batch:.0f} x",
        )


# --- cluster --------------------------------------------------------------------------------------


def cluster() -> None:
    """Print what a sweep takes on one and on two worker processes, with one thread each."""
    from concurrent.futures import ProcessPoolExecutor

    from dask.distributed import Client, LocalCluster

    grid = {
        "alliance_threshold": np.linspace(0.1, 0.6, 11),
        "honour": [0.0, 0.5, 1.0],
        "states": [50],
    }

    def on_dask(workers: int) -> tuple[float, pd.DataFrame]:
        local = LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0",
            silence_logs=50,
        )  # fmt: skip
        with local, Client(local) as client:
            executor = client.get_executor()
            sweep({"states": [5]}, 5, 2 * workers, executor)  # imports done
            return seconds(partial(sweep, grid, 400, 64, executor))

    def in_a_pool(workers: int) -> tuple[float, pd.DataFrame]:
        with ProcessPoolExecutor(workers) as pool:
            sweep({"states": [5]}, 5, 2 * workers, pool)
            return seconds(partial(sweep, grid, 400, 64, pool))

    here, expected = seconds(partial(sweep, grid, 400, 64))
    head("sweep: 33 rules x 64 worlds, 400 steps", "1 worker s", "2 workers s", "2 against 1")
    row("in this process", f"{here:.1f}", "", "")
    for name, on in (("Dask, separate processes", on_dask), ("pool of processes", in_a_pool)):
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(TURNS):
            for workers, taken in times.items():
                took, found = on(workers)
                taken.append(took)
                pd.testing.assert_frame_equal(found, expected, check_exact=True)
        one, two = (median(taken) for taken in times.values())
        row(name, f"{one:.1f}", f"{two:.1f}", f"{two / one:.2f}")


PARTS = {
    "imports": imports, "power": power_indices, "balance": balance, "tournament": tournament,
    "world": worlds, "cluster": cluster,
}  # fmt: skip


if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
