"""The tables say what their sources say, and a damaged one is refused in plain words."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import FrozenInstanceError
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import spearmanr

from entente import data

FOLDER = Path(__file__).parents[1] / "data"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
INDICATORS = ["milex", "milper", "irst", "pec", "tpop", "upop"]


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A folder with copies of all tables, from which `entente.data` reads."""
    folder = tmp_path / "tables"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(data, "_folder", lambda: folder)
    return folder


# --- Loading ------------------------------------------------------------------------------


def dtypes(field):
    constraints = field.get("constraints", {})
    required = constraints.get("required", False)
    return {
        "string": "category" if "enum" in constraints else "str",
        "year": "int64" if required else "Int64",
        "integer": "int64" if required else "Int64",
        "number": "float64",
        "boolean": "bool",
        "date": "datetime64",
    }[field["type"]]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_loads_with_the_types_of_its_description(name):
    table = data.load(name)
    for field in RESOURCES[name]["schema"]["fields"]:
        assert str(table[field["name"]].dtype).startswith(dtypes(field)), field["name"]
    assert list(table) == [field["name"] for field in RESOURCES[name]["schema"]["fields"]]
    assert isinstance(table.index, pd.RangeIndex)


def test_names_are_those_of_the_package():
    assert data.names() == sorted(RESOURCES)


def test_a_caller_cannot_spoil_the_table_of_the_next_one():
    allies = data.load("nato_members")
    allies.loc[0, "name"] = "Atlantis"
    first = data.load("nato_defence")
    first["share_gdp"] *= 2
    assert data.load("nato_members")["name"].iloc[0] == "Belgium"
    assert data.load("nato_defence")["share_gdp"].max() == 5.33


def test_a_fixed_list_of_words_becomes_a_category_and_gaps_stay_gaps(copy):
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    fields = [
        {"name": "kind", "type": "string", "constraints": {"enum": ["land", "sea"]}},
        {"name": "open", "type": "boolean"},
        {"name": "day", "type": "date"},
        {"name": "note", "type": "string"},
    ]
    package["resources"] = [{"name": "odd", "path": "odd.csv", "schema": {"fields": fields}}]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (copy / "odd.csv").write_text("kind,open,day,note\nsea,true,1949-04-04,NA\n,,,\n")
    table = data.load("odd")
    assert table["kind"].cat.categories.tolist() == ["land", "sea"]
    assert table.isna().to_numpy().tolist() == [[False] * 4, [True] * 4]
    assert table.loc[0].tolist() == ["sea", True, pd.Timestamp("1949-04-04"), "NA"]


def test_importing_it_loads_nothing_else_of_ours():
    script = (
        "import sys, entente.data; print([name for name in sys.modules if name.split('.')[0] in "
        "('altair', 'scipy', 'statsmodels', 'networkx') or name.startswith('entente.models')])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_wheel_keeps_its_tables_beside_the_module(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "__file__", str(tmp_path / "entente" / "data.py"))
    (tmp_path / "entente" / "tables").mkdir(parents=True)
    assert data._folder() == tmp_path / "entente" / "tables"


# --- Wrong names and damaged tables -------------------------------------------------------


@pytest.mark.parametrize("function", [data.load, data.about, data.cite])
def test_a_wrong_name_names_the_nearest(function):
    with pytest.raises(ValueError, match=r"'nato_defense'.*'nato_defence'.*data\.names\(\)"):
        function("nato_defense")
    with pytest.raises(ValueError, match=r"there is no table 'xyz'; entente\.data\.names\(\)"):
        function("xyz")
    with pytest.raises(TypeError, match="must be a string, got 1949"):
        function(1949)
    with pytest.raises(TypeError, match="must be a string, got \\['nato_1964'\\]"):
        function(["nato_1964"])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("iso3,name", "iso,name", "have the columns iso3, name, .* but has iso, name"),
        ("BEL,Belgium,211", "BEL,Belgium,many", "integer values in ccode.*line 2.*'many'"),
        ("CAN,Canada,20", "CAN,Canada,2.5", "integer values in ccode.*line 3.*'2.5'"),
        ("CAN,Canada", "CAN,", "string values in name.*line 3 has ''"),
        ("20,1949-08-24,false", "20,1949-08-24,no", "boolean values in land_.*line 3.*'no'"),
        ("211,1949-08-24", "211,24.8.1949", "date values in joined.*line 2.*'24.8.1949'"),
        ("211,1949-08-24", "211,1949-13-24", "date values in joined"),
        ("2024-03-07,false\n", "2024-03-07", "boolean values in land_.*line 33 has ''"),
        ("BEL,Belgium,211", "BEL,Belgium,211,7,7", "5 cells in every row, but has more"),
        ("CAN,Canada,20", "CAN,Canada,20,7,7", "CSV file in UTF-8"),
    ],
)
def test_a_damaged_table_is_refused_with_its_name_and_what_was_expected(copy, old, new, complaint):
    path = copy / "nato_members.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint) as caught:
        data.load("nato_members")
    assert "'nato_members'" in str(caught.value)
    assert "nato_members.csv" in str(caught.value)


@pytest.mark.parametrize("value", ["inf", "nan", "1_000", "2,24", "two"])
def test_a_number_is_written_as_one(copy, value):
    path = copy / "nato_1964.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("13.43", f'"{value}"'))
    with pytest.raises(ValueError, match=f"number values in gnp_reported.*'{value}'"):
        data.load("nato_1964")


def test_a_missing_or_unreadable_file_is_named(copy):
    (copy / "nato_1964.csv").unlink()
    with pytest.raises(ValueError, match=r"nato_1964\.csv should exist, but is missing"):
        data.load("nato_1964")
    (copy / "nato_members.csv").write_bytes(b"iso3,name\nTUR,T\xfcrkiye\n")
    with pytest.raises(ValueError, match=r"nato_members\.csv should be a CSV file in UTF-8"):
        data.load("nato_members")


@pytest.mark.parametrize("text", [None, "{", "[]", '{"resources": [{}]}'])
def test_a_missing_or_damaged_description_says_what_to_do(copy, text):
    path = copy / "datapackage.json"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(ValueError, match=r"datapackage\.json, is missing or damaged.*again"):
        data.names()


# --- Cards and citations ------------------------------------------------------------------


class Tags(HTMLParser):
    """Collects a page's tags, classes and text; the tags must be closed in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.seen, self.attributes, self.text = [], [], [], ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        """Note what opens."""
        self.open.append(tag)
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        """Note what closes."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note what is said."""
        self.text += data


@pytest.mark.parametrize("name", RESOURCES)
def test_a_card_shows_all_that_is_known(name):
    resource, card = RESOURCES[name], data.about(name)
    page = Tags(card._repr_html_())
    told = ["title", "description", "coverage", "known_gaps", "how_it_could_mislead"]
    for key in [*told, "citation", "terms", "retrieval"]:
        assert resource[key] in page.text
        assert resource[key].split()[-1] in repr(card)
    for field in resource["schema"]["fields"]:
        assert field["name"] in page.text
        assert field.get("unit", "") in page.text
        assert field["name"] in repr(card)
    assert not {"h1", "h2", "h3", "script", "style", "a", "img"} & set(page.seen)
    assert {"details", "summary", "th"} <= set(page.seen)
    assert ("class", "data-card") in page.attributes
    assert ("class", "data-card-title") in page.attributes
    assert {key for key, _ in page.attributes} == {"class", "scope"}
    assert " at 0x" not in repr(card)
    assert max(map(len, repr(card).splitlines())) <= 100


def test_a_card_escapes_what_it_shows_and_cannot_be_changed(copy):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["title"] = "<script>alert('A & B')</script>"
    path.write_text(json.dumps(package), encoding="utf-8")
    card = data.about("nato_members")
    assert "&lt;script&gt;alert(&#x27;A &amp; B&#x27;)&lt;/script&gt;" in card._repr_html_()
    with pytest.raises(FrozenInstanceError):
        card.title = "another"


def test_every_entry_parses_and_a_key_has_one_meaning():
    entries = {}
    for name in data.names():
        text = data.cite(name)
        found = re.findall(r"^@(\w+)\{(\w+),\n((?:  .*\n)+)\}$", text, flags=re.MULTILINE)
        assert len(found) == text.count("@") == len(RESOURCES[name]["bibtex"])
        keys = [key for _, key, _ in found]
        assert len(set(keys)) == len(keys)
        for kind, key, body in found:
            assert kind in {"article", "book", "incollection", "misc"}
            assert body.count("{") == body.count("}")
            fields = re.findall(r"^  (\w+) = (?:\{.+\}|\w+),?$", body, flags=re.MULTILINE)
            assert len(fields) == len(body.splitlines())
            wanted = {
                "article": {"author", "title", "journal", "year"},
                "book": {"author", "title", "publisher", "year"},
                "misc": {"title"},
            }
            assert wanted.get(kind, {"author", "title", "booktitle", "year"}) <= set(fields)
            assert entries.setdefault(key, (kind, body)) == (kind, body)
    assert {"nato2026", "olson1966economic", "singer1972capability", "fariss2022new"} <= set(
        entries
    )


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_tells_its_source_its_gaps_and_its_traps(name):
    resource = RESOURCES[name]
    told = {
        "title": 20,
        "description": 10,
        "citation": 60,
        "terms": 40,
        "retrieval": 30,
        "coverage": 40,
        "known_gaps": 100,
        "how_it_could_mislead": 200,
    }
    for key, least in told.items():
        assert len(resource[key]) >= least, key
        assert resource[key] == resource[key].strip()
        assert not re.search(r"TODO|TBD|\?\?|lorem|/tmp|/home", resource[key])
        if key != "title":
            assert resource[key].endswith((".", ".”"))
    assert resource["sources"]
    for source in resource["sources"]:
        assert source["title"]
        assert source.get("path", "https://").startswith("https://")
    assert resource["path"] == f"{name}.csv"
    assert resource["schema"]["primaryKey"]
    for field in resource["schema"]["fields"]:
        assert field["title"], field["name"]
        assert field["type"] != "number" or field["unit"], field["name"]


def test_the_tables_are_valid_after_the_standard():
    from frictionless import Package

    report = Package(FOLDER / "datapackage.json").validate()
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])[:5]


# --- Look-ups -----------------------------------------------------------------------------


def test_every_state_has_a_name_and_every_code_of_a_table_a_country():
    states = data.load("states")
    assert all(data.country(code) for code in states["ccode"])
    for name in data.names():
        table = data.load(name)
        if "iso3" in table:
            assert all(data.country(code) for code in table["iso3"].dropna().unique()), name


def test_names_are_those_of_today_and_of_the_year():
    names = {"DEU": "Germany", "YEM": "Yemen", "VNM": "Vietnam", "CZE": "Czechia", "SUN": None}
    assert {code: data.country(code) for code in names} == names | {"SUN": "Soviet Union"}
    assert data.country("PSE") == "Palestinian territories"
    assert [data.country(345, year) for year in (1914, 1980, 2004, 2020)] == [
        "Serbia",
        "Yugoslavia",
        "Serbia and Montenegro",
        "Serbia",
    ]
    assert [data.country(code) for code in (255, 260, 265, 816, 817, 345, 365)] == [
        *("Germany", "West Germany", "East Germany"),
        *("Vietnam", "South Vietnam", "Serbia", "Russia"),
    ]
    assert data.country(816, 1960) == "North Vietnam"


def test_codes_go_there_and_back():
    for year in (1816, 1914, 1950, 1990, 2016, 2024):
        states = {code for code in data.in_force("states", year)["ccode"] if data.iso3(code, year)}
        back = {data.ccode(data.iso3(code, year), year) for code in states}
        shared = {260, 678} if year == 1990 else set()
        assert back == states - shared, year
    assert data.iso3(255, 1960) is None
    assert data.iso3(365, 1921) == "RUS"
    assert data.ccode("RUS", 1985) == data.ccode("SUN", 1985) == 365
    assert data.ccode("YEM", 1980) == 678
    assert data.ccode("YEM", 1990) == 679
    assert data.ccode("XYZ", 1990) is None


def test_the_codes_of_state_years_are_those_of_the_look_ups():
    """Made by `build.py` in one way and by the look-ups in another."""
    spending = data.load("military_spending")
    pairs = zip(spending["iso3"], spending["year"], strict=True)
    for iso3, year in pairs:
        code = data.ccode(iso3, year)
        assert data.iso3(code, year) == iso3, (iso3, year)
    allies = data.load("nato_members")
    assert [data.ccode(iso3, 2024) for iso3 in allies["iso3"]] == allies["ccode"].tolist()


def test_members_of_an_alliance_in_a_year():
    """The treaties; the accessions to NATO as `nato_members` has them."""
    assert data.members("Warsaw Pact", 1960) == [265, 290, 310, 315, 339, 355, 360, 365]
    assert data.members(3285, 1960) == data.members("Warsaw Pact", 1960)
    assert data.members("Warsaw Pact", 1992) == []
    counts = {1949: 12, 1952: 14, 1955: 15, 1982: 16, 1999: 19, 2004: 26, 2020: 30, 2024: 32}
    assert {year: len(data.members("NATO", year)) for year in counts} == counts
    assert 260 in data.members("NATO", 1960)
    assert 255 in data.members("NATO", 1991)
    assert data.members(3180, 1948) == []
    with pytest.raises(ValueError, match="no alliance 'Nato'; there are Arab League, "):
        data.members("Nato", 1960)
    with pytest.raises(ValueError, match="no alliance 1 in the table"):
        data.members(1, 1960)


def test_what_is_in_force_in_a_year():
    assert len(data.in_force("states", 2020)) == 195
    assert len(data.in_force("alliance_ties", 1914)) == 34
    assert data.in_force("alliance_ties", 1940).eval("start.max()") <= 1940
    ties = data.in_force("great_power_ties", 1904)
    assert ties.query("state_a == 'GBR' and state_b == 'FRA'")["sign"].tolist() == [1]
    rivals = data.in_force("rivalries", 1989).query("state_a == 2 and state_b == 365")
    assert len(rivals) == 1
    assert data.in_force("rivalries", 1990).query("state_a == 2 and state_b == 365").empty


def test_a_spell_stands_in_each_year_in_which_it_holds():
    ties = data.each_year("great_power_ties", 1900, 1908)
    signs = ties.query("state_a == 'GBR' and state_b == 'FRA'").set_index("year")["sign"]
    assert signs.to_dict() == dict.fromkeys(range(1900, 1904), -1) | dict.fromkeys(
        range(1904, 1909), 1
    )
    rivals = data.each_year("rivalries", 1985, 1995).query("state_a == 2 and state_b == 365")
    assert rivals["year"].tolist() == list(range(1985, 1990))
    assert (
        data.each_year("states", 2020, 2020)
        .drop(columns="year")
        .equals(data.in_force("states", 2020))
    )


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: data.each_year("wars", 1950, 1951), ValueError, "'wars' has no spells"),
        (
            lambda: data.each_year("states", 1951, 1950),
            ValueError,
            "not be before first, 1951, got 1950",
        ),
        (lambda: data.each_year("states", 1950, 1950.5), TypeError, "whole number, got 1950.5"),
        (lambda: data.in_force("wars", 1950), ValueError, "'wars' has no spells"),
        (lambda: data.in_force("states", "1950"), TypeError, "whole number, got '1950'"),
        (lambda: data.in_force("state", 1950), ValueError, "did you mean 'states'"),
        (lambda: data.iso3(2, 1950.5), TypeError, "whole number, got 1950.5"),
        (lambda: data.ccode("USA", None), TypeError, "whole number, got None"),
        (lambda: data.members("NATO", True), TypeError, "whole number, got True"),
        (lambda: data.country(1), ValueError, "no state has the code 1"),
        (lambda: data.country("usa"), ValueError, "no state has the code 'usa'"),
    ],
)
def test_a_look_up_names_what_it_cannot_take(call, error, message):
    with pytest.raises(error, match=message):
        call()


# --- Facts: NATO --------------------------------------------------------------------------


def test_nato_had_12_founders_and_has_32_allies():
    """The North Atlantic Treaty, 1949; Finland and Sweden joined last, with their dates."""
    joined = data.load("nato_members").set_index("iso3")["joined"]
    assert len(joined) == 32
    assert (joined.dt.year == 1949).sum() == 12
    assert joined["FIN"] == pd.Timestamp("2023-04-04")
    assert joined["SWE"] == pd.Timestamp("2024-03-07")
    assert joined.is_monotonic_increasing


def test_six_allies_border_on_russia():
    """Norway, Poland (at Kaliningrad), the three Baltic states, Finland."""
    allies = data.load("nato_members").set_index("iso3")["land_border_with_russia"]
    assert sorted(allies.index[allies]) == ["EST", "FIN", "LTU", "LVA", "NOR", "POL"]


def test_three_allies_reached_two_per_cent_in_2014_and_seventeen_in_2024():
    """NATO, Defence investment update, 7 July 2026."""
    defence = data.load("nato_defence")
    reached = defence[defence["share_gdp"] >= 2].groupby("year")["iso3"].agg(set)
    assert reached[2014] == {"USA", "GRC", "GBR"}
    assert len(reached[2024]) == 17
    assert len(reached[2025]) == 28
    usa = defence[(defence["iso3"] == "USA") & (defence["year"] == 2014)]
    assert usa["share_gdp"].item() == 3.71


def test_poland_spent_more_than_forty_per_cent_on_equipment_in_2024():
    """NATO, Defence investment update, 7 July 2026."""
    defence = data.load("nato_defence").set_index(["iso3", "year"])
    assert defence.loc[("POL", 2024), "equipment_share"] == 42.90
    assert defence.loc[("POL", 2024), "share_gdp"] == 3.75


def test_nato_defence_has_31_allies_a_year_but_fewer_were_members():
    defence = data.load("nato_defence").merge(data.load("nato_members"), on="iso3")
    assert (defence.groupby("year").size() == 31).all()
    assert "ISL" not in set(defence["iso3"])
    members = defence[defence["joined"].dt.year <= defence["year"]].groupby("year").size()
    assert members[[2014, 2017, 2020, 2023, 2024]].tolist() == [27, 28, 29, 30, 31]
    assert set(defence.loc[defence["estimated"], "year"]) == {2025, 2026}
    gaps = defence[defence["personnel_share"].isna()]
    assert gaps[["iso3", "year"]].to_numpy().tolist() == [["NLD", 2026], ["PRT", 2026]]


# --- Facts: states, neighbours, major powers ----------------------------------------------


def running(table, day):
    """The spells of a table that hold on a day."""
    day = pd.Timestamp(day)
    return table[(table["start"] <= day) & ~(table["end"] < day)]


def test_the_state_system_had_23_members_in_1816_and_195_in_2016():
    """Correlates of War Project, State System Membership List v2016."""
    states = data.load("states")
    assert len(running(states, "1816-01-01")) == 23
    assert len(running(states, "2016-12-31")) == states["end"].isna().sum() == 195
    assert states["ccode"].nunique() == 217
    assert states.loc[states["start"].idxmax(), "name"] == "South Sudan"
    france = states[states["ccode"] == 220]
    assert france["end"].dt.year.tolist()[0] == 1942
    assert france["start"].dt.year.tolist()[1] == 1944


def test_capitals_are_where_they_are():
    """The four corrected by hand and a few that everybody knows, in degrees."""
    seats = running(data.load("states"), "2016-12-31").set_index("iso3")[["capital", "lat", "lng"]]
    assert seats.loc["BRA"].tolist() == ["Brasilia", -15.79, -47.88]
    assert seats.loc["GBR"].tolist() == ["London", 51.51, -0.13]
    for iso3, lat, lng in [("TUN", 36.8, 10.2), ("SAU", 24.7, 46.7), ("DJI", 11.6, 43.1)]:
        assert seats.loc[iso3, ["lat", "lng"]].tolist() == pytest.approx([lat, lng], abs=0.15)
    bonn = data.load("states").set_index("ccode").loc[260]
    assert bonn["capital"] == "Bonn"


def test_there_were_five_major_powers_in_1816_and_eight_in_1914():
    """Correlates of War Project, list of major powers v2016."""
    majors = data.load("major_powers")
    assert set(running(majors, "1816-06-01")["ccode"]) == {200, 220, 255, 300, 365}
    assert set(running(majors, "1914-08-01")["ccode"]) == {2, 200, 220, 255, 300, 325, 365, 740}
    assert set(running(majors, "1980-01-01")["ccode"]) == {2, 200, 220, 365, 710}
    assert len(majors) == 14


def test_neighbours_by_land_and_by_water():
    """Correlates of War Project, Direct Contiguity v3.2."""
    spells = data.load("contiguity")
    assert (spells["state_a"] < spells["state_b"]).all()
    now = running(spells, "2016-12-01").set_index(["state_a", "state_b"])["type"]
    assert (now == 1).sum() == 316
    assert now[2, 20] == 1
    assert now[200, 220] == 3
    assert now[2, 365] == 2
    assert (255, 365) in now.index
    assert now[255, 365] == 5
    assert running(spells, "1958-06-01").query("state_a == 2 and state_b == 365").empty
    assert spells["type"].value_counts().sort_index().tolist() == [474, 25, 25, 128, 195]
    later = spells.groupby(["state_a", "state_b"])
    assert not (later["end"].shift() > spells["start"]).any()


def test_nato_allies_have_the_codes_of_the_states():
    allies = data.load("nato_members").merge(data.load("states").query("end.isna()"), on="ccode")
    assert len(allies) == 32
    assert (allies["iso3_x"] == allies["iso3_y"]).all()


# --- Facts: alliances ---------------------------------------------------------------------


def in_force(year):
    """The ties of a year."""
    ties = data.load("alliance_ties")
    return ties[(ties["start"] <= year) & (ties["end"].isna() | (ties["end"] > year))]


def test_defence_ties_of_1914_1950_and_2018():
    """ATOP v5.1. In 1914 three of fifteen were owed by one of the two only.

    Counted by what the smaller code owes, as is often done by slip, there are fourteen.
    """
    assert [in_force(year)["defense"].sum() for year in (1914, 1950, 2018)] == [15, 312, 1707]
    directed = in_force(1914).query("defense and directed")[["state_a", "state_b"]]
    assert {(200, 235), (255, 640), (360, 365)} <= set(directed.itertuples(index=False, name=None))


def tie(state_a, state_b, year):
    """The pledges of a pair in a year."""
    pair = in_force(year).query("state_a == @state_a and state_b == @state_b").iloc[0]
    pledges = ["defense", "offense", "neutrality", "nonaggression", "consultation"]
    return {pledge for pledge in pledges if pair[pledge]}


def test_what_was_pledged():
    """The treaties: 23 August 1939 (Germany, USSR), 1949 (NATO), 1950 (USSR, China)."""
    assert tie(255, 365, 1940) == {"neutrality", "nonaggression"}
    assert tie(2, 200, 1950) == {"defense", "nonaggression", "consultation"}
    assert "defense" in tie(365, 710, 1955)
    assert "defense" in tie(200, 235, 1900)
    assert "defense" not in tie(2, 375, 2018)


def test_spans_of_a_pair_do_not_overlap():
    ties = data.load("alliance_ties")
    assert (ties["state_a"] < ties["state_b"]).all()
    before = ties.groupby(["state_a", "state_b"])["end"].shift().dropna()
    assert (before <= ties["start"][before.index]).all()
    assert (ties["end"] > ties["start"]).dropna().all()
    assert ties["end"].isna().sum() == 4228
    assert ties.loc[:, "defense":"consultation"].any(axis=1).all()


def test_all_founders_of_nato_were_tied_to_each_other_from_1949():
    allies = data.load("nato_members").query("joined.dt.year == 1949")
    ties = in_force(1949)
    among = ties["state_a"].isin(allies["ccode"]) & ties["state_b"].isin(allies["ccode"])
    assert (among & ties["defense"]).sum() == 12 * 11 / 2


# --- Facts: disputes ----------------------------------------------------------------------


def test_6248_onsets_are_2695_initiations():
    """Gibler, Miller and Little v2.2.1, 1816–2010; as the card says."""
    onsets = data.load("dispute_onsets")
    assert len(onsets) == 6248
    assert onsets["initiated"].sum() == 2695
    assert (onsets["year"].min(), onsets["year"].max()) == (1816, 2010)
    assert onsets["disputes"].sum() == 6674
    assert (onsets["disputes"] > 1).sum() == 370
    assert (onsets["dispute_id"] == 258).sum() == 310
    sides = onsets.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
    both = onsets.merge(sides, on=["ccode1", "ccode2", "year"], suffixes=("", "_other"))
    assert len(both) == len(onsets)
    assert (both["dispute_id"] == both["dispute_id_other"]).all()
    assert (both["initiated"] & both["initiated_other"]).sum() == 140


def test_argentina_initiated_the_dispute_of_1982_over_the_islands():
    """Gibler, Miller and Little: dispute 3630, Falkland Islands or Malvinas; Cuba is 61."""
    onsets = data.load("dispute_onsets").set_index(["ccode1", "ccode2", "year"])
    argentina, britain = onsets.loc[(160, 200, 1982)], onsets.loc[(200, 160, 1982)]
    assert argentina["dispute_id"] == britain["dispute_id"] == 3630
    assert argentina["initiated"]
    assert not britain["initiated"]
    assert argentina["hostility"] == 4
    assert 61 in set(onsets.xs(1962, level="year")["dispute_id"])


def test_side_a_of_the_second_world_war_and_the_crisis_over_cuba():
    """Gibler, Miller and Little: disputes 258 (Poland first on side A) and 61."""
    disputes = data.load("disputes").set_index("dispute_id")
    assert len(disputes) == 2174
    assert disputes["hostility"].value_counts().sort_index().tolist() == [63, 542, 1474, 95]
    assert disputes.loc[258, "states_a"].split()[0] == "290"
    assert {"2", "200", "365", "710"} <= set(disputes.loc[258, "states_a"].split())
    assert set(disputes.loc[258, "states_b"].split()) >= {"255", "740", "325", "360", "355"}
    assert disputes.loc[61, ["states_a", "states_b"]].tolist() == ["2", "40 365"]
    assert disputes.loc[61, ["start_year", "hostility", "fatality"]].tolist() == [1962, 4, 0]
    assert disputes.loc[3630, ["hostility", "fatality"]].tolist() == [4, 5]
    assert (disputes["fatality"] == 0).sum() == 1587
    assert disputes["fatality"].isna().sum() == 45
    assert (disputes["end_year"] >= disputes["start_year"]).all()


def test_the_disputes_of_the_onsets_are_those_of_the_disputes():
    both = data.load("dispute_onsets").merge(data.load("disputes"), on="dispute_id")
    assert len(both) == 6248
    assert (both["hostility_x"] == both["hostility_y"]).all()
    assert both["year"].between(both["start_year"], both["end_year"]).all()
    began = both[both["initiated"] & (both["disputes"] == 1)]
    sides = began["states_a"].str.split(), began["ccode1"].astype(str)
    assert all(state in side for side, state in zip(*sides, strict=True))


# --- Facts: treaties and their members ----------------------------------------------------


def members(alliance, day):
    """The codes of the members of an alliance on a day."""
    spells = data.load("alliance_members").query("alliance_id == @alliance")
    return set(running(spells, day)["ccode"])


def test_nato_is_one_treaty_from_1949():
    """ATOP v5.1: number 3180, signed on 4 April 1949, 29 members in 2018."""
    nato = data.load("alliances").set_index("alliance_id").loc[3180]
    assert nato["name"] == "NATO"
    assert nato["start"] == pd.Timestamp("1949-04-04")
    assert pd.isna(nato["end"])
    assert nato["defense"]
    assert nato["organisation"]
    assert not nato["integrated_command"]
    assert (data.load("alliances")["name"] == "NATO").sum() == 1
    assert len(members(3180, "1949-12-31")) == 12
    allies = data.load("nato_members").query("joined.dt.year < 2019")
    assert members(3180, "2018-12-31") == set(allies["ccode"])


def test_members_of_the_warsaw_pact_and_seato():
    """The treaties of 14 May 1955 and 8 September 1954: eight states each at first."""
    assert members(3285, "1960-01-01") == {265, 290, 310, 315, 339, 355, 360, 365}
    assert 339 not in members(3285, "1985-01-01")
    assert members(3285, "1992-01-01") == set()
    assert members(3260, "1957-01-01") == {2, 200, 220, 770, 800, 840, 900, 920}
    assert members(4220, "2010-01-01") == {365, 370, 371, 702, 703, 704, 705}


def test_789_treaties_678_of_them_with_two_members():
    treaties = data.load("alliances")
    count = treaties["members"].str.split().str.len()
    assert len(treaties) == 789
    assert treaties["bilateral"].sum() == 678
    assert (count == 2).sum() == 665
    assert (treaties["bilateral"] & (count > 2)).sum() == 14
    assert count.max() == 59
    assert treaties["defense"].sum() == 280
    assert treaties["wartime"].sum() == 67
    assert treaties["end"].isna().sum() == 372
    assert (treaties["integrated_command"] & treaties["defense"]).sum() == 29
    assert treaties["name"].notna().sum() == 15
    assert treaties["bases"].isna().sum() == 13


def test_the_members_of_a_treaty_are_those_who_ever_had_a_spell():
    listed = data.load("alliances").set_index("alliance_id")["members"].str.split().explode()
    listed = set(listed.astype(int).items()) - {(1320, 8152)}
    spells = data.load("alliance_members")
    assert set(zip(spells["alliance_id"], spells["ccode"], strict=True)) == listed
    assert (spells["end"].isna() | (spells["end"] >= spells["start"])).all()
    later = spells.groupby(["alliance_id", "ccode"])
    assert not (later["end"].shift() >= spells["start"]).any()


def test_allies_are_tied():
    """Members of a defence treaty have a tie in the year; in all but special cases a pledge."""
    codes = sorted(members(3285, "1970-06-01"))
    ties = in_force(1970)
    among = ties["state_a"].isin(codes) & ties["state_b"].isin(codes)
    assert (among & ties["defense"]).sum() == len(codes) * (len(codes) - 1) / 2


# --- Facts: rivals, races, wars, conflicts, regimes ---------------------------------------


def spell(table, state_a, state_b):
    """The first and last years of a pair's spells."""
    pair = data.load(table).query("state_a == @state_a and state_b == @state_b")
    return [(start, None if pd.isna(end) else end) for start, end in pair[["start", "end"]].values]


def test_rivals_and_races():
    """Thompson, Sakuwa and Suhas 2021; Gibler, Rider and Hutchison 2005."""
    assert spell("rivalries", 2, 365) == [(1918, 1920), (1945, 1989), (2007, None)]
    assert spell("rivalries", 200, 255) == [(1896, 1918), (1933, 1945)]
    assert spell("rivalries", 750, 770) == [(1947, None)]
    assert len(data.load("rivalries")) == 249
    assert len(data.load("rivalries").drop_duplicates(["state_a", "state_b"])) == 220
    assert spell("arms_races", 200, 255) == [(1914, 1917), (1934, 1942)]
    assert spell("arms_races", 2, 365) == [(1978, 1981)]
    races = data.load("arms_races")
    assert len(races) == 71
    assert (races["end"] - races["start"]).min() == 2


def test_95_wars_and_their_deaths():
    """Correlates of War Project, Inter-State Wars v4.0."""
    wars = data.load("wars")
    deaths = wars.groupby("war")["deaths"].sum()
    assert len(deaths) == wars["war_id"].nunique() == 95
    assert deaths["World War II"] == 16_634_907
    assert deaths["World War I"] == 8_578_031
    assert deaths["Iran-Iraq"] == 1_250_000
    assert deaths.sum() == 32_080_909
    assert wars["deaths"].isna().sum() == 1
    islands = wars[wars["war"] == "Falkland Islands"].set_index("ccode")
    assert islands["initiator"].to_dict() == {160: True, 200: False}
    assert (wars[wars["initiator"]].groupby("war_id").size() > 1).sum() == 5
    assert wars[wars["war"] == "Vietnam War, Phase 2"]["start_year"].min() == 1965
    assert (wars["end_year"] >= wars["start_year"]).all()


def test_61_armed_conflicts_and_11_wars_in_2024():
    """UCDP/PRIO Armed Conflict Dataset v25.1; Davies et al. 2025."""
    conflicts = data.load("conflicts")
    years = conflicts.groupby("year").size()
    assert years[[1946, 1991, 2010, 2024]].tolist() == [17, 53, 31, 61]
    now = conflicts[conflicts["year"] == 2024]
    assert (now["intensity"] == "war").sum() == 11
    between = now[now["type"] == "interstate"]
    assert len(between) == 4
    assert between.query("intensity == 'war'")["location"].tolist() == [
        "Russia (Soviet Union), Ukraine"
    ]
    afghanistan = conflicts.query("location == 'Afghanistan' and about == 'government'")
    wars = afghanistan.query("intensity == 'war' and year > 2000")["year"]
    assert wars.tolist() == [2001, *range(2005, 2022)]
    assert set(range(2001, 2025)) <= set(afghanistan["year"])


def test_democracy_by_v_dem():
    """V-Dem v16, the electoral democracy index; the means that the card tells."""
    regimes = data.load("regimes")
    assert len(regimes) == 16_690
    assert regimes["ccode"].nunique() == 196
    mean = regimes.groupby("year")["democracy"].mean()
    assert mean[[1900, 2012, 2025]].round(2).tolist() == [0.22, 0.53, 0.49]
    last = regimes[regimes["year"] == 2025].set_index("ccode")["democracy"]
    assert last.idxmax() == 390  # Denmark
    assert last.idxmin() == 670  # Saudi Arabia


# --- Facts: agreements and votes ----------------------------------------------------------


def test_defence_agreements_surged_after_1990():
    """Kinne 2020, DCAD v1.0."""
    agreements = data.load("defence_agreements")
    signed = agreements.groupby("year").size()
    assert signed[[1990, 1995, 2010]].tolist() == [13, 104, 117]
    assert agreements["kind"].value_counts().to_dict() == {"general": 1322, "sector": 547}
    assert agreements.duplicated(["state_a", "state_b"]).sum() == 657
    assert (agreements["state_a"] < agreements["state_b"]).all()


def test_positions_in_the_general_assembly():
    """Bailey, Strezhnev and Voeten, update of July 2025 (votes on final passage)."""
    votes = data.load("ideal_points")
    points = votes.set_index(["iso3", "year"])["ideal_point"]
    assert points["USA", 1985] == pytest.approx(2.73, abs=0.005)
    assert points["SUN", 1985] == pytest.approx(-1.38, abs=0.005)
    years = votes.groupby("year")
    assert years.size()[[1946, 2019, 2024]].tolist() == [54, 193, 191]
    assert 1964 not in years.groups
    assert years["ideal_point"].std().round(2)[[1950, 1989, 2024]].tolist() == [1.45, 0.79, 0.79]
    assert years["votes"].max()[[1951, 1955]].tolist() == [5, 7]
    assert (votes["votes"] < 10).sum() == 235
    assert points["CHN"].index.min() == points["TWN"].index.max() == 1971
    assert points["SUN"].index.max() == 1991
    assert points["DDR"].index.max() == 1989
    assert {"DEU", "VNM", "YEM"} <= set(points.xs(1991, level="year").index)


def test_joint_exercises_tripled_to_2004():
    """D'Orazio and Galambos 2021, Multinational Military Exercises v7."""
    exercises = data.load("joint_exercises")
    begun = exercises.groupby("start_year").size()
    assert begun[[1980, 2004, 2010]].tolist() == [67, 204, 148]
    members = exercises["members"].fillna("").str.split()
    assert members.map(lambda codes: "2" in codes).sum() == 1871
    assert (members.str.len() == 0).sum() == 91
    assert (members.str.len() == 1).sum() == 43
    assert (exercises["region"].isna().sum(), exercises["kind"].isna().sum()) == (86, 39)
    codes = set(members.explode().dropna().astype(int))
    assert codes <= set(data.load("states")["ccode"])
    late = exercises[exercises["start_year"] > 1990].index
    assert not members[late].map(lambda codes: "260" in codes).any()
    # South Vietnam ended in 1975, before the list has an exercise of Viet Nam.
    assert (817 in codes, 816 in codes) == (False, True)


def test_another_list_of_exercises_begins_in_1974_and_thins_out_after_2005():
    """D'Orazio, Joint Military Exercises v3."""
    exercises = data.load("joint_exercises_1974")
    begun = exercises.groupby("start_year").size()
    assert begun[[1974, 1978, 1980, 2004, 2005, 2006, 2010]].tolist() == [
        1,
        18,
        34,
        84,
        100,
        27,
        29,
    ]
    assert 1976 not in begun.index
    members = exercises["members"].fillna("").str.split()
    assert ((members.str.len() == 0).sum(), (members.str.len() == 1).sum()) == (2, 3)
    codes = set(members.explode().dropna().astype(int))
    assert codes <= set(data.load("states")["ccode"])
    late = exercises["start_year"] > 1990
    assert not members[late].map(lambda codes: "260" in codes).any()
    # South Vietnam ended in 1975, before the list has an exercise of Viet Nam.
    assert (817 in codes, 816 in codes) == (False, True)
    assert not members[~late].map(lambda codes: "255" in codes).any()


# --- Facts: peacekeeping ------------------------------------------------------------------


def test_eleven_missions_of_the_united_nations_were_active_in_2024():
    """United Nations, Department of Peace Operations: eleven operations in 2024."""
    missions = data.load("peacekeeping_missions").set_index("mission")
    active = set(missions.index[missions["end"].isna()])
    assert active == {
        *("UNTSO", "UNMOGIP", "UNFICYP", "UNDOF", "UNIFIL", "MINURSO"),
        *("UNMIK", "MONUSCO", "UNISFA", "UNMISS", "MINUSCA"),
    }
    assert missions["start"].idxmin() == "UNTSO"
    assert missions.loc["UNTSO", "start"] == pd.Timestamp("1948-05-29")
    assert missions.loc["MINUSMA", "end"] == pd.Timestamp("2023-12-31")
    assert (missions["host"].eq("Angola").sum(), missions["host"].eq("Haiti").sum()) == (4, 6)


def test_who_sent_peacekeepers():
    """International Peace Institute to 2013, United Nations from 2014."""
    sent = data.load("peacekeeping_contributions")
    years = sent.groupby("year")
    assert years.size()[[1991, 2020]].tolist() == [58, 122]
    total = years["total"].sum()
    assert total[[1991, 1994, 2015]].round().tolist() == [10_762, 73_012, 106_160]
    assert 2017 not in total.index
    largest = sent.sort_values("total", ascending=False).groupby("year")["iso3"].head(3)
    largest = sent.loc[largest.index].groupby("year")["iso3"].agg(set)
    assert largest[2012] == {"BGD", "PAK", "IND"}
    assert largest[2020] == {"BGD", "ETH", "RWA"}
    assert sent.loc[sent["year"] == 1993].set_index("iso3")["total"].idxmax() == "FRA"
    whole = sent.dropna(subset=["troops"])
    parts = whole[["troops", "police", "observers"]].sum(axis=1)
    assert (parts - whole["total"]).abs().max() < 0.21  # each is rounded
    assert sent["troops"].isna().sum() == (sent["year"] > 2013).sum()
    spans = years["iso3"].agg(set)
    assert {"SUN", "CSK", "YUG"} <= spans[1991]
    assert {"RUS", "CZE", "SRB"} <= spans[2006]
    assert not {"SUN", "YUG", "SCG"} & spans[2006]


def test_one_month_decides_the_mean_of_civilians_killed():
    """Hultman, Kathman and Shannon 2013: Rwanda in 1994."""
    months = data.load("civilian_killings")
    assert len(months) == 3746
    assert months["conflict_id"].nunique() == 50
    assert months["killed"].max() == 145_844
    assert months["killed"].sum() == 260_483
    there = months["troops"] > 0
    assert there.sum() == 472
    means = [months.loc[rows, "killed"].mean() for rows in (there, ~there)]
    assert [round(mean) for mean in means] == [356, 28]
    rest = months[months["killed"] < 145_844]
    assert round(rest.loc[rest["troops"] > 0, "killed"].mean()) == 47
    assert months["killed"].median() == 0


def test_war_resumed_in_42_and_67_per_cent_of_fortnas_94_ceasefires():
    """Fortna 2008: 15 of 36 with peacekeepers, 39 of 58 without."""
    spells = data.load("peace_spells")
    assert (len(spells), spells["spell_id"].nunique()) == (192, 156)
    book = spells[spells["after_1989"] & ~spells["questionable"]]
    cases = book.groupby("spell_id").agg(
        kept=("peacekeeping_ever", "first"), failed=("failed", "max")
    )
    assert len(cases) == 94
    resumed = cases.groupby("kept")["failed"]
    assert resumed.sum().tolist() == [39, 15]
    assert resumed.size().tolist() == [58, 36]
    assert resumed.mean().round(2).tolist() == [0.67, 0.42]
    assert spells.loc[spells["questionable"], "spell_id"].nunique() == 3
    assert (spells["entry"] < spells["exit"]).all()
    before = spells.groupby("spell_id")["exit"].shift()
    assert (spells["entry"] - before).dropna().eq(1).all()
    last = spells.groupby("spell_id")["exit"].transform("max") == spells["exit"]
    assert not (spells["failed"] & ~last).any()
    assert (spells["peacekeeping_now"] == (spells["kind"] != "none")).all()
    early = spells[~spells["after_1989"]]
    assert early["peacekeeping_ever"].isna().all()


# --- Facts: Afghanistan, terrorism, piracy, cyber -----------------------------------------


def test_isaf_had_132381_troops_of_48_nations_at_its_peak():
    """NATO's placemats of 2011; on one of 2010 the United States are missing."""
    troops = data.load("isaf")
    mats = troops.groupby(["year", "placemat"])["troops"].agg(["sum", "size"])
    assert mats["sum"].max() == 132_381
    assert mats.loc[(2011, 5)].tolist() == [132_381, 48]
    assert mats.iloc[0].tolist() == [33_480, 37]
    assert mats.iloc[-1].tolist() == [28_360, 48]
    assert troops["iso3"].nunique() == 51
    gap = troops[troops["troops"].isna()]
    assert gap[["year", "placemat", "iso3"]].to_numpy().tolist() == [[2010, 6, "USA"]]
    assert mats.loc[(2010, 6), "sum"] == 30_260
    peak = troops.query("year == 2011 and placemat == 5").set_index("iso3")["troops"]
    assert peak[["USA", "GBR"]].tolist() == [90_000, 9_500]
    assert (peak > 0).sum() == 47


def test_soldiers_of_the_coalition_who_died():
    """iCasualties.org: 3,452 people to 2018."""
    deaths = data.load("isaf_fatalities")
    assert deaths["deaths"].sum() == 3452
    nations = deaths.groupby("iso3")["deaths"].sum()
    assert nations[["USA", "GBR", "CAN", "FRA"]].tolist() == [2315, 452, 158, 86]
    assert deaths.loc[deaths["iso3"].isna(), "deaths"].sum() == 19
    years = deaths.groupby("year")["deaths"].sum()
    assert (years.idxmax(), years.max()) == (2010, 708)
    assert years.loc[2007:2014].sum() == 2920
    assert len(set(data.load("isaf")["iso3"]) - set(nations.index)) == 23


def test_terrorism_peaked_in_2014_and_its_counting_changed():
    """Global Terrorism Database, sums by country and year in Ecdat; 1993 was lost."""
    terrorism = data.load("terrorism")
    years = terrorism.groupby("year")[["incidents", "deaths"]].sum()
    assert years.loc[2014].tolist() == [16_960, 44_648]
    assert years["deaths"].idxmax() == 2014
    assert years.loc[[1997, 1998, 2011, 2012], "incidents"].tolist() == [3198, 934, 5075, 8525]
    assert 1993 not in years.index
    deaths = terrorism.set_index(["iso3", "year"])["deaths"]
    assert [deaths[iso3, 2014] for iso3 in ("IRQ", "NGA", "AFG")] == [14_095, 7_775, 5_414]
    assert [deaths["USA", year] for year in (1995, 2001)] == [178, 3_014]
    assert [deaths["AFG", year] for year in (2001, 2020)] == [174, 10_081]
    assert (terrorism["incidents"] >= 1).all()


def test_piracy_off_the_horn_of_africa():
    """Benden et al. 2021, from reports of the International Maritime Bureau: 445 in 2010."""
    attacks = data.load("pirate_attacks")
    assert len(attacks) == 7511
    year = attacks["date"].dt.year
    assert (year == 2010).sum() == 445
    horn = attacks["region"] == "Horn of Africa"
    counts = year[horn].value_counts()
    assert counts[range(2007, 2016)].tolist() == [50, 114, 215, 211, 229, 65, 17, 11, 1]
    hijacked = year[horn & (attacks["attack"] == "hijacked")].value_counts()
    assert hijacked[range(2008, 2013)].tolist() == [42, 46, 48, 27, 13]
    gulf = horn & attacks["lat"].between(10.5, 15.5) & attacks["lng"].between(43, 52)
    assert year[gulf].value_counts()[[2008, 2009, 2010, 2011]].tolist() == [92, 119, 53, 41]
    assert attacks["attack"].isna().sum() == 120
    assert (attacks["attack"] == "boarded").sum() == 4788
    assert attacks["date"].is_monotonic_increasing


def test_cyber_incidents_between_rivals():
    """Maness et al. 2023, DCID v2.0; Stuxnet, from the United States to Iran, has severity 6."""
    incidents = data.load("cyber_incidents")
    assert len(incidents) == 429
    ends = incidents[["initiator", "target"]].dropna()
    pairs = {frozenset(pair) for pair in ends.to_numpy().tolist()}
    assert len(pairs) == 37  # and three of which only the pair is known
    assert incidents["target"].isna().sum() == 4
    assert not (incidents["initiator"] == incidents["target"]).any()
    worst = incidents[incidents["severity"] == incidents["severity"].max()]
    stuxnet = worst.query("initiator == 2 and target == 630")
    assert stuxnet[["start_year", "severity"]].to_numpy().tolist() == [[2009, 6]]
    assert incidents["initiator"].value_counts(normalize=True).head(6).sum().round(2) == 0.91
    assert incidents["concession"].sum() == 12


# --- Facts: signed ties -------------------------------------------------------------------


def test_europe_in_1936_is_made_of_the_other_tables():
    pairs = data.load("europe_1936").set_index(["state_a", "state_b"])
    codes = sorted({code for pair in pairs.index for code in pair})
    assert (len(pairs), len(codes)) == (136, 17)
    year = pd.Timestamp("1936-06-01")
    land = running(data.load("contiguity").query("type == 1"), year)
    borders = set(zip(land["state_a"], land["state_b"], strict=True))
    rivals = data.load("rivalries")
    rivals = rivals[(rivals["start"] <= 1936) & (rivals["end"].isna() | (rivals["end"] >= 1936))]
    rivals = set(zip(rivals["state_a"], rivals["state_b"], strict=True))
    assert [pair in borders for pair in pairs.index] == pairs["border"].tolist()
    assert [pair in rivals for pair in pairs.index] == pairs["rivalry"].tolist()
    ties = in_force(1936).set_index(["state_a", "state_b"])
    for pledge in ("defense", "neutrality", "nonaggression", "consultation"):
        held = ties[pledge].reindex(pairs.index).fillna(False).astype(bool)
        assert held.tolist() == pairs[pledge].tolist()
    regimes = data.load("regimes").query("year == 1936").set_index("ccode")["democracy"]
    difference = [round(abs(regimes[one] - regimes[other]), 3) for one, other in pairs.index]
    assert difference == pairs["regime_difference"].tolist()
    assert pairs["border"].sum() == 24
    assert pairs["same_religion"].sum() == 39
    assert pairs.loc[(220, 325), "defense"]  # Locarno: Italy's guarantee


def test_great_power_ties_are_balanced_from_1907():
    """Antal, Krapivsky and Redner 2006: from 1907 on the six powers stand in two camps."""
    ties = data.load("great_power_ties")
    assert len(ties) == 20
    now = ties[(ties["start"] <= 1907) & (ties["end"] > 1907)]
    camps = {"GBR": 1, "FRA": 1, "RUS": 1, "DEU": -1, "AUH": -1, "ITA": -1}
    assert len(now) == 15
    assert (now["sign"] == now["state_a"].map(camps) * now["state_b"].map(camps)).all()
    assert ties["sign"].isin([1, -1]).all()
    pairs = ties.assign(pair=[frozenset(row) for row in ties[["state_a", "state_b"]].values])
    pairs = pairs.sort_values(["start"])
    before = pairs.groupby("pair")["end"].shift().dropna()
    assert (before <= pairs["start"][before.index]).all()


def test_signed_ties_in_51_windows():
    """Doreian and Mrvar 2015, from COW: the Cold War and the partition of India are negative."""
    ties = data.load("signed_ties")
    signs = ties.set_index(["window", "state_a", "state_b"])["sign"]
    assert signs["1946-1949", "RUS", "USA"] == -1
    assert signs["1946-1949", "GBR", "USA"] == 1
    assert signs["1964-1967", "IND", "PAK"] == -1
    assert ties["sign"].value_counts().to_dict() == {1: 36_224, -1: 5_071}
    hostile = (ties["sign"] == -1).groupby(ties["window"]).mean()
    assert len(hostile) == 51
    assert hostile.mean().round(2) == 0.13
    assert (hostile.idxmax(), hostile.max().round(2)) == ("1948-1951", 0.18)
    assert hostile.min().round(2) == 0.07
    assert (ties["state_a"] < ties["state_b"]).all()


# --- Facts: NATO in 1964 ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("without", "reported", "recomputed"),
    [("nobody", 0.490110, 0.595604), ("PRT", 0.725, 0.802), ("USA", 0.363, 0.495)],
)
def test_in_1964_the_lesson_holds_in_both_pairs_of_columns(without, reported, recomputed):
    """Olson and Zeckhauser 1966 report 0.490; the card of the table states the others."""
    allies = data.load("nato_1964").query("iso3 != @without")
    rho = spearmanr(allies["gnp_reported"], allies["defence_share_reported"]).statistic
    assert rho == pytest.approx(reported, abs=5e-7 if without == "nobody" else 5e-4)
    rho = spearmanr(allies["gdp_recomputed"], allies["defence_share_recomputed"]).statistic
    assert rho == pytest.approx(recomputed, abs=5e-7 if without == "nobody" else 5e-4)


def test_nato_1964_has_the_allies_of_1964_with_forces():
    members = data.load("nato_members").set_index("iso3")["joined"].dt.year
    assert set(data.load("nato_1964")["iso3"]) == set(members.index[members <= 1964]) - {"ISL"}


def test_the_recomputed_shares_of_1964_are_those_of_military_spending():
    allies = data.load("nato_1964").merge(data.load("military_spending").query("year == 1964"))
    assert len(allies) == 14
    assert (allies["defence_share_recomputed"] - allies["share_gdp"]).abs().max() <= 0.0051
    ratio = allies["gdp_recomputed"] / allies["gnp_reported"]
    assert ratio.min().round(1) == 1.2
    assert ratio.max().round(1) == 1.7
    assert (allies["defence_share_recomputed"] < allies["defence_share_reported"]).all()


# --- Facts: military spending -------------------------------------------------------------


@pytest.fixture(scope="module")
def spending():
    return data.load("military_spending").set_index(["iso3", "year"])


def test_the_united_states_spent_an_eighth_of_its_gdp_in_1953(spending):
    """Our World in Data, from COW and CEPII; the World Bank for 2023."""
    assert spending.loc[("USA", 1953), "share_gdp"] == pytest.approx(12.7, abs=0.05)
    assert spending.loc[("USA", 2010), "share_gdp"] == pytest.approx(4.6, abs=0.05)
    assert spending.loc[("USA", 2023), "gdp"] == 27.361e12
    assert spending.loc[("CHN", 2023), "population"] == pytest.approx(1.411e9, rel=1e-3)
    assert spending.loc[("USA", 2019), "gdp_ppp"] == pytest.approx(2.311e13)


def test_military_spending_holds_states_only(spending):
    codes = set(spending.index.unique("iso3"))
    assert len(codes) == 200
    assert not codes & {"WLD", "EUU", "OED", "ARB", "HIC", "GRL", "HKG", "PRI", "PSE", "YAR"}
    assert codes >= {"SUN", "DDR", "CSK", "YUG", "SCG", "XKX", "TWN", "SSD"}
    assert len(data.load("nato_members")["iso3"][lambda iso3: ~iso3.isin(codes)]) == 0


@pytest.mark.parametrize(
    ("iso3", "first", "last"),
    [
        ("SUN", 1949, 1991),
        ("RUS", 1992, 2024),
        ("DDR", 1954, 1990),
        ("DEU", 1955, 2024),
        ("CSK", 1949, 1992),
        ("CZE", 1993, 2024),
        ("YUG", 1949, 2002),
        ("SCG", 2003, 2005),
        ("SRB", 2006, 2024),
        ("YEM", 1949, 2024),
        ("VNM", 1976, 2024),
        ("ETH", 1949, 2024),
        ("ERI", 1993, 2024),
        ("SSD", 2011, 2024),
        ("XKX", 2008, 2024),
    ],
)
def test_a_state_has_rows_while_it_is_one(spending, iso3, first, last):
    years = spending.loc[iso3].index
    assert (years.min(), years.max()) == (first, last)


def test_no_value_stands_for_another_land_than_the_state(spending):
    assert spending.loc["DEU"].loc[:1989, ["gdp", "population"]].isna().all(axis=None)
    assert spending.loc["DEU"].loc[:1989, ["share_gdp", "gdp_ppp"]].notna().all(axis=None)
    assert spending.loc["PAK"].loc[:1971, ["gdp", "gdp_ppp", "population"]].isna().all(axis=None)
    assert spending.loc["YEM"].loc[:1989, ["gdp", "population"]].isna().all(axis=None)
    assert not {"VDR", "YMD"} & set(spending.index.unique("iso3"))


def test_the_breaks_that_the_card_warns_of_are_there(spending):
    share = spending["share_gdp"]
    assert share[[("RUS", 2004), ("RUS", 2005)]].round(1).tolist() == [10.4, 2.5]
    assert share[[("CHN", 2004), ("CHN", 2005)]].round(1).tolist() == [4.3, 1.3]
    assert share[[("SUN", 1988), ("SUN", 1989)]].round(1).tolist() == [36.6, 13.8]
    assert pd.isna(share[("SUN", 1991)])
    assert set(share.index[share > 100]) == {
        ("PRK", 1958),
        ("IRQ", 1991),
        ("KWT", 1991),
        ("KWT", 1992),
    }
    yugoslavia = spending.loc["YUG", "gdp_ppp"] / 1e9
    assert yugoslavia[[1989, 1991]].round().tolist() == [133, 74]
    full = spending.dropna().index.unique("year")
    assert (full.min(), full.max()) == (1960, 2012)


# --- Facts: material capabilities ---------------------------------------------------------


@pytest.fixture(scope="module")
def capabilities():
    return data.load("capabilities")


def test_the_united_states_had_38_per_cent_of_the_worlds_capabilities_in_1945(capabilities):
    """COW, National Material Capabilities 7.0."""
    usa = capabilities.query("ccode == 2 and year == 1945").iloc[0]
    assert usa["cinc"] == 0.3838635
    assert (usa["milex"], usa["milper"]) == (90_000_000, 12_123)
    assert len(capabilities) == 17_121


def test_the_index_is_the_mean_share_of_the_indicators_that_are_known(capabilities):
    indicators = capabilities[INDICATORS].astype(float)
    shares = indicators / indicators.groupby(capabilities["year"]).transform("sum")
    assert (shares.mean(axis=1) - capabilities["cinc"]).abs().max() < 7e-8


def test_the_index_does_not_add_up_to_one(capabilities):
    total = capabilities.groupby("year")["cinc"].sum()
    assert total[[1860, 2022]].round(3).tolist() == [1.075, 1.007]


def test_china_passes_the_united_states_in_1995_and_the_soviet_union_leads_1971_to_1988(
    capabilities,
):
    cinc = capabilities.pivot(index="year", columns="ccode", values="cinc")
    china_leads = (cinc[710] > cinc[2]).loc[1950:]
    assert china_leads.idxmax() == 1995
    assert china_leads.loc[1995:].loc[lambda leads: ~leads].index.tolist() == [2002]
    soviet_leads = (cinc[365] > cinc[2]).loc[1945:]
    assert soviet_leads.index[soviet_leads].tolist() == list(range(1971, 1989))


def test_capabilities_has_the_gaps_and_the_currency_that_its_card_states(capabilities):
    gaps = capabilities[INDICATORS].isna().sum()
    assert gaps.tolist() == [2360, 456, 26, 448, 0, 68]
    early = capabilities.loc[capabilities["year"] < 1914, "milex"]
    assert round(early.isna().mean(), 2) == 0.32
    britain = capabilities.query("ccode == 200").set_index("year")["milex"]
    assert britain[[1913, 1914]].tolist() == [67_734, 1_678_843]
    assert capabilities.groupby("year").size()[[1816, 2022]].tolist() == [23, 195]


@pytest.mark.parametrize(
    ("year", "share"), [(1949, 0.44), (1980, 0.28), (2004, 0.31), (2022, 0.22)]
)
def test_natos_share_of_the_worlds_capabilities(capabilities, year, share):
    """The members of the year; West Germany has the COW code 260."""
    members = data.load("nato_members").query("joined.dt.year <= @year")["ccode"]
    members = members.replace({255: 260}) if year < 1990 else members
    world = capabilities.query("year == @year").set_index("ccode")["cinc"]
    assert world[members].sum() / world.sum() == pytest.approx(share, abs=0.005)
