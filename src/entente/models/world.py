"""What becomes of a world of states that quarrel, learn to trust, and ally?

The capstone puts pieces of the other models together. States differ in strength. Each step any of
them may begin a dispute with any other, the likelier the less they trust each other and the weaker
the other is with its allies. A dispute breaks trust, and working together as allies builds it; who
trusts enough allies. Worlds end in lasting peace or in lasting quarrels, and small changes of the
rules tip them from one into the other. That is built in: alliances need trust that only alliances
let grow. A run shows what follows from such rules, and nothing about the world that we live in.
"""

import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entente.models import _arguments as arguments

__all__ = ["World", "simulate", "sweep"]

_RANGES = {
    "alliance_threshold": "[0, 1]", "learning": "[0, 1]", "shock": "[0, 1]",
    "base_risk": "[0, 0.5]", "honour": "[0, 1]", "steepness": "[0, inf)", "initial_trust": "[0, 1]",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    r"""The rules of a world.

    Parameters
    ----------
    states : int
        N, the number of states, at least 2.
    alliance_threshold : float
        τ*, in [0, 1]: two states are allied while they trust each other more than this.
    learning : float
        α, in [0, 1]: the part of what lacks to full trust that a step without a dispute adds
        between allies.
    shock : float
        γ, in [0, 1]: the part of trust that a dispute destroys.
    base_risk : float
        p₀, in [0, 0.5]: the probability of a dispute in a step between two that do not trust
        each other at all and are evenly matched.
    honour : float
        h, in [0, 1]: how far a challenger counts on the allies of its target.
    steepness : float
        β, at least 0: how much the balance of strength matters to a challenger.
    initial_trust : float
        τ₀, in [0, 1]: the trust between all pairs at the start.
    alliances : {"trust", "threat"}
        Why states ally. ``"trust"``: by the threshold. ``"threat"``: two are allied while the
        same third state is the one that each has most to fear from, which is the strongest of
        those that they trust least; the threshold then does nothing.

    Raises
    ------
    TypeError, ValueError
        If a parameter is out of range.

    Notes
    -----
    Each state has a strength :math:`c_i`, drawn from a lognormal distribution (of which the
    logarithm has the standard deviation 1) and divided by their sum. In each step,

    .. math:: P(i \to j) = \frac{2 p_0\,(1 - \tau_{ij})}
              {1 + \exp\left[-\beta\left(\frac{c_i}{c_i + s_{ij}} - \frac12\right)\right]},
              \qquad s_{ij} = c_j + h \sum_{k \ne i} A_{jk} c_k,

    where A tells who is allied. Then, for each pair,

    .. math:: \tau \leftarrow (1 - \gamma)\,\tau \;\text{ after a dispute,} \qquad
              \tau \leftarrow \tau + \alpha\,(1 - \tau)\;\text{ if allied, after none.}

    Examples
    --------
    >>> World(states=10, learning=0.1).alliance_threshold
    0.5
    """

    states: int = 30
    alliance_threshold: float = 0.5
    learning: float = 0.05
    shock: float = 0.3
    base_risk: float = 0.02
    honour: float = 0.75
    steepness: float = 4.0
    initial_trust: float = 0.3
    alliances: str = "trust"

    def __post_init__(self) -> None:
        object.__setattr__(self, "states", arguments.whole("states", self.states, least=2))
        for name, allowed in _RANGES.items():
            value = arguments.number(name, getattr(self, name), allowed)
            object.__setattr__(self, name, value)
        arguments.one_of("alliances", self.alliances, ("trust", "threat"))


def simulate(
    world: World,
    steps: int,
    runs: int = 1,
    frustration: bool = False,
    *,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    r"""How does a world go on, step by step, and how differently in other runs?

    Parameters
    ----------
    world : World
        The rules.
    steps : int
        How many steps, at least 1.
    runs : int
        How many worlds with these rules and other luck, at least 1. They are computed together.
    frustration : bool
        Whether to add the line index of balance, which takes long: allies count as friends,
        pairs with a dispute in the step as enemies, allies or not.
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same worlds, bit for bit, and
        a run does not depend on how many others are computed with it.

    Returns
    -------
    DataFrame
        For each `run` and `step`, both from 0: `disputes`, the number that began;
        `alliance_density`, the share of pairs that were allied; `mean_trust` of all pairs when the
        step began, in [0, 1]; and `concentration`, how unequally strength was spread over blocs,
        in [0, 1]. With `frustration` also `frustration`, a whole number.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    A bloc is a set of states that alliances connect, directly or through others. With s the
    blocs' shares of all strength, the concentration is
    :math:`\sqrt{(\sum s^2 - 1/N)/(1 - 1/N)}`: that of the states themselves if nobody is allied,
    and 1 if all are in one bloc.

    Trust grows between allies only. Under the rule of trust, all pairs start alike, so that with
    :math:`\tau_0 \le \tau^*` nobody is ever allied, and with :math:`\tau_0 > \tau^*` all are at
    first: alliances are lost by disputes and never made anew. Under the rule of threat they come
    and go.

    Two limits are exact. Where nobody is allied and disputes destroy no trust (γ = 0), the number
    of disputes in a step has the mean :math:`N(N-1)\,p_0(1-\tau_0)`, if strength does not matter
    (β = 0). Where all are allied and there are no disputes,
    :math:`\tau_t = 1 - (1-\tau_0)(1-\alpha)^t` in step t.

    A step costs O(N²) a run. All is done state by state and pair by pair, without products of
    matrices, whose rounding may depend on their size.

    Examples
    --------
    A world that starts with alliances, for its trust of 0.3 is enough for them, finds peace; one
    that asks for more trust than there is does not:

    >>> for threshold in (0.25, 0.5):
    ...     late = simulate(World(alliance_threshold=threshold), steps=300).tail(100)
    ...     print(late[["disputes", "alliance_density", "mean_trust"]].mean().round(2).tolist())
    [0.02, 0.98, 0.99]
    [16.86, 0.0, 0.03]
    """
    if not isinstance(world, World):
        raise TypeError(f"world must be a World, got {type(world).__name__}")
    steps = arguments.whole("steps", steps, least=1)
    runs = arguments.whole("runs", runs, least=1)
    if not isinstance(frustration, bool | np.bool_):
        raise TypeError(f"frustration must be True or False, got {frustration!r}")
    seeds = _seeds(rng, runs)
    size = _together(world)
    parts = [
        _history(world, steps, seeds[first : first + size], bool(frustration))
        for first in range(0, runs, size)
    ]
    series = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return pd.DataFrame(
        {
            "run": np.repeat(np.arange(runs), steps),
            "step": np.tile(np.arange(steps), runs),
            **{name: values.ravel() for name, values in series.items()},
        }
    )


def sweep(
    grid: Mapping[str, Iterable[Any]],
    steps: int,
    runs: int,
    executor: Executor | None = None,
    *,
    rng: int | np.random.Generator = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    r"""How do worlds end under many rules?

    Parameters
    ----------
    grid : dict
        For some parameters of `World` the values to try; every combination makes a world.
    steps, runs : int
        As in `simulate`, for each world.
    executor : concurrent.futures.Executor, optional
        Who computes: a ``ProcessPoolExecutor`` for the cores of this machine, or, for several
        machines, ``dask.distributed.Client(...).get_executor()`` (``pip install
        entente[cluster]``). By default this process does.
    rng : int or numpy.random.Generator
        As in `simulate`. All worlds have the same luck, so that they differ by their rules only.
    progress : bool, optional
        Whether to show a progress bar. By default only in a terminal, if it takes long.

    Returns
    -------
    DataFrame
        For each world and `run`, in the order of the grid: the grid's parameters, `run`, and the
        means of `disputes`, `alliance_density`, `mean_trust` and `concentration` over the later
        half of the steps.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range; all worlds are checked before the first is computed.

    Notes
    -----
    The work is cut into pieces of one world and a few runs. The result is the same bit for bit
    whoever computes it and in whatever order, for a run's luck is its own. Pieces whose worker
    dies are computed again, by the cluster, or here if a pool of processes breaks.

    Examples
    --------
    >>> table = sweep({"honour": [0, 1], "states": [8]}, steps=50, runs=2)
    >>> table[["honour", "states", "run"]]
       honour  states  run
    0       0       8    0
    1       0       8    1
    2       1       8    0
    3       1       8    1
    """
    worlds = _worlds(grid)
    steps = arguments.whole("steps", steps, least=1)
    runs = arguments.whole("runs", runs, least=1)
    if executor is not None and not isinstance(executor, Executor):
        raise TypeError(
            "executor must be a concurrent.futures.Executor, such as that of "
            f"dask.distributed.Client.get_executor(), got {type(executor).__name__}"
        )
    if progress not in (None, True, False):
        raise TypeError(f"progress must be True, False or None, got {progress!r}")
    seeds = _seeds(rng, runs)
    pieces = [
        (world, steps, seeds[first : first + _together(world)])
        for _, world in worlds
        for first in range(0, runs, _together(world))
    ]
    ends = pd.concat(_computed(pieces, executor, progress), ignore_index=True)
    rules = pd.DataFrame([values for values, _ in worlds]).loc[np.repeat(range(len(worlds)), runs)]
    rules = rules.reset_index(drop=True).assign(run=np.tile(np.arange(runs), len(worlds)))
    return pd.concat([rules, ends], axis=1)


# One batch of runs ----------------------------------------------------------------------------

_CELLS = 40_000  # pairs that are computed together, so that they stay in the processor's cache


def _together(world: World) -> int:
    """How many runs of a world are computed together; it changes the speed, no result."""
    return max(1, _CELLS // world.states**2)


def _history(
    world: World, steps: int, seeds: list[np.random.SeedSequence], frustration: bool
) -> dict[str, NDArray]:
    """All series of some runs, each of shape (runs, steps)."""
    runs, n = len(seeds), world.states
    sources = [np.random.default_rng(seed) for seed in seeds]
    strength = np.array([source.lognormal(size=n) for source in sources])
    strength /= strength.sum(axis=1, keepdims=True)
    itself = np.arange(n)
    trust = np.full((runs, n, n), world.initial_trust)
    trust[:, itself, itself] = 0
    allied = np.zeros((runs, n, n), dtype=bool)
    # What holds a challenger back, 1 + exp(−β(…)), changes only where alliances do.
    caution, blocs = np.empty((runs, n, n)), np.empty(runs)
    fresh = np.ones(runs, dtype=bool)
    # All that a step needs is written into the same places: to ask for memory again and again
    # is slow, above all in a worker of a cluster.
    draws, risk, grown = (np.empty((runs, n, n)) for _ in range(3))
    begun, hostile = (np.empty((runs, n, n), dtype=bool) for _ in range(2))
    pairs = n * (n - 1)
    names = ["disputes", "alliance_density", "mean_trust", "concentration"]
    series = {name: np.empty((runs, steps)) for name in names}
    series["disputes"] = np.empty((runs, steps), dtype=np.int64)
    if frustration:
        series["frustration"] = np.empty((runs, steps), dtype=np.int64)

    for step in range(steps):
        now = _allied(world, trust, strength)
        changed = np.flatnonzero(fresh | (now != allied).any(axis=(1, 2)))
        allied, fresh = now, np.zeros(runs, dtype=bool)
        if changed.size:
            caution[changed] = _caution(world, allied[changed], strength[changed])
            blocs[changed] = _concentration(allied[changed], strength[changed])

        for run, source in enumerate(sources):
            source.random(out=draws[run])
        np.subtract(1, trust, out=risk)
        risk *= 2 * world.base_risk
        risk[:, itself, itself] = 0
        np.multiply(draws, caution, out=draws)
        np.less(draws, risk, out=begun)
        np.logical_or(begun, begun.transpose(0, 2, 1), out=hostile)

        series["disputes"][:, step] = begun.reshape(runs, -1).sum(axis=1)
        series["alliance_density"][:, step] = allied.reshape(runs, -1).sum(axis=1) / pairs
        series["mean_trust"][:, step] = trust.reshape(runs, -1).sum(axis=1) / pairs
        series["concentration"][:, step] = blocs
        if frustration:
            series["frustration"][:, step] = [
                _frustration(friends, foes) for friends, foes in zip(allied, hostile, strict=True)
            ]

        np.subtract(1, trust, out=grown)
        grown *= world.learning
        grown *= allied
        grown += trust
        trust *= 1 - world.shock
        np.copyto(trust, grown, where=~hostile)
    return series


def _allied(
    world: World, trust: NDArray[np.float64], strength: NDArray[np.float64]
) -> NDArray[np.bool_]:
    if world.alliances == "trust":
        allied = trust > world.alliance_threshold
    else:
        fear = (1 - trust) * strength[:, None, :]
        fear[:, np.arange(world.states), np.arange(world.states)] = -1
        feared = fear.argmax(axis=2)
        # Who trusts all others fully fears nobody, and shares that with nobody.
        feared = np.where(fear.max(axis=2) > 0, feared, world.states + np.arange(world.states))
        allied = feared[:, :, None] == feared[:, None, :]
    allied[:, np.arange(world.states), np.arange(world.states)] = False
    return allied


def _caution(
    world: World, allied: NDArray[np.bool_], strength: NDArray[np.float64]
) -> NDArray[np.float64]:
    """1 + exp(−β(c_i / (c_i + s_ij) − ½)), for challenger i (down) and target j (across)."""
    challenger, target = strength[:, :, None], strength[:, None, :]
    help_ = np.where(allied, target, 0).sum(axis=2)[:, None, :]  # that j may count on, from all
    help_ = help_ - np.where(allied, challenger, 0)  # but from the challenger
    support = target + world.honour * help_
    odds = -world.steepness * (challenger / (challenger + support) - 0.5)
    return 1 + np.exp(np.minimum(odds, 700))  # of a larger number it would be infinite


def _concentration(allied: NDArray[np.bool_], strength: NDArray[np.float64]) -> NDArray[np.float64]:
    runs, n = strength.shape
    bloc = np.tile(np.arange(n), (runs, 1))  # named after its first member
    while True:
        nearest = np.where(allied, bloc[:, None, :], n).min(axis=2)
        spread = np.minimum(bloc, nearest)
        if (spread == bloc).all():
            break
        bloc = spread
    shares = np.stack([np.bincount(b, c, n) for b, c in zip(bloc, strength, strict=True)])
    return np.sqrt(np.clip(((shares**2).sum(axis=1) - 1 / n) / (1 - 1 / n), 0, 1))


def _frustration(friends: NDArray[np.bool_], foes: NDArray[np.bool_]) -> int:
    import networkx as nx

    from entente.models import networks

    graph = nx.empty_graph(len(friends))
    for one, other in np.argwhere(np.triu(friends | foes)):
        graph.add_edge(int(one), int(other), sign=-1 if foes[one, other] else 1)
    return networks.frustration(graph).index


# Many worlds ------------------------------------------------------------------------------------


def _worlds(grid: Mapping[str, Iterable[Any]]) -> list[tuple[dict[str, Any], World]]:
    """Every combination, as it was given and as a world."""
    if not isinstance(grid, Mapping):
        raise TypeError(f"grid must be a dict of parameters and values, got {type(grid).__name__}")
    known = [field.name for field in fields(World)]
    rows = {}
    for name, values in grid.items():
        if name not in known:
            raise ValueError(
                f"grid must name parameters of World, {', '.join(known)}; got {name!r}"
            )
        rows[name] = [] if isinstance(values, str) or not np.iterable(values) else list(values)
        if not rows[name]:
            raise ValueError(f"grid must have a row of values for {name}, got {values!r}")
    choices = [dict(zip(rows, values, strict=True)) for values in product(*rows.values())]
    worlds = []
    for values in choices:
        plain = {k: v.item() if isinstance(v, np.generic) else v for k, v in values.items()}
        try:
            worlds.append((plain, World(**plain)))
        except (TypeError, ValueError) as error:
            raise type(error)(f"grid must have values that World takes: {error}") from None
    return worlds


def _computed(
    pieces: list[tuple[World, int, list[np.random.SeedSequence]]],
    executor: Executor | None,
    progress: bool | None,
) -> list[pd.DataFrame]:
    from tqdm.auto import tqdm

    hidden = None if progress is None else not progress
    bar = tqdm(total=len(pieces), unit="piece", delay=1 if progress is None else 0, disable=hidden,
               leave=False)  # fmt: skip
    with bar:
        if executor is None:
            found = []
            for piece in pieces:
                found.append(_ends(*piece))
                bar.update()
            return found
        futures: dict[Future, int] = {}
        found: dict[int, pd.DataFrame] = {}
        try:
            for number, piece in enumerate(pieces):
                futures[executor.submit(_ends, *piece)] = number
            for future in as_completed(futures):
                found[futures[future]] = future.result()
                bar.update()
        except BrokenExecutor as error:  # a process of a pool has died, and the pool with it
            warnings.warn(
                f"the executor broke ({error}); this process computes the other "
                f"{len(pieces) - len(found)} of {len(pieces)} pieces",
                RuntimeWarning,
                stacklevel=3,
            )
            for number, piece in enumerate(pieces):
                if number not in found:
                    found[number] = _ends(*piece)
                    bar.update()
        finally:
            for future in futures:  # those that still wait, if all is given up
                future.cancel()
        return [found[number] for number in range(len(pieces))]


def _ends(world: World, steps: int, seeds: list[np.random.SeedSequence]) -> pd.DataFrame:
    """The means of some runs over the later half of the steps."""
    series = _history(world, steps, seeds, frustration=False)
    return pd.DataFrame(
        {name: values[:, steps // 2 :].mean(axis=1) for name, values in series.items()}
    )


def _seeds(rng: int | np.random.Generator, runs: int) -> list[np.random.SeedSequence]:
    if isinstance(rng, np.random.Generator):
        source = getattr(rng.bit_generator, "seed_seq", None)
        if not hasattr(source, "spawn"):
            raise ValueError(
                "rng must be a generator that can be split, such as that of "
                f"numpy.random.default_rng(seed), got one that was not made of a seed: {rng!r}"
            )
        return source.spawn(runs)
    return np.random.SeedSequence(arguments.whole("rng", rng, least=0)).spawn(runs)
