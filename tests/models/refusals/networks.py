"""What the functions of `networks` refuse."""

import networkx as nx
import numpy as np
import pandas as pd

from entente.models import networks
from refusals import INF, NAN, NO_NUMBER, each

PATH = nx.path_graph(3)
LOOP = nx.Graph([(1, 2), (2, 2)])
NO_GRAPH = [
    (nx.DiGraph([(1, 2)]), TypeError), (nx.MultiGraph([(1, 2)]), TypeError), (None, TypeError),
    ([(1, 2)], TypeError), (nx.Graph(), ValueError), (LOOP, ValueError),
]  # fmt: skip
NO_BENEFIT = [(0, ValueError), (1, ValueError), (INF, ValueError), *NO_NUMBER]
NO_COST = [(-0.1, ValueError), (INF, ValueError), *NO_NUMBER]
TERMS = {"graph": PATH, "benefit": 0.5, "cost": 0.1}


def tied(**columns):
    """A table of one tie, with these columns changed, or left out where they are None."""
    good = {"state_a": [1], "state_b": [2], "start": [1900], "end": [1910], "sign": [1]}
    given = {name: column for name, column in (good | columns).items() if column is not None}
    return pd.DataFrame(given)


def ties(message, error=ValueError, **columns):
    return (networks.alliance_graph, {"ties": tied(**columns), "year": 1905}, error, message)


def sign(value):
    graph = nx.Graph()
    graph.add_edge(1, 2, **({} if value == "none" else {"sign": value}))
    return graph


ROWS = [
    *(row for function in (networks.connections_utility, networks.is_pairwise_stable)
      for name, values in [("graph", NO_GRAPH), ("benefit", NO_BENEFIT), ("cost", NO_COST)]
      for row in each(function, name, values, **TERMS)),
    *each(networks.efficient_structure, "n", [
        (1, ValueError), (0, ValueError), (2.0, TypeError), ("6", TypeError), (None, TypeError),
        (True, TypeError), (NAN, TypeError),
    ], benefit=0.5, cost=0.1),
    *each(networks.efficient_structure, "benefit", NO_BENEFIT, n=6, cost=0.1),
    *each(networks.efficient_structure, "cost", NO_COST, n=6, benefit=0.5),
    *each(networks.alliance_graph, "ties", [([1], TypeError), (None, TypeError)], year=1905),
    *each(networks.alliance_graph, "year", [
        (0, ValueError), (1905.0, TypeError), (None, TypeError), ("1905", TypeError),
    ], ties=tied()),
    *(ties(f"ties must have the column {name}, got ", **{name: None})
      for name in ("state_a", "state_b", "start", "end")),
    ties("ties must not have an end before its start, got 1904 to 1804 in row 0", start=[1904.5], end=[1804]),
    ties("ties must have days or years in start", TypeError, start=["once"]),
    ties("ties must have days or years in end", TypeError, end=[True]),
    ties("ties must have a start in every row", start=[NAN]),
    ties("ties must have a state at both ends", state_b=[None]),
    ties("ties must join two states, got 1 tied to itself in 1905", state_b=[1]),
    ties("ties must have 1 or -1 in sign, got 0", sign=[0]),
    ties("ties must have 1 or -1 in sign", sign=[NAN]),
    (networks.alliance_graph,
     {"ties": pd.concat([tied(), tied(state_a=[2], state_b=[1], sign=[-1])]), "year": 1905},
     ValueError, "ties must have one sign a pair, got both for 2–1 in 1905"),
    *(row for function in (networks.triangle_balance, networks.frustration)
      for row in each(function, "graph", NO_GRAPH)),
    *((function, {"graph": sign(value)}, ValueError,
       "graph must have the sign 1 or -1 on every tie, got .* on 1–2")
      for function in (networks.triangle_balance, networks.frustration)
      for value in ("none", 0, 2, None, NAN, "+", True)),
    (networks.connections_utility, {"graph": nx.complete_graph(5), "benefit": 0.5, "cost": 1e308},
     ValueError, r"cost must leave every utility a finite number, got 1e\+308"),
    *((function, {"graph": sign(value)}, ValueError,
       "graph must have the sign 1 or -1 on every tie, got .* on 1–2")
      for function in (networks.triangle_balance, networks.frustration)
      for value in (np.True_, 1 + 0j, [1], INF)),
    *(ties("ties must have 1 or -1 in sign, got ", sign=[value]) for value in (True, "1", 2, None, 1.5)),
]  # fmt: skip
