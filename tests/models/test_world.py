"""The world: exact limits, a slow world written out, and the same worlds whoever computes them."""

import os
import pickle
import signal
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.models import world as module
from entente.models.world import World, simulate, sweep

GRID = {"alliance_threshold": [0.25, 0.5], "honour": [0.0, 0.75], "states": [8]}


def same(one, other):
    """Equal, bit for bit."""
    pd.testing.assert_frame_equal(one, other, check_exact=True)


# Exact limits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("steepness", [0, 4, 50])
def test_without_alliances_and_shocks_the_mean_number_of_disputes_is_known(steepness):
    """Exact: N(N − 1) p₀ (1 − τ) = 12.18, for what a pair's sides lack and exceed cancels."""
    world = World(alliance_threshold=1, shock=0, steepness=steepness)
    disputes = simulate(world, steps=2500, runs=8, rng=1)["disputes"]
    assert abs(disputes.mean() - 12.18) < 4 * np.sqrt(12.18 / len(disputes))
    # Independent disputes, so a spread a little below that of a Poisson distribution.
    assert 0.9 * 12.18 < disputes.var() < 1.02 * 12.18


def test_without_disputes_trust_is_a_formula():
    """Exact: 1 − (1 − τ₀)(1 − α)^t. The notes' .9433037 is the fiftieth step, t = 49."""
    table = simulate(World(base_risk=0, alliance_threshold=0.1), steps=51)
    t = table["step"]
    np.testing.assert_allclose(table["mean_trust"], 1 - 0.7 * 0.95**t, rtol=1e-12)
    assert round(table["mean_trust"][49], 10) == 0.9433037024
    assert (table["alliance_density"] == 1).all()
    np.testing.assert_allclose(table["concentration"], 1)


def test_without_learning_and_shock_nothing_changes():
    table = simulate(World(learning=0, shock=0, alliance_threshold=0.2), steps=50, runs=3)
    np.testing.assert_allclose(table["mean_trust"], 0.3, rtol=1e-12)
    assert (table["alliance_density"] == 1).all()
    assert table.groupby("run")["concentration"].nunique().eq(1).all()


def test_trust_at_the_threshold_is_not_enough():
    assert simulate(World(initial_trust=0.5), 1)["alliance_density"][0] == 0
    assert simulate(World(initial_trust=0.501), 1)["alliance_density"][0] == 1


def test_the_rules_tip_worlds_into_peace_or_quarrels():
    """Computed: about .07 disputes a step and trust .99, or about 17 and hardly any trust."""
    peace, quarrel = (
        simulate(World(alliance_threshold=threshold), 300, 4).query("step >= 200").mean()
        for threshold in (0.25, 0.5)
    )
    assert peace["disputes"] < 0.15
    assert peace["mean_trust"] > 0.97
    assert quarrel["disputes"] > 16
    assert quarrel["mean_trust"] < 0.05
    assert quarrel["alliance_density"] == 0


# A slow world, written out --------------------------------------------------------------------


def slow_world(world, steps, seed):
    """One run, state by state, in plain Python, from the same draws."""
    rng, n = np.random.default_rng(seed), world.states
    c = rng.lognormal(size=n)
    c = [float(x) for x in c / c.sum()]
    trust = [[world.initial_trust] * n for _ in range(n)]
    rows = []
    for _ in range(steps):
        if world.alliances == "trust":
            allied = [[i != j and trust[i][j] > world.alliance_threshold for j in range(n)]
                      for i in range(n)]  # fmt: skip
        else:
            feared = [max((k for k in range(n) if k != i), key=lambda k: (1 - trust[i][k]) * c[k])
                      for i in range(n)]  # fmt: skip
            allied = [[i != j and feared[i] == feared[j] for j in range(n)] for i in range(n)]
        draws = rng.random((n, n)).tolist()
        begun = set()
        for i in range(n):
            for j in range(n):
                if i != j:
                    others = [c[k] for k in range(n) if allied[j][k] and k != i]
                    support = c[j] + world.honour * sum(others)
                    x = world.steepness * (c[i] / (c[i] + support) - 0.5)
                    risk = 2 * world.base_risk * (1 - trust[i][j]) / (1 + np.exp(-x))
                    if draws[i][j] < risk:
                        begun.add((i, j))
        blocs = [{i} for i in range(n)]
        for i in range(n):
            for j in range(n):
                if allied[i][j]:
                    one, other = (next(b for b in blocs if k in b) for k in (i, j))
                    if one is not other:
                        blocs.remove(other)
                        one |= other
        shares = [sum(c[i] for i in bloc) for bloc in blocs]
        hhi = sum(share**2 for share in shares)
        pairs = n * (n - 1)
        rows.append((
            len(begun), sum(map(sum, allied)) / pairs,
            sum(trust[i][j] for i in range(n) for j in range(n) if i != j) / pairs,
            max(0, hhi - 1 / n) ** 0.5 / (1 - 1 / n) ** 0.5,
        ))  # fmt: skip
        for i in range(n):
            for j in range(n):
                if (i, j) in begun or (j, i) in begun:
                    trust[i][j] *= 1 - world.shock
                elif allied[i][j]:
                    trust[i][j] += world.learning * (1 - trust[i][j])
    return rows


@given(
    st.builds(
        World,
        states=st.integers(2, 7), alliance_threshold=st.floats(0.2, 0.6),
        base_risk=st.floats(0, 0.5), honour=st.floats(0, 1), steepness=st.floats(0, 8),
        initial_trust=st.floats(0.1, 0.7),
        alliances=st.sampled_from(["trust", "threat"]),
    ),
    st.integers(0, 1000),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_the_world_is_the_one_written_out(world, seed):
    table = simulate(world, 12, runs=2, rng=seed)
    for run, child in enumerate(np.random.SeedSequence(seed).spawn(2)):
        expected = slow_world(world, 12, child)
        found = table.loc[table["run"] == run].drop(columns=["run", "step"])
        np.testing.assert_allclose(found, expected, atol=1e-9)


def test_who_trusts_all_fully_fears_nobody_and_allies_with_nobody():
    table = simulate(World(alliances="threat", initial_trust=1), 3)
    assert (table["alliance_density"] == 0).all()


def test_a_balance_that_decides_alone_overflows_nowhere():
    """Almost infinite steepness: nobody challenges who is stronger with its allies."""
    table = simulate(World(steepness=1e300, shock=0), 200, 4)
    assert table["disputes"].max() > 0
    assert table["concentration"].between(0, 1).all()


@pytest.mark.parametrize("states", range(2, 40, 3))
def test_all_in_one_bloc_is_concentrated_wholly_and_no_more(states):
    table = simulate(World(states=states, initial_trust=1, alliance_threshold=0.1), 1, 30)
    assert table["concentration"].between(1 - 1e-12, 1).all()


def test_frustration_counts_what_two_camps_leave():
    """Allies are friends, pairs with a dispute enemies; all-out quarrel among three leaves one."""
    world = World(states=3, base_risk=0.5, initial_trust=0, steepness=0, alliance_threshold=1)
    table = simulate(world, 40, frustration=True)
    assert (table.loc[table["disputes"] == 6, "frustration"] == 1).all()
    assert table["frustration"].isin([0, 1]).all()
    assert table["frustration"].sum() > 0
    peace = simulate(World(states=5, base_risk=0, alliance_threshold=0), 3, frustration=True)
    assert (peace["frustration"] == 0).all()
    same(
        peace.drop(columns="frustration"),
        simulate(World(states=5, base_risk=0, alliance_threshold=0), 3),
    )


# The same worlds, whoever computes them ---------------------------------------------------------


def test_a_run_does_not_depend_on_how_many_are_computed_with_it(monkeypatch):
    world = World(states=20)
    together = simulate(world, 60, runs=7, rng=5)
    for cells in (1, 900, 10**9):  # one at a time, a few, all
        monkeypatch.setattr(module, "_CELLS", cells)
        same(simulate(world, 60, runs=7, rng=5), together)
    same(simulate(world, 60, runs=3, rng=5), together[together["run"] < 3])
    same(simulate(world, 25, runs=7, rng=5).query("step < 25"),
         together.query("step < 25").reset_index(drop=True))  # fmt: skip
    assert not simulate(world, 60, runs=7, rng=6).equals(together)


def test_a_generator_gives_the_worlds_of_its_seed():
    same(simulate(World(), 5, rng=np.random.default_rng(3)), simulate(World(), 5, rng=3))


def test_a_sweep_is_what_each_world_alone_ends_with():
    table = sweep(GRID, steps=40, runs=3, rng=2)
    assert list(table) == [
        *GRID,
        "run",
        "disputes",
        "alliance_density",
        "mean_trust",
        "concentration",
    ]
    assert len(table) == 4 * 3
    for row in table.itertuples():
        world = World(alliance_threshold=row.alliance_threshold, honour=row.honour, states=8)
        late = simulate(world, 40, runs=3, rng=2).query("step >= 20 and run == @row.run")
        assert late["disputes"].mean() == pytest.approx(row.disputes)
        assert late["mean_trust"].mean() == pytest.approx(row.mean_trust)


def test_pools_give_the_same_bits():
    alone = sweep(GRID, 30, 5, rng=4)
    with ThreadPoolExecutor(2) as threads:
        same(sweep(GRID, 30, 5, threads, rng=4), alone)
    with ProcessPoolExecutor(2) as processes:
        same(sweep(GRID, 30, 5, processes, rng=4), alone)


def test_a_pool_whose_process_dies_loses_nothing():
    pool = ProcessPoolExecutor(1)
    pool.submit(os.kill, pool.submit(os.getpid).result(), signal.SIGKILL)
    with pytest.warns(RuntimeWarning, match="this process computes the other "):
        found = sweep(GRID, 30, 5, pool, rng=4)
    same(found, sweep(GRID, 30, 5, rng=4))
    pool.shutdown()


def test_what_waits_is_given_up_after_an_error():
    class Failing(Executor):
        def __init__(self):
            self.futures = []

        def submit(self, *_):
            self.futures.append(Future())
            if len(self.futures) == 2:
                self.futures[0].set_exception(OSError("no space left"))
            return self.futures[-1]

    executor = Failing()
    with pytest.raises(OSError, match="no space left"):
        sweep(GRID, 5, 1, executor)
    assert [future.cancelled() for future in executor.futures] == [False, True, True, True]


def test_values_of_a_grid_may_come_from_a_generator():
    same(sweep({"honour": (h for h in (0, 1)), "states": range(3, 5)}, 4, 1),
         sweep({"honour": [0, 1], "states": [3, 4]}, 4, 1))  # fmt: skip


def test_what_a_piece_raises_is_raised():
    class Failing(ThreadPoolExecutor):
        def submit(self, *_):
            failed = Future()
            failed.set_exception(OSError("no space left"))
            return failed

    with Failing(1) as pool, pytest.raises(OSError, match="no space left"):
        sweep(GRID, 5, 1, pool)


def test_quick_work_shows_no_bar_and_long_work_one(capsys):
    sweep(GRID, 5, 1)
    assert capsys.readouterr() == ("", "")
    sweep(GRID, 5, 1, progress=True)
    assert "piece" in capsys.readouterr().err


def test_a_world_travels_to_a_worker():
    world = World(states=4, alliances="threat")
    assert pickle.loads(pickle.dumps(world)) == world
    with pytest.raises(AttributeError):
        world.states = 5


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two separate worker processes, with one thread each."""
    from dask.distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0",
        memory_limit=0, silence_logs=50,
    ) as cluster:  # fmt: skip
        yield cluster


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_gives_the_same_bits(cluster):
    from dask.distributed import Client

    with Client(cluster) as client:
        workers = client.run(os.getpid)
        assert len(set(workers.values()) | {os.getpid()}) == 3
        same(sweep(GRID, 30, 5, client.get_executor(), rng=4), sweep(GRID, 30, 5, rng=4))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_worker_killed_in_the_middle_loses_nothing(cluster):
    from dask.distributed import Client

    class Deadly(Executor):
        """An executor that kills a worker when half of the pieces are there."""

        def __init__(self, client):
            self.client, self.executor, self.futures = client, client.get_executor(), []

        def submit(self, *piece):
            self.futures.append(self.executor.submit(*piece))
            self.futures[-1].add_done_callback(self.strike)
            return self.futures[-1]

        def strike(self, _):
            if self.client and len(self.futures) == pieces:
                pid, self.client = next(iter(victims)), None
                self.left = sum(not future.done() for future in self.futures)
                os.kill(pid, signal.SIGKILL)

    grid = {"alliance_threshold": np.linspace(0.2, 0.6, 30), "states": [40]}
    pieces = 30 * -(-50 // module._together(World(states=40)))
    with Client(cluster) as client:
        victims = client.run(os.getpid).values()
        deadly = Deadly(client)
        found = sweep(grid, 60, 50, deadly, rng=4)
        assert deadly.left > 0
        deadline = time.monotonic() + 60
        while len(now := set(client.run(os.getpid).values())) < 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert now != set(victims)  # another process has taken its place
    same(found, sweep(grid, 60, 50, rng=4))
