"""The tables of the course: load them, cite them, and read what is known about them.

Each table is a CSV file, described in ``datapackage.json`` after the Data Package standard:
where it comes from, what each column means, what is missing and how it could mislead.

>>> from entente import data
>>> data.load("nato_members").head(3)[["iso3", "name"]]
  iso3     name
0  BEL  Belgium
1  CAN   Canada
2  DNK  Denmark
"""

import json
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import escape
from numbers import Integral
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "Card",
    "Field",
    "about",
    "ccode",
    "cite",
    "country",
    "each_year",
    "in_force",
    "iso3",
    "load",
    "members",
    "names",
]


def names() -> list[str]:
    """List the names of all tables, in alphabetical order.

    Returns
    -------
    list of str
        The names that `load`, `about` and `cite` accept.

    Examples
    --------
    >>> "nato_defence" in names()
    True
    """
    return sorted(_resources(_folder()))


def load(name: str) -> pd.DataFrame:
    """Load a table with the types that its description states.

    Parameters
    ----------
    name : str
        The name of a table, one of `names()`.

    Returns
    -------
    pandas.DataFrame
        A copy of your own: text as ``str``, a fixed list of words as ``category``, whole
        numbers and years as ``int64`` (``Int64`` where values may be missing), other numbers as
        ``float64``, yes or no as ``bool``, days as ``datetime64``.

    Raises
    ------
    TypeError
        If the name is not a string.
    ValueError
        If there is no such table, or if its file is damaged.

    Examples
    --------
    >>> defence = load("nato_defence")
    >>> poland = defence[(defence["iso3"] == "POL") & (defence["year"] == 2024)]
    >>> float(poland["share_gdp"].iloc[0])
    3.75
    """
    _resource(name)
    return _read(_folder(), name).copy()


def cite(name: str) -> str:
    """Give the BibTeX entries of a table's sources.

    Parameters
    ----------
    name : str
        The name of a table, one of `names()`.

    Returns
    -------
    str
        One or more BibTeX entries, with an empty line between them.

    Raises
    ------
    TypeError, ValueError
        As `load` does.

    Examples
    --------
    >>> print(cite("nato_1964").splitlines()[0])
    @article{olson1966economic,
    """
    return "\n\n".join(_resource(name)["bibtex"])


def about(name: str) -> "Card":
    """Show a table's data card: what it holds, where it comes from, how it could mislead.

    Parameters
    ----------
    name : str
        The name of a table, one of `names()`.

    Returns
    -------
    Card
        In a notebook it shows itself as a box, elsewhere as text.

    Raises
    ------
    TypeError, ValueError
        As `load` does.

    Examples
    --------
    >>> card = about("nato_members")
    >>> print(card.title)
    The Allies of NATO and the day each joined
    >>> [field.name for field in card.fields]
    ['iso3', 'name', 'ccode', 'joined', 'land_border_with_russia']
    """
    resource = _resource(name)
    return Card(
        name=name,
        title=resource["title"],
        description=resource["description"],
        coverage=resource["coverage"],
        fields=tuple(Field.of(field) for field in resource["schema"]["fields"]),
        known_gaps=resource["known_gaps"],
        how_it_could_mislead=resource["how_it_could_mislead"],
        citation=resource["citation"],
        terms=resource["terms"],
        retrieval=resource["retrieval"],
    )


def in_force(name: str, year: int) -> pd.DataFrame:
    """Give the rows of a table of spells that hold in a year.

    Parameters
    ----------
    name : str
        The name of a table with the columns `start` and `end`, such as ``"alliance_ties"``.
    year : int
        The year. A spell given in days holds in every year that it touches.

    Returns
    -------
    pandas.DataFrame
        The rows, with the types that `load` gives. A spell without an end goes on, also beyond
        the year in which the data end.

    Raises
    ------
    TypeError, ValueError
        As `load` does, and if the table has no spells or the year is no whole number.

    Notes
    -----
    In ``alliance_ties`` and ``great_power_ties`` `end` is the first year in which the tie no
    longer holds, everywhere else the last day or year in which the spell does. And a missing
    end makes ``table["end"] > year`` neither true nor false. This function minds both.

    Examples
    --------
    >>> int(in_force("alliance_ties", 1914)["defense"].sum())
    15
    >>> len(in_force("major_powers", 1914))
    8
    """
    year, table = _year(year), load(name)
    if not {"start", "end"} <= set(table):
        raise ValueError(f"the table {name!r} has no spells with a start and an end")
    start, end = (
        column.dt.year if pd.api.types.is_datetime64_any_dtype(column) else column
        for column in (table["start"], table["end"])
    )
    last = end.astype("float64").fillna(np.inf) - bool(_resource(name).get("endExcluded"))
    return table[(start <= year) & (last >= year)].reset_index(drop=True)


def each_year(name: str, first: int, last: int) -> pd.DataFrame:
    """Give the rows of a table of spells once for each year in which they hold.

    Parameters
    ----------
    name : str
        The name of a table with the columns `start` and `end`, as for `in_force`.
    first, last : int
        The first and the last year, both included; `last` is not before `first`.

    Returns
    -------
    pandas.DataFrame
        The rows that `in_force` gives for each year, in the order of years, with a column `year`.

    Raises
    ------
    TypeError, ValueError
        As `in_force` does, and if `last` is before `first`.

    Examples
    --------
    >>> each_year("major_powers", 1913, 1919).groupby("year").size().tolist()
    [8, 8, 8, 8, 8, 7, 5]
    """
    if _year(last) < _year(first):
        raise ValueError(f"last must not be before first, {first}, got {last}")
    years = range(int(first), int(last) + 1)
    return pd.concat([in_force(name, year).assign(year=year) for year in years], ignore_index=True)


def members(alliance: str | int, year: int) -> list[int]:
    """List the states that were members of an alliance in a year.

    Parameters
    ----------
    alliance : str or int
        A name from the table ``alliances``, such as ``"Warsaw Pact"``, or a number of it.
    year : int
        The year; who joined or left in it counts.

    Returns
    -------
    list of int
        COW codes, in their order. NATO's are those of ``nato_members``, by the day of accession
        and up to today, the others those of ``alliance_members``, by the day of signature and
        up to 2018.

    Raises
    ------
    TypeError, ValueError
        If there is no such alliance, or if the year is no whole number.

    Examples
    --------
    >>> [country(state) for state in members("ANZUS", 1960)]
    ['United States of America', 'Australia', 'New Zealand']
    >>> len(members("NATO", 2024))
    32
    """
    year = _year(year)
    treaties = load("alliances")
    known = treaties["name"].dropna().tolist()
    if isinstance(alliance, str):
        if alliance not in known:
            raise ValueError(f"there is no alliance {alliance!r}; there are {', '.join(known)}")
        found = treaties.loc[treaties["name"] == alliance, "alliance_id"].iloc[0]
    elif alliance in set(treaties["alliance_id"]):
        found = alliance
    else:
        raise ValueError(f"there is no alliance {alliance!r} in the table 'alliances'")
    if found == 3180:
        allies = load("nato_members")
        joined = allies.loc[allies["joined"].dt.year <= year, "iso3"]
        return sorted(state for code in joined if (state := ccode(code, year)) is not None)
    spells = in_force("alliance_members", year)
    return sorted(set(spells.loc[spells["alliance_id"] == found, "ccode"].tolist()))


def iso3(state: int, year: int) -> str | None:
    """Give the ISO code that a state had in a year.

    Parameters
    ----------
    state : int
        Its COW code.
    year : int
        The year.

    Returns
    -------
    str or None
        The ISO 3166-1 alpha-3 code, or the former code (ISO 3166-3) of the year; None if it was
        no state in that year or has no code.

    Raises
    ------
    TypeError
        If the year is no whole number.

    Examples
    --------
    >>> iso3(365, 1985), iso3(365, 1995), iso3(365, 1914), iso3(300, 1914)
    ('SUN', 'RUS', 'RUS', None)
    """
    return _codes(_folder())[0].get((state, _year(year)))


def ccode(iso3: str, year: int) -> int | None:
    """Give the COW code of the state that had an ISO code in a year.

    Parameters
    ----------
    iso3 : str
        The ISO code; today's code of the state will do for an earlier year, too.
    year : int
        The year. If two states had the code in it, the one at its end is meant.

    Returns
    -------
    int or None
        The COW code; None if no state had the ISO code in that year.

    Raises
    ------
    TypeError
        If the year is no whole number.

    Examples
    --------
    >>> ccode("DEU", 1938), ccode("DEU", 1960), ccode("DEU", 1990), ccode("SUN", 1995)
    (255, 260, 255, None)
    """
    return _codes(_folder())[1].get((iso3, _year(year)))


# Names as English writes them today, where the list of states has others; and lands that are
# no states in it but have a code in a table.
_NAMES = {
    "CIV": "Côte d’Ivoire",
    "CPV": "Cabo Verde",
    "CZE": "Czechia",
    "DDR": "East Germany",
    "ESH": "Western Sahara",
    "FLK": "Falkland Islands (Malvinas)",
    "GLP": "Guadeloupe",
    "GUF": "French Guiana",
    "HKG": "Hong Kong",
    "MAC": "Macao",
    "MKD": "North Macedonia",
    "MTQ": "Martinique",
    "NCL": "New Caledonia",
    "PSE": "Palestinian territories",
    "PYF": "French Polynesia",
    "SCG": "Serbia and Montenegro",
    "SRB": "Serbia",
    "SUN": "Soviet Union",
    "SWZ": "Eswatini",
    "TLS": "Timor-Leste",
    "TUR": "Türkiye",
    "VAT": "Holy See",
    "VDR": "North Vietnam",
    "WLF": "Wallis and Futuna",
    "YMD": "South Yemen",
    "YUG": "Yugoslavia",
}
_NAMES_OF_COW = {260: "West Germany", 271: "Württemberg", 678: "North Yemen", 817: "South Vietnam"}


def country(code: int | str, year: int | None = None) -> str:
    """Give the name of a state or country in English.

    Parameters
    ----------
    code : int or str
        Its COW code, or its ISO code.
    year : int, optional
        The year, for a COW code that outlived a name: 365 is the Soviet Union in 1985.

    Returns
    -------
    str
        The name as English writes it today; for the rest the one in the table ``states``.

    Raises
    ------
    TypeError, ValueError
        If nobody has such a code, or if the year is no whole number.

    Examples
    --------
    >>> country("TUR"), country(365), country(365, 1985), country(260)
    ('Türkiye', 'Russia', 'Soviet Union', 'West Germany')
    """
    names, latest = _country_names(_folder())
    if year is not None and not isinstance(code, str):
        former = iso3(code, year)
        if former != latest.get(code) and former in _NAMES:
            return _NAMES[former]
    if code not in names:
        raise ValueError(f"no state has the code {code!r}: give a COW number or three ISO letters")
    return names[code]


def _year(year: int) -> int:
    """Take a year if it is a whole number."""
    if isinstance(year, bool) or not isinstance(year, Integral):
        raise TypeError(f"the year must be a whole number, got {year!r}")
    return int(year)


@cache
def _codes(folder: Path) -> tuple[dict[tuple[int, int], str], dict[tuple[str, int], int]]:
    """Match COW and ISO codes year by year; states go on for a while after their list ends."""
    to_iso3, to_ccode = {}, {}
    states = _read(folder, "states").dropna(subset=["iso3"]).sort_values("start")
    for state in states.itertuples():
        last = 2100 if pd.isna(state.end) else state.end.year
        former = {}
        for span in state.former_iso3.split() if isinstance(state.former_iso3, str) else ():
            code, since, until = re.split("[:-]", span)
            former |= dict.fromkeys(range(int(since), int(until) + 1), code)
        for year in range(state.start.year, last + 1):
            to_iso3[state.ccode, year] = former.get(year, state.iso3)
            # A later spell in the same year takes the code over.
            for code in {state.iso3, former.get(year, state.iso3)}:
                to_ccode[code, year] = state.ccode
    return to_iso3, to_ccode


@cache
def _country_names(folder: Path) -> tuple[dict[int | str, str], dict[int, str]]:
    """Name each COW code and each ISO code; and tell the latest ISO code of each COW code."""
    states = _read(folder, "states")
    latest = dict(states.dropna(subset=["iso3"])[["ccode", "iso3"]].to_numpy())
    # Two Germanies and two Yemens share a code: the state of today has it.
    by_end = states.sort_values("end", na_position="last")
    names = dict(by_end.dropna(subset=["iso3"])[["iso3", "name"]].to_numpy()) | _NAMES
    for number, name in states[["ccode", "name"]].to_numpy():
        names[number] = _NAMES_OF_COW.get(number) or _NAMES.get(latest.get(number), name)
    return names, latest


@dataclass(frozen=True)
class Field:
    """A column of a table."""

    name: str
    type: str
    unit: str
    meaning: str

    @classmethod
    def of(cls, field: dict[str, Any]) -> "Field":
        """Make it from a field of the Data Package."""
        meaning = [field["title"], field.get("description", "")]
        return cls(
            field["name"],
            field["type"],
            field.get("unit", ""),
            " ".join(f"{part.rstrip('.')}." for part in meaning if part),
        )


@dataclass(frozen=True, repr=False)
class Card:
    """What a reader should know about a table before trusting it. Made by `about`."""

    name: str
    title: str
    description: str
    coverage: str
    fields: tuple[Field, ...]
    known_gaps: str
    how_it_could_mislead: str
    citation: str
    terms: str
    retrieval: str

    def __repr__(self) -> str:
        columns = "\n".join(
            fill(
                f"{field.name} ({field.unit or field.type}): {field.meaning}",
                width=88,
                initial_indent="  ",
                subsequent_indent="      ",
            )
            for field in self.fields
        )
        paragraphs = [
            fill(f"{label}: {text}", width=88, subsequent_indent="  ")
            for label, text in self._paragraphs()
        ]
        return "\n".join([f"{self.title} ({self.name})", *paragraphs, "Columns:", columns])

    def _repr_html_(self) -> str:
        (_, what), (_, coverage), *folded, source, terms, retrieval = self._paragraphs()
        rows = "".join(
            f'<tr><th scope="row"><code>{escape(field.name)}</code></th>'
            f"<td>{escape(field.meaning)}</td><td>{escape(field.unit or '–')}</td>"
            f"<td>{escape(field.type)}</td></tr>"
            for field in self.fields
        )
        columns = (
            '<table><thead><tr><th scope="col">Column</th><th scope="col">Meaning</th>'
            '<th scope="col">Unit</th><th scope="col">Type</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
        origin = "".join(
            f"<p><b>{label}.</b> {escape(text)}</p>" for label, text in (source, terms, retrieval)
        )
        sections = [(label, f"<p>{escape(text)}</p>") for label, text in reversed(folded)]
        sections += [("Columns and units", columns), ("Source and terms", origin)]
        details = "".join(
            f"<details><summary>{label}</summary>{content}</details>" for label, content in sections
        )
        return (
            '<div class="data-card">'
            f'<p class="data-card-title"><b>{escape(self.title)}</b> '
            f"(<code>{escape(self.name)}</code>)</p>"
            f"<p>{escape(what)} {escape(coverage)}</p>{details}</div>"
        )

    def _paragraphs(self) -> list[tuple[str, str]]:
        return [
            ("What a row is", self.description),
            ("Coverage", self.coverage),
            ("Known gaps", self.known_gaps),
            ("How it could mislead", self.how_it_could_mislead),
            ("Source", self.citation),
            ("Terms", self.terms),
            ("Retrieval", self.retrieval),
        ]


def _folder() -> Path:
    """Where the tables are: beside this module in a wheel, in `data/` in a checkout."""
    beside = Path(__file__).with_name("tables")
    return beside if beside.is_dir() else Path(__file__).parents[2] / "data"


@cache
def _resources(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the descriptions of all tables, by name."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {resource["name"]: resource for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"the description of the tables, {path}, is missing or damaged ({error}); "
            "it should be a Data Package in JSON: install entente again"
        ) from None


def _resource(name: str) -> dict[str, Any]:
    """Find the description of one table."""
    if not isinstance(name, str):
        raise TypeError(f"the name of a table must be a string, got {name!r}")
    resources = _resources(_folder())
    if name not in resources:
        near = get_close_matches(name, resources, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(repr(other) for other in near)}? " if near else ""
        raise ValueError(f"there is no table {name!r}; {hint}entente.data.names() lists all")
    return resources[name]


@cache
def _read(folder: Path, name: str) -> pd.DataFrame:
    """Read a table once; every caller of `load` gets a copy."""
    return _parse(folder, name)


def _parse(folder: Path, name: str) -> pd.DataFrame:
    """Read a table with the types of its description."""
    resource = _resources(folder)[name]
    path = folder / resource["path"]
    fields = resource["schema"]["fields"]
    expected = [field["name"] for field in fields]
    damaged = f"the table {name!r} is damaged: {path} should"
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"{damaged} exist, but is missing") from None
    except ValueError as error:
        raise ValueError(f"{damaged} be a CSV file in UTF-8, but: {error}") from None
    if list(text.columns) != expected:
        raise ValueError(
            f"{damaged} have the columns {', '.join(expected)}, "
            f"but has {', '.join(map(str, text.columns))}"
        )
    if not isinstance(text.index, pd.RangeIndex):  # pandas took what was too much for an index
        raise ValueError(f"{damaged} have {len(expected)} cells in every row, but has more")
    columns = {}
    for field in fields:
        try:
            columns[field["name"]] = _typed(text[field["name"]], field)
        except ValueError as error:
            raise ValueError(
                f"{damaged} have {field['type']} values in {field['name']}, but {error}"
            ) from None
    return pd.DataFrame(columns)


def _check(folder: Path, name: str) -> None:
    """Hold a table of a folder against its whole description.

    `load` trusts what was checked when the tables were made. This is that check: beside the
    types the ranges, the patterns, the values that may occur only once, and the keys.
    """
    table = _parse(folder, name)
    resource = _resources(folder)[name]
    path, schema = folder / resource["path"], resource["schema"]
    for field in schema["fields"]:
        column, rules = table[field["name"]], field.get("constraints", {})
        wrong = {}
        for rule in {"minimum", "maximum"} & set(rules):
            bound = pd.Timestamp(rules[rule]) if field["type"] == "date" else rules[rule]
            outside = column < bound if rule == "minimum" else column > bound
            wrong[f"a {rule} of {rules[rule]}"] = outside.fillna(False).to_numpy(bool)
        if "pattern" in rules:
            fits = column.dropna().astype(str).str.fullmatch(rules["pattern"])
            misfits = ~fits.reindex(column.index, fill_value=True)
            wrong[f"the pattern {rules['pattern']}"] = misfits.to_numpy(bool)
        if rules.get("unique"):
            wrong["each value once"] = (column.duplicated() & column.notna()).to_numpy(bool)
        for what, rows in wrong.items():
            if rows.any():
                place = int(np.argmax(rows))
                raise ValueError(
                    f"{path} should have {what} in {field['name']}, "
                    f"but line {place + 2} has {column.iloc[place]}"
                )
    key = schema.get("primaryKey", [])
    if key and table.duplicated(key).any():
        twice = ", ".join(map(str, table.loc[table.duplicated(key), key].iloc[0]))
        raise ValueError(f"{path} has two rows for {twice}")
    for link in schema.get("foreignKeys", []):
        other = link["reference"]
        known = _parse(folder, other["resource"])[other["fields"]]
        values = table[link["fields"]].dropna()
        lost = values[~values.isin(known)]
        if len(lost):
            raise ValueError(
                f"{path} has {lost.iloc[0]} in {link['fields']}, "
                f"which is no {other['fields']} of the table {other['resource']}"
            )


# How a cell of each type is written.
_WRITTEN = {
    "string": r".+",
    "integer": r"-?\d{1,18}",
    "year": r"\d{4}",
    "number": r"-?\d+(\.\d+)?(e[+-]?\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d{2}-\d{2}",
}


def _typed(text: pd.Series, field: dict[str, Any]) -> pd.Series:
    """Turn a column of text into the type of its field; an empty cell is a missing value."""
    kind, constraints = field["type"], field.get("constraints", {})
    required, words = constraints.get("required", False), constraints.get("enum")
    missing = text == ""
    if (required and missing.any()) or not _well_written(text, kind, words):
        right = text.isin(words) if words else text.str.fullmatch(_WRITTEN[kind])
        wrong = ~right & (required | ~missing)
        place = int(np.argmax(wrong))
        raise ValueError(f"line {place + 2} has {text.iloc[place]!r}")
    if words:
        return text.where(~missing).astype(pd.CategoricalDtype(words))
    cells = text.tolist()
    match kind:
        case "integer" | "year":
            whole = pd.Series([int(cell or "0") for cell in cells], dtype="int64")
            return whole if required else whole.astype("Int64").mask(missing)
        case "number":
            return pd.Series([float(cell or "nan") for cell in cells], dtype="float64")
        case "boolean":
            truth = text == "true"
            return truth if required else truth.astype("boolean").mask(missing)
        case "date":
            return pd.to_datetime(text.where(~missing), format="%Y-%m-%d")
    return text.where(~missing)


def _well_written(text: pd.Series, kind: str, words: list[str] | None) -> bool:
    """Whether every cell that is not empty is written as it should be.

    One search through the whole column is much faster than one for each cell.
    """
    if words:
        return bool(text.isin([*words, ""]).all())
    column = "\n".join(text.tolist()) + "\n" * bool(len(text))
    if column.count("\n") != len(text):  # a cell with an end of line inside
        return False
    return re.fullmatch(rf"(?:(?:{_WRITTEN[kind]})?\n)*", column) is not None
