"""What the functions of `world` refuse."""

from types import SimpleNamespace

import numpy as np

from entente.models import world
from refusals import INF, NAN, NO_COUNT, NO_NUMBER, NO_PROBABILITY, NO_SEED, each

SHORT = {"world": world.World(states=3), "steps": 2}
GRID = {"grid": {"honour": [0, 1], "states": [3]}, "steps": 2, "runs": 1}
CLIENT = SimpleNamespace(submit=print)  # such as a client of Dask itself, which is no executor
NO_STATES = [
    (1, ValueError),
    (0, ValueError),
    (3.0, TypeError),
    ("3", TypeError),
    (True, TypeError),
]

ROWS = [
    *each(world.World, "states", NO_STATES),
    *(row for name in ("alliance_threshold", "learning", "shock", "honour", "initial_trust")
      for row in each(world.World, name, NO_PROBABILITY)),
    *each(world.World, "base_risk", [(0.51, ValueError), *NO_PROBABILITY]),
    *each(world.World, "steepness", [(-1, ValueError), (INF, ValueError), *NO_NUMBER]),
    *each(world.World, "alliances", [("fear", ValueError), (None, ValueError), (1, ValueError)]),
    *each(world.simulate, "world", [(None, TypeError), ({"states": 3}, TypeError), (3, TypeError)], steps=2),
    *each(world.simulate, "steps", NO_COUNT, **SHORT),
    *each(world.simulate, "runs", NO_COUNT, **SHORT),
    *each(world.simulate, "frustration", [("yes", TypeError), (1, TypeError), (None, TypeError)], **SHORT),
    *each(world.simulate, "rng", NO_SEED, **SHORT),
    *each(world.sweep, "grid", [
        (None, TypeError), ([1], TypeError), ({"honor": [1]}, ValueError), ({"honour": []}, ValueError),
        ({"honour": 1}, ValueError), ({"alliances": "trust"}, ValueError),
        ({"honour": [0, 2]}, ValueError), ({"honour": [0, "1"]}, TypeError),
        ({"honour": [NAN]}, ValueError),
    ], steps=2, runs=1),
    (world.sweep, GRID | {"grid": {"honor": [1]}}, ValueError, "states, alliance_threshold.*got 'honor'"),
    (world.sweep, GRID | {"grid": {"honour": [0, 2]}}, ValueError,
     r"grid must have values that World takes: honour must be a number in \[0, 1\], got 2"),
    *each(world.sweep, "steps", NO_COUNT, **GRID),
    *each(world.sweep, "runs", NO_COUNT, **GRID),
    *each(world.sweep, "executor", [("processes", TypeError), (2, TypeError), (CLIENT, TypeError)], **GRID),
    *each(world.simulate, "rng", [(np.random.Generator(np.random.Philox(key=1)), ValueError)], **SHORT),
    *each(world.sweep, "rng", NO_SEED, **GRID),
    *each(world.sweep, "progress", [("yes", TypeError), (2, TypeError)], **GRID),
]  # fmt: skip
