"""The ledger: every claim of the course, how it was tested, and what became of it.

The ledger itself is the table ``claims``. A chapter shows its claims with `show`, and the cell
that computes a claim's numbers holds them against the ledger with `check`, so that the two
cannot drift apart.

>>> from entente import ledger
>>> [claim.id for claim in ledger.show("01_foundations").claims]
['01.1', '01.2', '01.3', '01.4']
"""

from dataclasses import dataclass
from html import escape
from math import isclose
from textwrap import fill
from typing import Any, NamedTuple

import pandas as pd

from entente import data

__all__ = ["Claims", "Scorecard", "check", "scorecard", "show"]

NUMBERS = ("n", "value", "low", "high")
"""The columns that a chapter computes."""

ORDER = {
    "verdict": ("supported", "mixed", "not supported", "untestable"),
    "strength": ("high", "moderate", "low", "none"),
    "test": ("data", "model and data", "model"),
}
"""The words of each column of the scorecard, as they are sorted."""

HEADINGS = {"claim": "Claim", "verdict": "Verdict", "strength": "Evidence", "test": "Tested by"}


@dataclass(frozen=True, repr=False)
class Claims:
    """Claims with their verdicts, for a notebook or a page. Made by `show`."""

    claims: tuple[Any, ...]

    def __repr__(self) -> str:
        return "\n\n".join(
            "\n".join(
                [
                    fill(f"{claim.id} {claim.claim}", width=88),
                    f"  Verdict: {claim.verdict} (evidence: {claim.strength})",
                    *(fill(line, width=88, initial_indent="  ", subsequent_indent="    ")
                      for line in _lines(claim)),
                ]
            )
            for claim in self.claims
        )  # fmt: skip

    def _repr_html_(self) -> str:
        return "".join(
            f'<div class="ledger" data-verdict="{escape(claim.verdict)}">'
            f'<p class="ledger-claim"><b>{escape(claim.id)}</b> {escape(claim.claim)}</p>'
            f"<p><b>{escape(claim.verdict.capitalize())}.</b> "
            f"Strength of the evidence: {escape(claim.strength)}.</p>"
            "<details><summary>How it was tested</summary>"
            + "".join(f"<p>{escape(line)}</p>" for line in _lines(claim))
            + "</details></div>"
            for claim in self.claims
        )


def show(chapter: str) -> Claims:
    """Show the claims of a chapter, with their verdicts and how they were reached.

    Parameters
    ----------
    chapter : str
        The chapter's stem, such as ``"01_foundations"``.

    Returns
    -------
    Claims
        Shows itself when it ends a cell.

    Raises
    ------
    ValueError
        If the ledger has no claim of this chapter.

    Examples
    --------
    >>> show("01_foundation")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
      ...
    ValueError: the ledger has no claim of the chapter '01_foundation'; it has ...
    """
    table = data.load("claims")
    own = table[table["chapter"] == chapter]
    if own.empty:
        chapters = ", ".join(dict.fromkeys(table["chapter"]))
        raise ValueError(f"the ledger has no claim of the chapter {chapter!r}; it has {chapters}")
    return Claims(tuple(own.itertuples(index=False)))


@dataclass(frozen=True, repr=False)
class Scorecard:
    """All claims in one table, each with a link to its chapter. Made by `scorecard`.

    The book's script gives each heading a button by which readers sort; without scripts it is a
    plain table.
    """

    claims: tuple[Any, ...]
    by: str = "claim"

    def __repr__(self) -> str:
        return "\n".join(
            f"{claim.id:6} {claim.verdict:14} {claim.strength:9} {claim.test:15} {claim.claim}"
            for claim in self.claims
        )

    def _repr_html_(self) -> str:
        # The roles keep it a table for screen readers where a style shows rows as blocks.
        head = "".join(
            f'<th role="columnheader" scope="col" data-column="{column}"'
            + (' aria-sort="ascending"' if column == self.by else "")
            + f">{heading}</th>"
            for column, heading in HEADINGS.items()
        )
        rows = "".join(f'<tr role="row">{_row(claim)}</tr>' for claim in self.claims)
        return (
            '<table class="scorecard" role="table" aria-label="All claims and their verdicts">'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
            f'<tbody role="rowgroup">{rows}</tbody></table>'
        )


def scorecard(by: str = "claim") -> Scorecard:
    """Show all claims of the course with their verdicts.

    Parameters
    ----------
    by : str
        What the rows are sorted by: ``"claim"``, in the order of the chapters; ``"verdict"``,
        ``"strength"`` of the evidence, or ``"test"``, whether by data or by a model.

    Returns
    -------
    Scorecard
        Shows itself when it ends a cell.

    Raises
    ------
    ValueError
        If `by` is none of these.

    Examples
    --------
    >>> [claim.id for claim in scorecard("verdict").claims][:3]
    ['03a.1', '06a.2', '07.4']
    """
    if by not in HEADINGS:
        raise ValueError(f"by must be one of {', '.join(HEADINGS)}, got {by!r}")
    claims = tuple(data.load("claims").itertuples(index=False))
    if by != "claim":
        claims = tuple(sorted(claims, key=lambda claim: ORDER[by].index(getattr(claim, by))))
    return Scorecard(claims, by)


def check(claim: str, **computed: float) -> None:
    """Hold the numbers that a chapter has computed against those that the ledger states.

    Parameters
    ----------
    claim : str
        The claim's id, such as ``"01.4"``.
    **computed : float
        Every number that the ledger states of it: ``n``, ``value``, ``low``, ``high``. The
        ledger keeps three decimals.

    Raises
    ------
    ValueError
        If there is no such claim, or the numbers named are not those that the ledger states.
    AssertionError
        If a number is not the ledger's; the message names both.

    Examples
    --------
    >>> check("01.3", value=0.04)
    Traceback (most recent call last):
      ...
    AssertionError: the ledger states value = 0.039 of the claim 01.3, the chapter computes 0.04
    >>> check("01.3", value=0.03876)
    """
    table = data.load("claims").set_index("id")
    if claim not in table.index:
        raise ValueError(f"the ledger has no claim {claim!r}")
    stated = {name: value for name in NUMBERS if pd.notna(value := table.loc[claim, name])}
    if set(stated) != set(computed):
        raise ValueError(
            f"of the claim {claim} the ledger states {', '.join(stated)}, "
            f"and not {', '.join(computed) or 'nothing'}"
        )
    for name, value in stated.items():
        if not isclose(round(float(computed[name]), 3), value, abs_tol=1e-9):
            raise AssertionError(
                f"the ledger states {name} = {value:g} of the claim {claim}, the chapter "
                f"computes {computed[name]:g}"
            )


def _lines(claim: NamedTuple) -> list[str]:
    """What a reader may want to know of how a verdict was reached, a sentence each."""
    sample = [f"n = {claim.n:,} ({claim.unit})" if pd.notna(claim.n) else claim.unit]
    result = f"{claim.statistic}: {_number(claim.value)}" if pd.notna(claim.value) else ""
    if result and pd.notna(claim.low):
        result += f" (95 % interval {_number(claim.low)} to {_number(claim.high)})"
    lines = [f"Tested by: {claim.test}; {', '.join([*sample, claim.period])}."]
    lines += [f"Result: {result}."] if result else []
    return [*lines, f"Rule: {claim.rule}"]


def _row(claim: NamedTuple) -> str:
    """The cells of a claim, each with its place in the order of its column."""
    cells = "".join(
        f'<td role="cell" data-column="{column}" data-order="{words.index(word)}">'
        f"{escape(word)}</td>"
        for column, words in ORDER.items()
        for word in [getattr(claim, column)]
    )
    return (
        f'<th role="rowheader" scope="row" data-column="claim">'
        f'<a href="{escape(claim.chapter)}.ipynb#Verdicts">{escape(claim.id)}</a> '
        f"{escape(claim.claim)}</th>" + cells
    )


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
