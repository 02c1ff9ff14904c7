"""How long does it take to load a table, and how much longer than reading the bare file?

    .venv/bin/python benchmarks/data.py

Each table is loaded in a fresh cache, three times in turn with `pandas.read_csv`, which checks
nothing and knows no types; printed are the medians. A second call copies what is in memory.
"""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import pandas as pd

from entente import data

TURNS = 3


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def main() -> None:
    """Print a row for each table."""
    data.load(data.names()[0])  # the description of the package is read once
    print(f"{'table':28}{'rows':>8}{'load ms':>9}{'read_csv ms':>13}{'ratio':>7}{'again ms':>10}")
    for name in data.names():
        path = data._folder() / f"{name}.csv"
        first, bare = [], []
        for _ in range(TURNS):
            data._read.cache_clear()
            first.append(seconds(partial(data.load, name)))
            bare.append(seconds(partial(pd.read_csv, path)))
        again = seconds(partial(data.load, name))
        print(
            f"{name:28}{len(data.load(name)):>8,}{1000 * median(first):>9.1f}"
            f"{1000 * median(bare):>13.1f}{median(first) / median(bare):>7.1f}{1000 * again:>10.2f}"
        )


if __name__ == "__main__":
    main()
