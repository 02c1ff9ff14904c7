"""Make the tables of the course from the raw files of their producers.

    python data/build.py SOURCES [table ...]
    python data/build.py --catalogue

SOURCES is a folder with the raw files; the README tells where to get them. Nothing is
downloaded. Every table is made in a temporary folder first and held against its description
there, and only when all of them are right are they moved into place: after an error `data/` is
as it was. The same raw files give the same bytes.

To add a table: write a function below that returns its rows, list it in `TABLES`, describe it
in `datapackage.json`, and add a fact about it to `tests/test_data.py`. Values stay the text of
the raw file unless they are computed, so that no digit is invented or lost.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm

from entente import data

HERE = Path(__file__).resolve().parent


class Refused(Exception):
    """The build stops; the message is one sentence for the user."""


class Raw(NamedTuple):
    """What is expected of a raw file: its place, its least number of rows, its columns."""

    file: str
    rows: int
    columns: str


def read(sources: Path, raw: Raw) -> pd.DataFrame:
    """Read the columns of a raw file as text, or refuse it if it is not what it should be."""
    path = sources / raw.file
    wanted = raw.columns.split()
    if not path.is_file():
        raise Refused(f"{raw.file} is missing: a CSV file with the columns {', '.join(wanted)}.")
    try:
        text = path.read_text(encoding="utf-8")
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except ValueError as error:  # not UTF-8, empty, or a row with too many cells
        raise Refused(f"{raw.file} should be a CSV file in UTF-8, but: {error}") from None
    if not isinstance(table.index, pd.RangeIndex):  # pandas took what was too much for an index
        raise Refused(f"{raw.file} has more cells in a row than columns.")
    missing = [column for column in wanted if column not in table]
    if missing:
        raise Refused(f"{raw.file} should have the column {missing[0]}: it is not there.")
    if len(table) < raw.rows or not text.endswith("\n"):
        raise Refused(
            f"{raw.file} is cut off: at least {raw.rows:,} rows and an end of line after the "
            f"last are expected, {len(table):,} rows were found."
        )
    return table[wanted]


def numbers(table: pd.DataFrame, raw: Raw, *columns: str) -> pd.DataFrame:
    """Turn columns of text into numbers; an empty cell becomes a missing value."""
    for column in columns:
        try:
            values = pd.to_numeric(table[column])
        except ValueError as error:
            raise Refused(f"{raw.file} should have numbers in {column}, but: {error}") from None
        table = table.assign(**{column: values})
    return table


def written(values: pd.Series, style: str) -> pd.Series:
    """Numbers as text in the given style; a missing value becomes an empty cell."""
    return values.map(lambda value: "" if pd.isna(value) else style.format(value))


def pairs(table: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Give a table of pairs the columns `state_a` and `state_b`, the smaller code first."""
    ends = table[[one, other]]
    return table.assign(state_a=ends.min(axis=1), state_b=ends.max(axis=1))


def truth(values: pd.Series) -> pd.Series:
    """Truth values as the words `true` and `false`; a missing one becomes an empty cell."""
    return values.map({True: "true", False: "false"}).fillna("")


def flags(table: pd.DataFrame, raw: Raw, column: str) -> pd.Series:
    """Turn a column of 0 and 1 into `false` and `true`."""
    words = table[column].map({"0": "false", "1": "true"})
    if words.isna().any():
        odd = table.loc[words.isna(), column].iloc[0]
        raise Refused(f"{raw.file} should have 0 or 1 in {column}, but has {odd!r}.")
    return words


# --- NATO ---------------------------------------------------------------------------------

NATO_MEMBERS = Raw(
    "nato_defence/nato_members.csv",
    32,
    "country iso3 ccode accession_date land_border_with_russia",
)


def nato_members(sources: Path) -> pd.DataFrame:
    """List the Allies and the day each joined."""
    raw = read(sources, NATO_MEMBERS)
    return (
        raw.rename(columns={"country": "name", "accession_date": "joined"})
        .assign(land_border_with_russia=flags(raw, NATO_MEMBERS, "land_border_with_russia"))
        .sort_values(["joined", "iso3"])
    )


NATO_DEFENCE = Raw(
    "nato_defence/nato_defence_2014_2026.csv",
    429,
    "country year defence_pct_gdp estimated real_change_pct equipment_pct personnel_pct",
)
NATO_TOTALS = ["NATO Total", "NATO Europe and Canada"]


def nato_defence(sources: Path) -> pd.DataFrame:
    """List the defence expenditure of each Ally and year, as NATO reports it."""
    allies = read(sources, NATO_MEMBERS).set_index("country")["iso3"]
    raw = read(sources, NATO_DEFENCE)
    raw = raw[~raw["country"].isin(NATO_TOTALS)]
    unknown = raw.loc[~raw["country"].isin(allies.index), "country"]
    if len(unknown):
        raise Refused(f"{NATO_DEFENCE.file} names {unknown.iloc[0]!r}, which is no Ally we know.")
    return (
        raw.assign(iso3=raw["country"].map(allies), estimated=flags(raw, NATO_DEFENCE, "estimated"))
        .rename(
            columns={
                "defence_pct_gdp": "share_gdp",
                "real_change_pct": "real_change",
                "equipment_pct": "equipment_share",
                "personnel_pct": "personnel_share",
            }
        )
        .sort_values(["iso3", "year"])
    )


RECOMPUTED_1964 = Raw(
    "olson_zeckhauser/nato_1964_recomputed_not_olson_zeckhauser.csv",
    15,
    "iso3 gdp_usd_m_worldbank milex_pct_gdp_owid_cow",
)


def nato_1964(sources: Path) -> pd.DataFrame:
    """Check the table that is written by hand: its recomputed columns against the raw files."""
    by_hand = pd.read_csv(HERE / "nato_1964.csv", dtype=str)
    raw = read(sources, RECOMPUTED_1964)
    raw = numbers(raw, RECOMPUTED_1964, "gdp_usd_m_worldbank", "milex_pct_gdp_owid_cow")
    raw = raw.set_index("iso3").reindex(by_hand["iso3"])
    # The raw file leaves Germany's share empty: Our World in Data calls it West Germany.
    shares = owid_shares(sources)
    germany = shares[(shares["ccode"] == 260) & (shares["year"] == 1964)]
    raw.loc["DEU", "milex_pct_gdp_owid_cow"] = germany["share_gdp"].iloc[0]
    expected = {
        "gdp_recomputed": written(raw["gdp_usd_m_worldbank"] / 1000, "{:.2f}"),
        "defence_share_recomputed": written(raw["milex_pct_gdp_owid_cow"], "{:.2f}"),
    }
    for column, values in expected.items():
        for ally, found, right in zip(by_hand["iso3"], by_hand[column], values, strict=True):
            if found != right:
                raise Refused(
                    f"data/nato_1964.csv is written by hand and gives {found} as {column} of "
                    f"{ally}; the raw files give {right or 'nothing'}."
                )
    return by_hand


# --- States and their codes ---------------------------------------------------------------

FIRST_YEAR, LAST_YEAR = 1949, 2024
DATES = "styear stmonth stday endyear endmonth endday"
STATE_SYSTEM = Raw("cow_states/state_system_2016.csv", 243, "ccode statenme styear endyear")
STATE_DAYS = STATE_SYSTEM._replace(columns=f"ccode statenme {DATES}")
LIST_ENDS = "2016-12-31"  # where COW's lists of states and major powers end, not the states
CODE_LIST = Raw("ideal_points/unga_ideal_points_1946_2024.csv", 11_440, "ccode iso3c")

# COW codes for which the code list has nothing, or something else than ISO 3166 has.
ISO3 = {345: "SRB", 347: "XKX", 678: "YEM", 680: "YMD", 817: "VNM"}
# One COW code, several ISO codes: the first and last year of each earlier one (ISO 3166-3).
FORMER_ISO3 = [
    (345, 1918, 2002, "YUG"),
    (345, 2003, 2005, "SCG"),
    (365, 1922, 1991, "SUN"),
    (816, 1954, 1975, "VDR"),
]
NO_ISO3 = [511]  # Zanzibar, 1963–64


def iso3_of_today(sources: Path) -> dict[int, str]:
    """The ISO code of each COW code; states that were gone before ISO 3166 began have none."""
    codes = numbers(read(sources, CODE_LIST), CODE_LIST, "ccode")
    codes = codes[codes["iso3c"] != ""]
    return dict(zip(codes["ccode"], codes["iso3c"], strict=True)) | ISO3


def in_its_year(table: pd.DataFrame) -> pd.Series:
    """The ISO code that a state had in a year: `iso3`, changed where it had another."""
    iso3 = table["iso3"].copy()
    for ccode, first, last, code in FORMER_ISO3:
        iso3[(table["ccode"] == ccode) & table["year"].between(first, last)] = code
    return iso3


# What the sources call a land, where it is not the name in COW's list: its ISO code. Several
# names of one land get one code; a former state that was another land keeps its own.
NAMES = {
    "Antigua and Barbuda": "ATG",
    "Bolivia (Plurinational State of)": "BOL",
    "Bosnia-Herzegovina": "BIH",
    "Brunei Darussalam": "BRN",
    "Cabo Verde": "CPV",
    "Czechia": "CZE",
    "Côte d’Ivoire": "CIV",
    "East Germany (GDR)": "DDR",
    "Eswatini": "SWZ",
    "Falkland Islands": "FLK",
    "French Guiana": "GUF",
    "French Polynesia": "PYF",
    "Guadeloupe": "GLP",
    "Hong Kong": "HKG",
    "Iran (Islamic Republic of)": "IRN",
    "Macau": "MAC",
    "Martinique": "MTQ",
    'Montenegro (source: "Yugoslavia, FR")': "MNE",
    "New Caledonia": "NCL",
    "New Hebrides": "VUT",
    "North Macedonia": "MKD",
    "North Yemen": "YEM",
    "People's Republic of the Congo": "COG",
    "Republic of Korea": "KOR",
    "Republic of Moldova": "MDA",
    "Republic of the Congo": "COG",
    "Rhodesia": "ZWE",
    "Russian Federation": "RUS",
    "Serbia": "SRB",
    "Serbia-Montenegro": "SCG",
    "Slovak Republic": "SVK",
    "South Yemen": "YMD",
    "Soviet Union": "SUN",
    "Timor-Leste": "TLS",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "United Republic of Tanzania": "TZA",
    "United States": "USA",
    "Vatican City": "VAT",
    "Viet Nam": "VNM",
    "Wallis and Futuna": "WLF",
    "West Bank and Gaza Strip": "PSE",
    "West Germany (FRG)": "DEU",
    "Western Sahara": "ESH",
    "Yugoslavia": "YUG",
    "Zaire": "COD",
}


def iso3_of_names(sources: Path, names: pd.Series, raw: Raw) -> pd.Series:
    """The ISO code of each name, or a refusal that tells the first unknown one."""
    listed = numbers(read(sources, STATE_SYSTEM), STATE_SYSTEM, "ccode")
    codes = listed["ccode"].map(iso3_of_today(sources))
    known = dict(zip(listed["statenme"], codes, strict=True)) | NAMES
    found = names.map(known)
    if found.isna().any():
        raise Refused(
            f"{raw.file} names {names[found.isna()].iloc[0]!r}, which is no land we know. "
            "Add it to NAMES in data/build.py."
        )
    return found


def state_years(sources: Path) -> pd.DataFrame:
    """COW's member states year by year, 1949 to 2024: `ccode`, `iso3`, `name`, `year`."""
    spells = numbers(read(sources, STATE_SYSTEM), STATE_SYSTEM, "ccode", "styear", "endyear")
    iso3 = iso3_of_today(sources)
    rows = []
    for spell in spells.itertuples():
        # 2016 is where the list ends, not the states; none has joined or left since.
        last = LAST_YEAR if spell.endyear == 2016 else spell.endyear
        if last < FIRST_YEAR or spell.ccode in NO_ISO3:
            continue
        if spell.ccode not in iso3:
            raise Refused(
                f"{STATE_SYSTEM.file} has a state without a code: {spell.ccode}, "
                f"{spell.statenme}. Add it to ISO3 in data/build.py."
            )
        for year in range(max(FIRST_YEAR, spell.styear), last + 1):
            rows.append((spell.ccode, iso3[spell.ccode], spell.statenme, year))
    states = pd.DataFrame(rows, columns=["ccode", "iso3", "name", "year"])
    states["iso3"] = in_its_year(states)
    return states.drop_duplicates(["ccode", "year"])  # a state may leave and return in a year


def days(table: pd.DataFrame, raw: Raw, year: str, month: str, day: str) -> pd.Series:
    """Join three columns to a day, written as ISO 8601 has it."""
    parts = numbers(table, raw, year, month, day)[[year, month, day]]
    dates = pd.to_datetime(parts.set_axis(["year", "month", "day"], axis=1), errors="coerce")
    if dates.isna().any():
        odd = "-".join(table.loc[dates.isna(), [year, month, day]].iloc[0])
        raise Refused(f"{raw.file} should have days in {year}, {month}, {day}, but has {odd}.")
    return dates.dt.strftime("%Y-%m-%d")


def spells(table: pd.DataFrame, raw: Raw) -> pd.DataFrame:
    """Give a table of COW's its `start` and `end`; no end where only the list ends."""
    table = numbers(table, raw, "ccode")
    start = days(table, raw, "styear", "stmonth", "stday")
    end = days(table, raw, "endyear", "endmonth", "endday")
    return table.assign(start=start, end=end.where(end != LIST_ENDS, ""))


CAPITALS = Raw("cow_capitals/capitals.csv", 242, "ccode capital stdate enddate lat_fixed lng_fixed")


def states(sources: Path) -> pd.DataFrame:
    """List each state's spells in the system, with its codes and its last capital in each."""
    table = spells(read(sources, STATE_DAYS), STATE_DAYS)
    iso3 = iso3_of_today(sources)
    former = {}
    for ccode, first, last, code in FORMER_ISO3:
        former.setdefault(ccode, []).append(f"{code}:{first}-{last}")
    last_day = table["end"].where(table["end"] != "", LIST_ENDS)
    capitals = numbers(read(sources, CAPITALS), CAPITALS, "ccode")
    seats = table.assign(last_day=last_day).merge(capitals, on="ccode")
    seats = seats[(seats["stdate"] <= seats["last_day"]) & (seats["last_day"] <= seats["enddate"])]
    table = table.merge(seats[["ccode", "start", *CAPITALS.columns.split()[1:]]], how="left")
    if table["capital"].isna().any():
        lost = table.loc[table["capital"].isna(), "statenme"].iloc[0]
        raise Refused(f"{CAPITALS.file} has no capital of {lost} for the end of a spell.")
    return table.assign(
        iso3=table["ccode"].map(iso3).fillna(""),
        former_iso3=table["ccode"].map({c: " ".join(codes) for c, codes in former.items()}),
        name=table["statenme"],
        lat=written(pd.to_numeric(table["lat_fixed"]), "{:.2f}"),
        lng=written(pd.to_numeric(table["lng_fixed"]), "{:.2f}"),
    ).sort_values(["ccode", "start"])


MAJOR_POWERS = Raw("cow_states/major_powers_2016.csv", 14, f"ccode {DATES}")


def major_powers(sources: Path) -> pd.DataFrame:
    """List the spells in which a state counts as a major power."""
    return spells(read(sources, MAJOR_POWERS), MAJOR_POWERS).sort_values(["ccode", "start"])


CONTIGUITY = Raw(
    "cow_contiguity/direct_contiguity_v3_2.csv", 1_874, "ccode1 ccode2 conttype stdate enddate"
)
CONTIGUITY_ENDS = "2016-12-01"


def contiguity(sources: Path) -> pd.DataFrame:
    """List the spells in which two states were neighbours by land or across some water."""
    table = numbers(read(sources, CONTIGUITY), CONTIGUITY, "ccode1", "ccode2", "conttype")
    # The file has each pair twice, and writes 0 for a spell in which it was *not* contiguous.
    table = table[(table["ccode1"] < table["ccode2"]) & (table["conttype"] > 0)]
    table = table.rename(
        columns={"ccode1": "state_a", "ccode2": "state_b", "conttype": "type", "stdate": "start"}
    )
    end = table["enddate"].where(table["enddate"] != CONTIGUITY_ENDS, "")
    return table.assign(end=end).sort_values(["state_a", "state_b", "start"])


# --- Alliances ----------------------------------------------------------------------------

PLEDGES = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
ATOP_DYADS = Raw(
    "atop/atop_directed_dyad_year.csv", 273_296, f"ccode1 ccode2 year {' '.join(PLEDGES)}"
)
ATOP_ENDS = 2018


def alliance_ties(sources: Path) -> pd.DataFrame:
    """Join the years in which two states owed each other the same pledges to spans."""
    raw = read(sources, ATOP_DYADS)
    raw = numbers(raw, ATOP_DYADS, "ccode1", "ccode2", "year")
    for column, name in PLEDGES.items():
        raw[name] = flags(raw, ATOP_DYADS, column) == "true"
    pledges = list(PLEDGES.values())
    raw = pairs(raw, "ccode1", "ccode2").groupby(["state_a", "state_b", "year"])[pledges]
    either = raw.max()
    either["directed"] = (either != raw.min()).any(axis=1)
    years = either[either[pledges].any(axis=1)].reset_index()
    same = ["state_a", "state_b", *pledges, "directed"]
    begins = (years[same] != years[same].shift()).any(axis=1)
    begins |= years["year"] != years["year"].shift() + 1
    table = years[begins].rename(columns={"year": "start"})
    last = years["year"][begins.shift(-1, fill_value=True)].to_numpy()
    return table.assign(
        end=["" if year == ATOP_ENDS else year + 1 for year in last],
        **{column: truth(table[column]) for column in [*pledges, "directed"]},
    )


ATOP_PLEDGES = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
ATOP = Raw(
    "atop/atop5_1_alliances.csv",
    789,
    "atopid begyr begmo begday endyr endmo endday bilat wartime intcom organ1 base members "
    + " ".join(ATOP_PLEDGES),
)
# What an alliance is commonly called, for those of which the course speaks: by number.
ALLIANCE_NAMES = {
    3015: "Arab League",
    3075: "Rio Pact",
    3130: "Western European Union",
    3150: "Organization of American States",
    3180: "NATO",
    3205: "Arab Joint Defence Treaty",
    3215: "ANZUS",
    3260: "SEATO",
    3275: "Baghdad Pact (CENTO)",
    3285: "Warsaw Pact",
    3895: "ECOWAS Protocol of 1981",
    4220: "Collective Security Treaty (CSTO)",
    4965: "GCC Joint Defence Agreement",
    4985: "SADC Protocol of 2001",
    5055: "African Union Pact of 2005",
}


def atop_days(table: pd.DataFrame, raw: Raw, year: str, month: str, day: str) -> pd.Series:
    """The days in three columns of ATOP; no day of the month is its first, year 0 is no day."""
    known = table[table[year] != "0"]
    known = known.assign(**{day: known[day].replace({"": "1", "0": "1"})})
    return days(known, raw, year, month, day).reindex(table.index, fill_value="")


def alliances(sources: Path) -> pd.DataFrame:
    """List the treaties of alliance, what they pledge, and who was ever a member."""
    raw = read(sources, ATOP)
    counts = numbers(raw, ATOP, "intcom", "organ1", "base")
    some = {
        name: truth((counts[name] > 0).where(counts[name].notna()))
        for name in ("intcom", "organ1", "base")
    }
    return raw.assign(
        alliance_id=raw["atopid"],
        name=pd.to_numeric(raw["atopid"]).map(ALLIANCE_NAMES).fillna(""),
        start=atop_days(raw, ATOP, "begyr", "begmo", "begday"),
        end=atop_days(raw, ATOP, "endyr", "endmo", "endday"),
        **{name: flags(raw, ATOP, column) for column, name in ATOP_PLEDGES.items()},
        bilateral=flags(raw, ATOP, "bilat"),
        wartime=flags(raw, ATOP, "wartime"),
        organisation=some["organ1"],
        integrated_command=some["intcom"],
        bases=some["base"],
    ).sort_values("alliance_id", key=pd.to_numeric)


ATOP_MEMBERS = Raw(
    "atop/atop5_1_members.csv", 2_510, "atopid member yrent moent dayent yrexit moexit dayexit"
)


def alliance_members(sources: Path) -> pd.DataFrame:
    """List the spells of each member of each alliance; its phases without a gap are joined."""
    raw = numbers(read(sources, ATOP_MEMBERS), ATOP_MEMBERS, "atopid", "member")
    raw = raw[raw["member"] < 1000]  # 8152 is a party that no list of states knows
    text = raw.assign(
        start=atop_days(raw, ATOP_MEMBERS, "yrent", "moent", "dayent"),
        end=atop_days(raw, ATOP_MEMBERS, "yrexit", "moexit", "dayexit"),
    ).sort_values(["atopid", "member", "start"])
    spell = ["atopid", "member"]
    before = text.groupby(spell)["end"].shift()
    # A phase that begins on the day after the last one ended, or on the same, goes on with it.
    gap = pd.to_datetime(text["start"]) - pd.to_datetime(before, errors="coerce")
    begins = ~(gap <= pd.Timedelta(days=1))
    table = text[begins].rename(columns={"atopid": "alliance_id", "member": "ccode"})
    return table.assign(end=text["end"][begins.shift(-1, fill_value=True)].to_numpy())


# --- Militarised disputes -----------------------------------------------------------------

GML_DYADS = Raw(
    "mid/gml_2_2_1_directed_dyad_year.csv",
    10_276,
    "dispnum ccode1 ccode2 year midonset sidea1 orig1 hostlev",
)


def dispute_onsets(sources: Path) -> pd.DataFrame:
    """List the directed dyad-years in which a dispute began, and who began it."""
    raw = read(sources, GML_DYADS)
    raw = numbers(raw, GML_DYADS, *GML_DYADS.columns.split())
    raw = raw[raw["midonset"] == 1].rename(columns={"dispnum": "dispute_id"})
    raw["initiated"] = (raw["sidea1"] == 1) & (raw["orig1"] == 1)
    raw = raw.sort_values(["hostlev", "dispute_id"], ascending=[False, True])
    years = raw.groupby(["ccode1", "ccode2", "year"], sort=True)
    table = years.agg(
        dispute_id=("dispute_id", "first"),
        initiated=("initiated", "max"),
        hostility=("hostlev", "first"),
        disputes=("dispute_id", "size"),
    ).reset_index()
    return table.assign(initiated=truth(table["initiated"]))


GML_DISPUTES = Raw("mid/gml_2_2_1_disputes.csv", 2_174, "dispnum hostlev fatality outcome recip")
GML_STATES = Raw("mid/gml_2_2_1_participants.csv", 5_217, "dispnum ccode styear endyear sidea orig")
OUTCOMES = {
    1: "victory of side A",
    2: "victory of side B",
    3: "side A yields",
    4: "side B yields",
    5: "stalemate",
    6: "compromise",
    7: "released",
    8: "unclear",
    9: "joins a war",
}


def disputes(sources: Path) -> pd.DataFrame:
    """List the militarised disputes, with the states on each side in the order of their entry."""
    raw = numbers(read(sources, GML_DISPUTES), GML_DISPUTES, *GML_DISPUTES.columns.split())
    states = numbers(read(sources, GML_STATES), GML_STATES, *GML_STATES.columns.split())
    states = states.sort_values(["dispnum", "orig", "styear", "ccode"], ascending=[1, 0, 1, 1])
    spans = states.groupby("dispnum").agg(start_year=("styear", "min"), end_year=("endyear", "max"))
    sides = states.drop_duplicates(["dispnum", "sidea", "ccode"]).astype({"ccode": str})
    sides = sides.groupby(["dispnum", "sidea"])["ccode"].agg(" ".join).unstack()
    return (
        raw.assign(
            dispute_id=raw["dispnum"],
            hostility=raw["hostlev"],
            fatality=raw["fatality"].astype(str).replace("-9", ""),
            outcome=raw["outcome"].map(OUTCOMES).fillna(""),
            reciprocated=truth(raw["recip"] == 1),
            states_a=raw["dispnum"].map(sides[1]),
            states_b=raw["dispnum"].map(sides[0]),
        )
        .merge(spans, left_on="dispnum", right_index=True)
        .sort_values("dispute_id")
    )


# --- Rivalries, arms races, wars ----------------------------------------------------------

RIVALRIES = Raw("rivalries/tss_strategic_rivalries_1494_2020.csv", 264, "ccode1 ccode2 start end")
RIVALRIES_END = 2020


def rivalries(sources: Path) -> pd.DataFrame:
    """List the spells of strategic rivalry that reach 1816 or later."""
    raw = numbers(read(sources, RIVALRIES), RIVALRIES, *RIVALRIES.columns.split())
    raw = pairs(raw[raw["end"] >= 1816], "ccode1", "ccode2")
    end = raw["end"].astype(str).replace(str(RIVALRIES_END), "")
    return raw.assign(end=end).sort_values(["state_a", "state_b", "start"])


ARMS_RACES = Raw(
    "rivalries/gibler_rider_hutchison_arms_races.csv", 71, "ccode1 ccode2 styear endyear"
)


def arms_races(sources: Path) -> pd.DataFrame:
    """List the spells in which two rivals armed against each other."""
    raw = numbers(read(sources, ARMS_RACES), ARMS_RACES, *ARMS_RACES.columns.split())
    raw = pairs(raw, "ccode1", "ccode2").rename(columns={"styear": "start", "endyear": "end"})
    return raw.sort_values(["state_a", "state_b", "start"])


WARS = Raw(
    "wars/cow_interstate_war_v4_0.csv",
    337,
    "WarNum WarName ccode Side StartYear1 EndYear1 EndYear2 Initiator BatDeath",
)


def wars(sources: Path) -> pd.DataFrame:
    """List the states in each war between states, once for each side on which they fought."""
    raw = read(sources, WARS)
    raw = numbers(raw, WARS, *WARS.columns.replace("WarName ", "").split())
    deaths = raw["BatDeath"].astype(str)
    return raw.assign(
        war_id=raw["WarNum"],
        war=raw["WarName"].replace({"IfniWar": "Ifni War"}),
        side=raw["Side"],
        start_year=raw["StartYear1"],
        end_year=raw[["EndYear1", "EndYear2"]].max(axis=1),
        deaths=deaths.where(raw["BatDeath"] >= 0, ""),
        initiator=truth(raw["Initiator"] == 1),
    ).sort_values(["war_id", "side", "ccode", "start_year"])


CONFLICTS = Raw(
    "ucdp/ucdp_prio_acd_v25_1.csv",
    2_752,
    "conflict_id location incompatibility year intensity_level type_of_conflict region",
)
INTENSITIES = {"1": "minor", "2": "war"}
CONFLICT_TYPES = {
    "1": "extrasystemic",
    "2": "interstate",
    "3": "intrastate",
    "4": "internationalised intrastate",
}
INCOMPATIBILITIES = {"1": "territory", "2": "government", "3": "both"}
UCDP_REGIONS = {"1": "Europe", "2": "Middle East", "3": "Asia", "4": "Africa", "5": "Americas"}


def words(table: pd.DataFrame, raw: Raw, column: str, meanings: dict[str, str]) -> pd.Series:
    """Turn a column of codes into words."""
    found = table[column].map(meanings)
    if found.isna().any():
        odd = table.loc[found.isna(), column].iloc[0]
        allowed = ", ".join(meanings)
        raise Refused(f"{raw.file} should have {allowed} in {column}, but has {odd!r}.")
    return found


def conflicts(sources: Path) -> pd.DataFrame:
    """List each armed conflict in each year in which it cost 25 lives or more in battle."""
    raw = numbers(read(sources, CONFLICTS), CONFLICTS, "conflict_id", "year")
    regions = raw.assign(region=raw["region"].str.split(", ")).explode("region")
    regions = words(regions, CONFLICTS, "region", UCDP_REGIONS)
    return raw.assign(
        intensity=words(raw, CONFLICTS, "intensity_level", INTENSITIES),
        type=words(raw, CONFLICTS, "type_of_conflict", CONFLICT_TYPES),
        about=words(raw, CONFLICTS, "incompatibility", INCOMPATIBILITIES),
        region=regions.groupby(level=0).agg("; ".join),
    ).sort_values(["conflict_id", "year"])


REGIMES = Raw("regime/cow_state_year_democracy.csv", 17_706, "ccode year v2x_polyarchy")


def regimes(sources: Path) -> pd.DataFrame:
    """List how democratic each state was in each year, where V-Dem has measured it."""
    raw = numbers(read(sources, REGIMES), REGIMES, "ccode", "year")
    raw = raw[raw["v2x_polyarchy"] != ""].rename(columns={"v2x_polyarchy": "democracy"})
    return raw.sort_values(["ccode", "year"])


# --- Diplomacy: agreements, votes ---------------------------------------------------------

AGREEMENTS = Raw(
    "dca/dcad_v1_0_agreements_1980_2010.csv",
    1_871,
    "DCAid ccode1 cowName1 ccode2 cowName2 signYear type",
)


def defence_agreements(sources: Path) -> pd.DataFrame:
    """List the defence cooperation agreements between two states."""
    raw = numbers(read(sources, AGREEMENTS), AGREEMENTS, "ccode1", "ccode2", "signYear")
    # Where both codes are one, the name tells the other state; where it does not, no one can.
    alone = raw["ccode1"] == raw["ccode2"]
    codes = dict(raw.loc[~alone, ["cowName1", "ccode1"]].to_numpy())
    codes |= dict(raw.loc[~alone, ["cowName2", "ccode2"]].to_numpy())
    raw.loc[alone, "ccode2"] = raw.loc[alone, "cowName2"].map(codes)
    raw = pairs(raw[raw["ccode1"] != raw["ccode2"]], "ccode1", "ccode2")
    return raw.assign(
        agreement_id=raw["DCAid"].str.removeprefix("DCADv1.0-").str.lstrip("0")
    ).rename(columns={"signYear": "year", "type": "kind"})


VOTES = Raw(
    "ideal_points/unga_ideal_points_1946_2024.csv", 11_440, "ccode year idealpointfp nvotesfp"
)


def ideal_points(sources: Path) -> pd.DataFrame:
    """List where each state stood in the votes of each session of the General Assembly."""
    raw = numbers(read(sources, VOTES), VOTES, "ccode", "year")
    raw = raw[raw["idealpointfp"] != ""]  # in 19 state-years only other votes were cast
    raw["iso3"] = raw["ccode"].map(iso3_of_today(sources))
    raw["iso3"] = in_its_year(raw)
    return raw.rename(columns={"idealpointfp": "ideal_point", "nvotesfp": "votes"}).sort_values(
        ["iso3", "year"]
    )


EXERCISES = Raw(
    "exercises/mme_v7_exercises_1980_2010.csv",
    3_707,
    "mmeid lat lon s_year warfighting peacekeeping humanitarian",
)
PARTICIPANTS = Raw(
    "exercises/mme_v7_participants_1980_2010.csv", 13_796, "mmeid year gwcode country"
)
# States that the source names without a code. "-9", "NATO" and lands that are no state stay out.
PARTICIPANT_NAMES = {
    "Antigua & Barbuda": 58,
    "Dominica": 54,
    "Grenada": 55,
    "Palau": 986,
    "Seychelles": 591,
    "St. Kitts & Nevis": 60,
    "St. Lucia": 56,
    "St. Vincent & Grenadines": 57,
    "st. christopher": 60,
    "São Tomé & Príncipe": 403,
    "Tonga": 955,
    "Vanuatu": 935,
    "Yemen": 679,
}
KINDS = ["warfighting", "peacekeeping", "humanitarian"]
REGIONS = {200: "Americas", 400: "Europe", 600: "Africa", 700: "Middle East and North Africa"}
REGIONS |= {900: "Asia", 1000: "Oceania"}  # below this code


def region_of(places: pd.DataFrame, capitals: pd.DataFrame) -> pd.Series:
    """The region of the capital that is nearest to each place, along the great circle."""
    lat, lng = (np.radians(places[column].to_numpy())[:, None] for column in ("lat", "lon"))
    to_lat, to_lng = (np.radians(pd.to_numeric(capitals[column])) for column in ("lat", "lng"))
    cosine = np.sin(lat) * np.sin(to_lat.to_numpy())
    cosine += np.cos(lat) * np.cos(to_lat.to_numpy()) * np.cos(lng - to_lng.to_numpy())
    nearest = capitals["ccode"].to_numpy()[np.nan_to_num(cosine).argmax(axis=1)]
    bounds = list(REGIONS)
    names = np.array(list(REGIONS.values()))[np.searchsorted(bounds, nearest, side="right")]
    return pd.Series(names, places.index).where(places["lat"].notna(), "")


def joint_exercises(sources: Path) -> pd.DataFrame:
    """List the military exercises of several states, with who took part and what for."""
    raw = numbers(read(sources, EXERCISES), EXERCISES, "s_year", "lat", "lon")
    people = numbers(read(sources, PARTICIPANTS), PARTICIPANTS, "year", "gwcode")
    people["ccode"] = people["gwcode"].fillna(people["country"].map(PARTICIPANT_NAMES))
    people = people.dropna(subset=["ccode"]).astype({"ccode": int})
    # Gleditsch and Ward's codes become COW's.
    people.loc[people["ccode"] == 340, "ccode"] = 345
    people.loc[(people["ccode"] == 260) & (people["year"] > 1990), "ccode"] = 255
    # The list has Viet Nam, one state since 1976, under the code of the southern one.
    people.loc[(people["ccode"] == 817) & (people["year"] > 1975), "ccode"] = 816
    people = people.drop_duplicates(["mmeid", "year", "ccode"]).sort_values("ccode")
    # Three numbers stand for two exercises each: only the year tells them apart.
    of_one = people.astype({"ccode": str}).groupby(["mmeid", "year"])["ccode"].agg(" ".join)
    table = raw.merge(of_one, how="left", left_on=["mmeid", "s_year"], right_index=True)
    now = states(sources)
    coded = {kind: flags(table, EXERCISES, kind) == "true" for kind in KINDS}
    return table.assign(
        exercise_id=pd.to_numeric(table["mmeid"].str.removeprefix("mme")),
        start_year=table["s_year"],
        members=table["ccode"],
        region=region_of(table, now[now["end"] == ""]),
        kind=["; ".join(kind for kind in KINDS if coded[kind][row]) for row in table.index],
    ).sort_values(["exercise_id", "start_year"])


JME = "exercises/jme_v3_exercises_1974_2010.csv"
OTHER_EXERCISES = Raw(JME, 1_790, "jme_id s_year participants")
# Codes of the list that `iso3_of_today` has not, or has for another state too: all exercises of
# Viet Nam in it are of after 1975. "NATO", Bermuda and two errors of typing stay out.
PARTICIPANT_CODES = {"DDR": 265, "ROM": 360, "VNM": 816}


def joint_exercises_1974(sources: Path) -> pd.DataFrame:
    """List the exercises of another collection, which begins six years earlier."""
    raw = read(sources, OTHER_EXERCISES)
    raw = numbers(raw[raw["s_year"] != ""], OTHER_EXERCISES, "jme_id", "s_year")
    codes = {iso3: ccode for ccode, iso3 in iso3_of_today(sources).items()} | PARTICIPANT_CODES

    def members(year: int, names: str) -> str:
        found = {codes.get(name.upper()) for name in names.split()} - {None}
        # Germany is one state, with another code, from 1990; "RUS" is the Soviet Union before.
        found = {(260 if year < 1991 else 255) if code in (255, 260) else code for code in found}
        return " ".join(map(str, sorted(found)))

    return raw.assign(
        exercise_id=raw["jme_id"],
        start_year=raw["s_year"],
        members=[members(*row) for row in zip(raw["s_year"], raw["participants"], strict=True)],
    ).sort_values("exercise_id")


# --- Peacekeeping -------------------------------------------------------------------------

MISSIONS = Raw(
    "un_peacekeeping/un_missions_1948_2024.csv",
    81,
    "mission_acronym mission_name start_date end_date",
)
# Rows that stand for two missions at once, each of which has a row of its own.
UMBRELLAS = ["UNEF", "UNAVEM", "UNOSOM"]
# Where each mission served: written for this course, with neutral names for disputed places.
HOSTS = {
    "UNTSO": "Israel and its neighbours",
    "UNMOGIP": "Kashmir (India and Pakistan)",
    "UNEF I": "Egypt",
    "UNOGIL": "Lebanon",
    "ONUC": "Democratic Republic of the Congo",
    "UNSF": "West New Guinea",
    "UNYOM": "Yemen",
    "UNFICYP": "Cyprus",
    "DOMREP": "Dominican Republic",
    "UNIPOM": "India and Pakistan",
    "UNEF II": "Egypt",
    "UNDOF": "Golan Heights",
    "UNIFIL": "Lebanon",
    "UNGOMAP": "Afghanistan and Pakistan",
    "UNIIMOG": "Iran and Iraq",
    "UNAVEM I": "Angola",
    "ONUCA": "Central America",
    "UNIKOM": "Iraq and Kuwait",
    "MINURSO": "Western Sahara",
    "UNGCI": "Iraq",
    "UNAVEM II": "Angola",
    "ONUSAL": "El Salvador",
    "UNAMIC": "Cambodia",
    "UNPROFOR": "Former Yugoslavia",
    "UNTAC": "Cambodia",
    "UNOSOM I": "Somalia",
    "ONUMOZ": "Mozambique",
    "UNSMA": "Afghanistan",
    "UNOSOM II": "Somalia",
    "UNOMUR": "Rwanda and Uganda",
    "UNOMIG": "Georgia",
    "UNOMIL": "Liberia",
    "UNMIH": "Haiti",
    "UNAMIR": "Rwanda",
    "UNASOG": "Chad and Libya",
    "UNMOT": "Tajikistan",
    "UNAVEM III": "Angola",
    "UNPREDEP": "North Macedonia",
    "UNCRO": "Croatia",
    "UNPF": "Former Yugoslavia",
    "UNMIBH": "Bosnia and Herzegovina",
    "IPTF": "Bosnia and Herzegovina",
    "UNTAES": "Croatia",
    "UNMOP": "Croatia",
    "UNSMIH": "Haiti",
    "MINUGUA": "Guatemala",
    "MONUA": "Angola",
    "UNPSG": "Croatia",
    "MIPONUH": "Haiti",
    "UNCPSG": "Croatia",
    "MINURCA": "Central African Republic",
    "UNOMSIL": "Sierra Leone",
    "UNMIK": "Kosovo",
    "UNTAET": "Timor-Leste",
    "UNAMSIL": "Sierra Leone",
    "MONUC": "Democratic Republic of the Congo",
    "MICAH": "Haiti",
    "UNMEE": "Eritrea and Ethiopia",
    "UNMISET": "Timor-Leste",
    "MINUCI": "Côte d’Ivoire",
    "UNMIL": "Liberia",
    "UNOCI": "Côte d’Ivoire",
    "ONUB": "Burundi",
    "MINUSTAH": "Haiti",
    "UNMIS": "Sudan",
    "UNMIT": "Timor-Leste",
    "UNAMID": "Darfur (Sudan)",
    "MINURCAT": "Central African Republic and Chad",
    "MONUSCO": "Democratic Republic of the Congo",
    "UNISFA": "Abyei",
    "UNMISS": "South Sudan",
    "UNSMIS": "Syria",
    "MINUSMA": "Mali",
    "MINUSCA": "Central African Republic",
    "MINUJUSTH": "Haiti",
}


def peacekeeping_missions(sources: Path) -> pd.DataFrame:
    """List the peacekeeping missions of the United Nations, their time and place."""
    raw = read(sources, MISSIONS)
    raw = raw[~raw["mission_acronym"].isin(UMBRELLAS) & (raw["start_date"] != "")]
    unknown = raw.loc[~raw["mission_acronym"].isin(HOSTS), "mission_acronym"]
    if len(unknown):
        raise Refused(
            f"{MISSIONS.file} names {unknown.iloc[0]!r}, a mission without a place. "
            "Add it to HOSTS in data/build.py."
        )
    # The list is of February 2024 and still has MINUSMA, which closed at the end of 2023.
    end = raw["end_date"].where(raw["mission_acronym"] != "MINUSMA", "2023-12-31")
    return raw.assign(
        mission=raw["mission_acronym"],
        name=raw["mission_name"],
        start=raw["start_date"],
        end=end,
        host=raw["mission_acronym"].map(HOSTS),
    ).sort_values(["start", "mission"])


BY_MONTH = Raw(
    "un_peacekeeping/un_contributions_country_month_1990_2014.csv",
    25_657,
    "iso3 date troops police experts total",
)
BY_MISSION = Raw(
    "un_peacekeeping/un_contributions_country_mission_year_2013_2020.csv",
    4_171,
    "year contributor est_mean_strength",
)
# The monthly file writes today's codes also for these earlier states: the last year of each.
EARLIER = [("RUS", 1991, "SUN"), ("SRB", 2002, "YUG"), ("SRB", 2005, "SCG"), ("CZE", 1992, "CSK")]


def peacekeeping_contributions(sources: Path) -> pd.DataFrame:
    """Take the mean over a year of each state's people in peacekeeping of the United Nations."""
    strengths = ["troops", "police", "experts", "total"]
    raw = numbers(read(sources, BY_MONTH), BY_MONTH, *strengths)
    raw["year"] = pd.to_numeric(raw["date"].str[:4])
    raw = raw[raw["year"].between(1991, 2013)]  # the years with all twelve months
    months = raw.groupby("year")["date"].nunique()
    if (months != 12).any():
        raise Refused(f"{BY_MONTH.file} should have twelve months in every year to 2013.")
    for code, last, earlier in EARLIER:
        raw.loc[(raw["iso3"] == code) & (raw["year"] <= last), "iso3"] = earlier
    first = raw.groupby(["iso3", "year"])[strengths].sum() / 12
    raw = numbers(read(sources, BY_MISSION), BY_MISSION, "year", "est_mean_strength")
    raw = raw[raw["year"] > 2013]
    raw["iso3"] = iso3_of_names(sources, raw["contributor"], BY_MISSION)
    then = raw.groupby(["iso3", "year"])["est_mean_strength"].sum().to_frame("total")
    table = pd.concat([first, then]).reset_index().sort_values(["iso3", "year"])
    return table.assign(
        observers=written(table["experts"], "{:.1f}"),
        **{column: written(table[column], "{:.1f}") for column in ("troops", "police", "total")},
    )


KILLINGS = Raw(
    "un_peacekeeping/hultman_kathman_shannon_2013_conflict_month.csv",
    3_746,
    "osvAll troopLag policeLag militaryobserversLag epduration",
)


def civilian_killings(sources: Path) -> pd.DataFrame:
    """List the months of civil conflicts in Africa, the civilians killed, the peacekeepers."""
    raw = numbers(read(sources, KILLINGS), KILLINGS, *KILLINGS.columns.split())
    # The file does not name the conflicts: a new one begins where the count of months goes back.
    begins = raw["epduration"] != raw["epduration"].shift() + 1
    people = {"troops": "troopLag", "police": "policeLag", "observers": "militaryobserversLag"}
    return raw.assign(
        conflict_id=begins.cumsum(),
        month=raw["epduration"],
        killed=raw["osvAll"],
        **{name: (raw[column] * 1000).round().astype(int) for name, column in people.items()},
    )


PEACE = Raw(
    "peace_spells/fortna_2008_peace_spells.csv",
    192,
    "id ccode cname cfdate _t0 _t _d pk_dum pk_dumC pkop1 victory treaty dead pcw drop",
)
PEACEKEEPING_KINDS = {
    "0": "none",
    "2": "observers",
    "3": "traditional",
    "4": "multidimensional",
    "5": "enforcement",
}


def peace_spells(sources: Path) -> pd.DataFrame:
    """List the stretches of peace after a ceasefire in which peacekeeping did not change."""
    raw = numbers(read(sources, PEACE), PEACE, "id", "ccode", "_t0", "_t", "dead", "drop")
    raw = raw.sort_values(["id", "_t0"])
    return raw.assign(
        spell_id=raw["id"],
        state=raw["ccode"],
        conflict=raw["cname"],
        start=raw["cfdate"].where(raw["cfdate"] != "").groupby(raw["id"]).transform("first"),
        entry=raw["_t0"],
        exit=raw["_t"],
        failed=flags(raw, PEACE, "_d"),
        peacekeeping_now=flags(raw, PEACE, "pk_dum"),
        peacekeeping_ever=raw["pk_dumC"].map({"": "", "0": "false", "1": "true"}),
        kind=words(raw, PEACE, "pkop1", PEACEKEEPING_KINDS),
        victory=flags(raw, PEACE, "victory"),
        treaty=flags(raw, PEACE, "treaty"),
        deaths=written(raw["dead"], "{:.0f}"),
        after_1989=flags(raw, PEACE, "pcw"),
        questionable=truth(raw["drop"] > 0),
    )


# --- Afghanistan, terrorism, piracy, cyber ------------------------------------------------

PLACEMATS = Raw("isaf/isaf_placemats_2007_2014.csv", 3_191, "year placemat_no country troops")


def isaf(sources: Path) -> pd.DataFrame:
    """List each nation's troops on each of NATO's placemats of its force in Afghanistan."""
    raw = numbers(read(sources, PLACEMATS), PLACEMATS, "year", "placemat_no")
    raw["iso3"] = iso3_of_names(sources, raw["country"], PLACEMATS)
    return raw.rename(columns={"placemat_no": "placemat"}).sort_values(["year", "placemat", "iso3"])


FATALITIES = Raw(
    "isaf/coalition_fatalities_afghanistan_2001_2018.csv", 522, "year country fatalities"
)


def isaf_fatalities(sources: Path) -> pd.DataFrame:
    """List the soldiers of each nation who died in Afghanistan in each year."""
    raw = numbers(read(sources, FATALITIES), FATALITIES, "year", "fatalities")
    nations = raw[raw["country"] != "NATO"]
    # Nineteen deaths are listed under NATO, whose nation was not released.
    iso3 = iso3_of_names(sources, nations["country"], FATALITIES).reindex(raw.index, fill_value="")
    return raw.assign(iso3=iso3, deaths=raw["fatalities"]).sort_values(["year", "iso3"])


TERRORISM = Raw("terrorism/gtd_country_year_1970_2020.csv", 10_200, "country year incidents killed")


def terrorism(sources: Path) -> pd.DataFrame:
    """Add up incidents and deaths by land and year; years without an incident have no row."""
    raw = numbers(read(sources, TERRORISM), TERRORISM, "year", "incidents", "killed")
    raw = raw[(raw["country"] != "International") & (raw["incidents"] > 0)]
    raw["iso3"] = iso3_of_names(sources, raw["country"], TERRORISM)
    table = raw.groupby(["iso3", "year"], as_index=False)[["incidents", "killed"]].sum()
    return table.rename(columns={"killed": "deaths"})


PIRACY = Raw(
    "piracy/imb_pirate_attacks_1993_2020.csv",
    7_511,
    "date longitude latitude attack_type shore_distance year horn_of_africa",
)
# South-east Asia and the Gulf of Guinea as boxes, in degrees: south, north, west, east.
SEAS = {"Southeast Asia": (-12, 22, 92, 130), "Gulf of Guinea": (-5, 10, -10, 15)}


def pirate_attacks(sources: Path) -> pd.DataFrame:
    """List the attacks of pirates and robbers on ships, with their day and place."""
    raw = numbers(read(sources, PIRACY), PIRACY, "latitude", "longitude", "shore_distance")
    region = pd.Series("elsewhere", raw.index)
    for sea, (south, north, west, east) in SEAS.items():
        inside = raw["latitude"].between(south, north) & raw["longitude"].between(west, east)
        region[inside] = sea
    region[flags(raw, PIRACY, "horn_of_africa") == "true"] = "Horn of Africa"
    raw = raw.assign(
        region=region,
        lat=written(raw["latitude"], "{:.2f}"),
        lng=written(raw["longitude"], "{:.2f}"),
        shore_distance=written(raw["shore_distance"], "{:.0f}"),
        attack=raw["attack_type"].str.lower(),
    ).sort_values("date", kind="stable")
    return raw.assign(attack_id=range(1, len(raw) + 1))


CYBER = Raw(
    "cyber/dcid_v2_0_incidents_2000_2020.csv",
    429,
    "cyberincidentnum dyadpair interactionstartdate method initiator severity concession",
)
METHODS = {1: "vandalism", 2: "denial of service", 3: "intrusion", 4: "infiltration"}


def cyber_incidents(sources: Path) -> pd.DataFrame:
    """List the cyber incidents between states that are rivals."""
    raw = numbers(read(sources, CYBER), CYBER, "cyberincidentnum", "dyadpair", "method")
    raw = numbers(raw, CYBER, "initiator")
    low, high = raw["dyadpair"] // 1000, raw["dyadpair"] % 1000
    # In four incidents a third state acted: which of the pair it meant is not told.
    target = low.where(raw["initiator"] == high, high).astype(str)
    target[(raw["initiator"] != low) & (raw["initiator"] != high)] = ""
    return raw.assign(
        incident_id=raw["cyberincidentnum"],
        target=target,
        start_year=raw["interactionstartdate"].str[:4],
        kind=(raw["method"] // 1).map(METHODS),
        concession=flags(raw, CYBER, "concession"),
    ).sort_values("incident_id")


# --- Signed ties --------------------------------------------------------------------------

EUROPE = Raw(
    "landscape/europe_1936_dyads.csv",
    136,
    "ccode1 ccode2 land_border_1936 capital_distance_km mids_1919_1936 territorial_mids_1919_1936 "
    "wars_opposed_1816_1935 wars_same_side_1900_1935 strategic_rivalry_1936 "
    "same_majority_religion_typed polyarchy_abs_difference",
)
EUROPE_FLAGS = {
    "land_border_1936": "border",
    "strategic_rivalry_1936": "rivalry",
    "same_majority_religion_typed": "same_religion",
}
EUROPE_NUMBERS = {
    "capital_distance_km": "distance",
    "mids_1919_1936": "disputes",
    "territorial_mids_1919_1936": "territorial_disputes",
    "wars_opposed_1816_1935": "wars_opposed",
    "wars_same_side_1900_1935": "wars_together",
    "polyarchy_abs_difference": "regime_difference",
}


def europe_1936(sources: Path) -> pd.DataFrame:
    """List the pairs of seventeen states of Europe in 1936 and what drew or drove them apart."""
    raw = numbers(read(sources, EUROPE), EUROPE, "ccode1", "ccode2")
    table = pairs(raw, "ccode1", "ccode2").rename(columns=EUROPE_NUMBERS)
    table = table.assign(**{name: flags(raw, EUROPE, old) for old, name in EUROPE_FLAGS.items()})
    # The raw file has the pledges of one of the two only; a tie has those of either.
    ties = alliance_ties(sources)
    ended = pd.to_numeric(ties["end"]) <= 1936
    ties = ties[(ties["start"] <= 1936) & ~ended].drop(columns=["start", "end", "directed"])
    table = table.merge(ties, how="left", on=["state_a", "state_b"])
    return table.fillna("false").sort_values(["state_a", "state_b"])


def great_power_ties(sources: Path) -> pd.DataFrame:
    """Take the table as it is: written by hand, its schema and a few facts are checked."""
    return pd.read_csv(HERE / "great_power_ties.csv", dtype=str, keep_default_na=False)


SIGNED = Raw(
    "signed_networks/cow_signed_networks_1946_1999.csv",
    41_295,
    "start_year end_year state1 state2 sign",
)


def signed_ties(sources: Path) -> pd.DataFrame:
    """List the positive and negative ties of states in each window of four years."""
    raw = read(sources, SIGNED)
    ordered = raw["state1"] < raw["state2"]
    return raw.assign(
        window=raw["start_year"] + "-" + raw["end_year"],
        state_a=raw["state1"].where(ordered, raw["state2"]),
        state_b=raw["state2"].where(ordered, raw["state1"]),
    ).sort_values(["window", "state_a", "state_b"])


# --- Military spending of all states ------------------------------------------------------

OWID_SHARES = Raw(
    "milex/owid_cow_milex_share_gdp_1815_2012.csv", 10_911, "entity year milex_pct_gdp"
)
# Names that Our World in Data writes otherwise than COW. Its series are made from COW's, so
# "Vietnam" is the North and then the whole, "Yemen" the united state, "Russia" also the USSR.
OWID_NAMES = {
    "Antigua and Barbuda": 58,
    "Cote d'Ivoire": 437,
    "Democratic Republic of Congo": 490,
    "Saint Kitts and Nevis": 60,
    "Saint Lucia": 56,
    "Saint Vincent and the Grenadines": 57,
    "Timor": 860,
    "United States": 2,
    "West Germany": 260,
}


def owid_shares(sources: Path) -> pd.DataFrame:
    """Military spending as a share of GDP, by COW code and year."""
    shares = numbers(read(sources, OWID_SHARES), OWID_SHARES, "year", "milex_pct_gdp")
    shares = shares[shares["year"] >= FIRST_YEAR]
    states = state_years(sources)
    ccodes = dict(zip(states["name"], states["ccode"], strict=True)) | OWID_NAMES
    unknown = shares.loc[~shares["entity"].isin(ccodes), "entity"]
    if len(unknown):
        raise Refused(
            f"{OWID_SHARES.file} names {unknown.iloc[0]!r}, which is no state we know. "
            "Add it to OWID_NAMES in data/build.py."
        )
    shares = shares.assign(ccode=shares["entity"].map(ccodes))
    return shares.rename(columns={"milex_pct_gdp": "share_gdp"})[["ccode", "year", "share_gdp"]]


FARISS = Raw("milex/cow_state_year_gdp_population_fariss.csv", 16_536, "ccode year pwtrgdp")
WORLD_BANK = Raw(
    "milex/worldbank_gdp_population.csv", 17_195, "iso3 year gdp_current_usd population"
)
# Up to this year the source's series stands for another land than the state had (both
# Germanies, one Pakistan of two, all Vietnam …), or for one it had no data on: left out.
OTHER_LAND = {
    "share_gdp": {"VDR": 1975},
    "gdp": {"DEU": 1989, "PAK": 1971, "VNM": 1975, "YEM": 1989},
    "gdp_ppp": {"PAK": 1971, "VDR": 1975, "VNM": 1975, "YMD": 1990},
    "population": {"DEU": 1989, "PAK": 1971, "VNM": 1975, "YEM": 1989},
}


def military_spending(sources: Path) -> pd.DataFrame:
    """Join each state-year's military spending, GDP and population, from open sources."""
    states = state_years(sources)[["ccode", "iso3", "year"]]
    shares = owid_shares(sources)
    fariss = numbers(read(sources, FARISS), FARISS, "ccode", "year", "pwtrgdp")
    fariss["gdp_ppp"] = fariss["pwtrgdp"] * 1e6
    bank = numbers(
        read(sources, WORLD_BANK), WORLD_BANK, "year", "gdp_current_usd", "population"
    ).rename(columns={"gdp_current_usd": "gdp"})

    # 1990 has two Germanies and two Yemens under one code; the sources give both the same.
    by_state = states.merge(shares, how="left").merge(fariss, how="left")
    by_state = by_state.groupby(["iso3", "year"], as_index=False)[["share_gdp", "gdp_ppp"]].last()
    table = by_state.merge(bank, how="left").sort_values(["iso3", "year"])
    for column, lands in OTHER_LAND.items():
        for iso3, last in lands.items():
            table.loc[(table["iso3"] == iso3) & (table["year"] <= last), column] = None
    table = table.dropna(subset=list(OTHER_LAND), how="all")
    return table.assign(
        share_gdp=written(table["share_gdp"], "{:.4g}"),
        gdp=written(table["gdp"], "{:.5g}"),
        gdp_ppp=written(table["gdp_ppp"], "{:.5g}"),
        population=written(table["population"], "{:.0f}"),
    )


# --- Material capabilities ----------------------------------------------------------------

CAPABILITIES = Raw(
    "cow_nmc/nmc_v7_0.csv", 17_121, "ccode year milex milper irst pec tpop upop cinc"
)


def capabilities(sources: Path) -> pd.DataFrame:
    """List the six indicators of each state-year's material capabilities, and their index."""
    return read(sources, CAPABILITIES).sort_values(["ccode", "year"], key=pd.to_numeric)


# --- The ledger of claims -----------------------------------------------------------------


def claims(sources: Path) -> pd.DataFrame:
    """Take the ledger as it is: written by hand, its numbers are checked in the chapters."""
    return pd.read_csv(HERE / "claims.csv", dtype=str, keep_default_na=False)


# --- All tables ---------------------------------------------------------------------------

TABLES = {
    "nato_members": nato_members,
    "nato_defence": nato_defence,
    "nato_1964": nato_1964,
    "military_spending": military_spending,
    "capabilities": capabilities,
    "states": states,
    "major_powers": major_powers,
    "contiguity": contiguity,
    "alliances": alliances,
    "alliance_members": alliance_members,
    "alliance_ties": alliance_ties,
    "disputes": disputes,
    "dispute_onsets": dispute_onsets,
    "rivalries": rivalries,
    "arms_races": arms_races,
    "wars": wars,
    "conflicts": conflicts,
    "regimes": regimes,
    "defence_agreements": defence_agreements,
    "joint_exercises": joint_exercises,
    "joint_exercises_1974": joint_exercises_1974,
    "ideal_points": ideal_points,
    "peacekeeping_missions": peacekeeping_missions,
    "peacekeeping_contributions": peacekeeping_contributions,
    "civilian_killings": civilian_killings,
    "peace_spells": peace_spells,
    "isaf": isaf,
    "isaf_fatalities": isaf_fatalities,
    "terrorism": terrorism,
    "pirate_attacks": pirate_attacks,
    "cyber_incidents": cyber_incidents,
    "europe_1936": europe_1936,
    "great_power_ties": great_power_ties,
    "signed_ties": signed_ties,
    "claims": claims,
}
BY_HAND = [
    "nato_1964",
    "great_power_ties",
    "claims",
]  # checked against the raw files, never written


def build(sources: Path, names: list[str]) -> None:
    """Make the tables in a temporary folder, check them, and only then move them into place."""
    if not sources.is_dir():
        raise Refused(
            f"There is no folder {sources}: the README tells where to get the original data."
        )
    package = json.loads((HERE / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    with tempfile.TemporaryDirectory(prefix=".build-", dir=HERE) as folder:
        workshop, report = Path(folder), []
        # The tables that are not made now stand beside the others: keys may point to them.
        for file in ["datapackage.json", *(f"{name}.csv" for name in TABLES if name not in names)]:
            if (HERE / file).is_file():
                shutil.copy(HERE / file, workshop)
        for name in tqdm(names, unit="table", leave=False, disable=None):
            columns = [field["name"] for field in schemas[name]["fields"]]
            table = TABLES[name](sources)[columns]
            path = workshop / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                table.to_csv(file, index=False, lineterminator="\n")
            line = f"{name:28}{len(table):>8,} rows {path.stat().st_size:>10,} bytes"
            report.append(line + "  (by hand: checked)" * (name in BY_HAND))
        for name in names:
            try:
                data._check(workshop, name)
            except ValueError as error:
                raise Refused(f"{error}.".replace(folder + os.sep, "")) from None
        for name in names:
            if name not in BY_HAND:
                os.replace(workshop / f"{name}.csv", HERE / f"{name}.csv")
    print("\n".join(report))


CATALOGUE = """# The data

<!-- Made by data/build.py from data/datapackage.json: change the descriptions there, then run
     `python data/build.py --catalogue`. -->

The course rests on {count} tables. Each is small enough to look at whole, says where it comes
from, and tells what it cannot show. Read “How it could mislead” before you believe a chart, ours
included.

**Use one.** `from entente import data`, then `data.load("states")` gives a table,
`data.about("states")` its card, and `data.names()` the list.

**Look up.** `data.country(365)` names a state, `data.iso3(365, 1985)` and
`data.ccode("SUN", 1985)` go from one code to the other in a year, `data.members("NATO", 2024)`
lists an alliance’s members, and `data.in_force("alliance_ties", 1914)` gives what held in a year.

**Cite one.** Cite the producers, not this course: `data.cite("states")` gives the BibTeX.

**Rebuild them.** `make data SOURCES=folder` makes all tables from the producers’ files, byte for
byte, and checks each against its description. Each table below tells which public copy was used.

| Table | What it is | Rows |
| --- | --- | ---: |
{index}
{sections}"""


def catalogue() -> str:
    """The book's page on the data, made from the descriptions of all tables."""
    package = json.loads((HERE / "datapackage.json").read_text(encoding="utf-8"))
    index, sections = [], []
    for resource in package["resources"]:
        name = resource["name"]
        label = f"data-{name}".replace("_", "-")
        rows = f"{len(pd.read_csv(HERE / resource['path'], dtype=str)):,}"
        if name == "claims":  # it grows with the chapters
            rows = "–"
        index.append(f"| [`{name}`](#{label}) | {safe(resource['title'])} | {rows} |")
        columns = [
            "| Column | Meaning | Unit | Type |",
            "| --- | --- | --- | --- |",
            *(
                f"| `{field.name}` | {safe(field.meaning)} | {safe(field.unit) or '–'} "
                f"| {field.type} |"
                for field in map(data.Field.of, resource["schema"]["fields"])
            ),
        ]
        parts = [
            f"({label})=",
            f"## {name}: {safe(resource['title'])}",
            safe(f"{resource['description']} {resource['coverage']}"),
            f"**How it could mislead.** {safe(resource['how_it_could_mislead'])}",
            f"**Known gaps.** {safe(resource['known_gaps'])}",
            "\n".join(["```{dropdown} Columns and units", *columns, "```"]),
            "```{dropdown} Source and terms",
            f"**Source.** {safe(resource['citation'])}",
            f"**Terms.** {safe(resource['terms'])}",
            f"**Retrieval.** {safe(resource['retrieval'])}\n```",
        ]
        sections.append("\n" + parts[0] + "\n" + "\n\n".join(parts[1:]) + "\n")
    return CATALOGUE.format(count=len(index), index="\n".join(index), sections="".join(sections))


def safe(text: str) -> str:
    """Text of a description as Markdown, in which nothing of it has a meaning."""
    for sign in "\\$*|<[]`":
        text = text.replace(sign, "\\" + sign)
    return text


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Make the course's tables from raw files.")
    parser.add_argument("sources", type=Path, nargs="?", help="the folder with the raw files")
    parser.add_argument("tables", nargs="*", metavar="table", help="all of them unless named")
    parser.add_argument(
        "--catalogue", action="store_true", help="only write the book's page on the data, data.md"
    )
    given = parser.parse_args(arguments)
    if given.sources is None and not given.catalogue:
        parser.error("name the folder with the raw files")
    unknown = [name for name in given.tables if name not in TABLES]
    if unknown:
        parser.error(f"there is no table {unknown[0]}; there are {', '.join(TABLES)}")
    try:
        if not given.catalogue:
            build(given.sources, given.tables or list(TABLES))
    except Refused as refusal:
        sys.exit(f"Nothing was changed. {refusal}")
    page = HERE.parent / "data.md"
    aside = page.with_name(".data.md.new")
    aside.write_text(catalogue(), encoding="utf-8")
    os.replace(aside, page)


if __name__ == "__main__":
    main()
