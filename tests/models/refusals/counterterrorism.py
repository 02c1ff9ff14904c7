"""What the functions of `counterterrorism` refuse."""

import networkx as nx
import numpy as np

from entente.models import counterterrorism
from refusals import INF, NAN, NO_NUMBER, NO_PROBABILITY, NOT_POSITIVE, each

GAME = {"row": [[3, 0], [5, 1]], "column": [[3, 5], [0, 1]]}
NO_MATRIX = [
    ([1, 2], ValueError), ([[1, NAN], [0, 1]], ValueError), ([[1, INF], [0, 1]], ValueError),
    ([["a", 1], [0, 1]], TypeError), ([[1], [1, 2]], TypeError), (np.empty((0, 0)), ValueError),
]  # fmt: skip
NOT_NEGATIVE = [(-0.1, ValueError), (INF, ValueError), *NO_NUMBER]
WALLS = {"n": 3, "loss": 4, "sensitivity": 1, "cost": 1}
CELL = {"graph": nx.path_graph(4), "detection": 0.5}
FLOW = nx.DiGraph()
FLOW.add_edge("s", "t", capacity=1)


def capacity(value):
    graph = nx.DiGraph()
    graph.add_edge("s", "t", **({} if value == "none" else {"capacity": value}))
    return graph


ROWS = [
    *each(counterterrorism.pure_equilibria, "row", [*NO_MATRIX, (None, ValueError)]),
    *each(counterterrorism.pure_equilibria, "row", [([[1, 2, 3], [4, 5, 6]], ValueError)]),
    *each(counterterrorism.pure_equilibria, "column", [*NO_MATRIX, ([[1, 2, 3]], ValueError)], **GAME),
    *(row for name in ("private_benefit", "public_cost", "own_cost", "public_benefit")
      for row in each(counterterrorism.counterterrorism_game, name, NOT_NEGATIVE)),
    *each(counterterrorism.deflection_equilibrium, "n", [
        (1, ValueError), (0, ValueError), (2.0, TypeError), (None, TypeError), ("2", TypeError),
    ], loss=4),
    *each(counterterrorism.deflection_equilibrium, "loss", [
        *NOT_NEGATIVE, (1000, ValueError), (1e308, ValueError)
    ], n=3),
    *each(counterterrorism.deflection_equilibrium, "sensitivity", NOT_POSITIVE, n=3, loss=4),
    *each(counterterrorism.deflection_equilibrium, "cost", NOT_POSITIVE, n=3, loss=4),
    (counterterrorism.deflection_equilibrium, WALLS | {"sensitivity": 50}, ValueError,
     "small enough for an equilibrium in which all are alike, got 10000 for 3 targets"),
    *each(counterterrorism.covert_value, "graph", [
        (nx.DiGraph([(1, 2)]), TypeError), (None, TypeError), (nx.Graph(), ValueError),
        (nx.empty_graph(1), ValueError), (nx.empty_graph(3), ValueError),
        (nx.Graph([(1, 2), (2, 2)]), ValueError), (nx.MultiGraph([(1, 2)]), TypeError),
    ], detection=0.5),
    *each(counterterrorism.covert_value, "detection", NO_PROBABILITY, **CELL),
    *each(counterterrorism.covert_value, "exposure", [
        ("size", ValueError), (None, ValueError), (1, ValueError)
    ], **CELL),
    *each(counterterrorism.interdict, "graph", [
        (None, TypeError), ([("s", "t")], TypeError), (nx.MultiDiGraph([("s", "t")]), TypeError),
        (capacity("none"), TypeError), (capacity(-1), ValueError), (capacity(INF), ValueError),
        (capacity(NAN), ValueError), (capacity("much"), TypeError),
    ], source="s", sink="t"),
    *each(counterterrorism.interdict, "source", [("x", ValueError), ("t", ValueError)],
          graph=FLOW, sink="t"),
    *each(counterterrorism.interdict, "sink", [("x", ValueError), ("s", ValueError)],
          graph=FLOW, source="s"),
    (counterterrorism.interdict, {"graph": capacity(-1), "source": "s", "sink": "t"}, ValueError,
     r"the capacity of 's'–'t' in graph must be a number in \[0, inf\), got -1"),
]  # fmt: skip
