"""The tables are what their raw files give; a raw file that is not what it should be stops all."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
SOURCES = Path(os.environ.get("ENTENTE_SOURCES", ROOT.parent / "shared" / "sources"))
MEMBERS = "nato_defence/nato_members.csv"
DEFENCE = "nato_defence/nato_defence_2014_2026.csv"
TOTALS = ["NATO Total", "NATO Europe and Canada"]


@pytest.fixture
def data_folder(tmp_path):
    """A copy of `data/`, so that no test can touch the tables themselves."""
    return shutil.copytree(ROOT / "data", tmp_path / "data", ignore=lambda *_: ["__pycache__"])


@pytest.fixture
def build(data_folder):
    """The script `build.py` of the copy, as a module."""
    spec = importlib.util.spec_from_file_location("build", data_folder / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(tmp_path):
    """A small raw folder with all that the table `nato_defence` needs, made up."""
    folder = tmp_path / "sources"
    (folder / "nato_defence").mkdir(parents=True)
    members = ["country,iso3,ccode,accession_date,accession_year,land_border_with_russia"]
    defence = [
        "country,year,defence_pct_gdp,estimated,real_change_pct,equipment_pct,personnel_pct,other_pct"
    ]
    for ally in range(31, -1, -1):
        code = "A" + chr(65 + ally // 26) + chr(65 + ally % 26)
        members.append(
            f"Ally {ally},{code},{ally + 2},19{49 + ally}-09-04,{1949 + ally},{ally % 2}"
        )
        years = range(2014, 2027)
        defence += [f"Ally {ally},{year},1.50,0,-2.5,20,,1" for year in years]
    defence += [f"{total},{year},2.5,0,1,,," for total in TOTALS for year in years]
    (folder / MEMBERS).write_text("\n".join(members) + "\n", encoding="utf-8")
    (folder / DEFENCE).write_text("\n".join(defence) + "\n", encoding="utf-8")
    return folder


def content(folder):
    """Every file of a folder with its bytes; byte code aside."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def refusal(build, *arguments):
    """What the build says when it refuses, having checked that it touched nothing."""
    before = content(build.HERE)
    with pytest.raises(SystemExit) as stop:
        build.main([str(argument) for argument in arguments])
    assert content(build.HERE) == before
    return stop.value.code


def edit(sources, file, old, new):
    text = (sources / file).read_text(encoding="utf-8")
    assert old in text
    (sources / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.skipif(
    not SOURCES.is_dir(),
    reason="the raw files are not here: the README tells where to get them (ENTENTE_SOURCES)",
)
def test_the_raw_files_give_the_committed_tables_byte_for_byte(build, data_folder, capsys):
    committed = content(data_folder)
    for name in build.TABLES:
        if name not in build.BY_HAND:
            (data_folder / f"{name}.csv").unlink()
    build.main([str(SOURCES)])
    assert content(data_folder) == committed
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(build.TABLES)
    for line in lines:
        name = line.split()[0]
        assert f" {len(committed[Path(f'{name}.csv')]):,} bytes" in line


def test_each_table_has_a_function_a_description_and_a_file(build, data_folder):
    package = json.loads((data_folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(build.TABLES)
    assert {path.stem for path in data_folder.glob("*.csv")} == set(build.TABLES)
    assert set(build.BY_HAND) <= set(build.TABLES)
    for path in data_folder.glob("*.csv"):
        assert b"\r" not in path.read_bytes()
        assert path.read_bytes().decode("utf-8").endswith("\n")


def test_the_page_on_the_data_is_the_one_that_the_descriptions_give(build, data_folder):
    build.main(["--catalogue"])
    page = (data_folder.parent / "data.md").read_text(encoding="utf-8")
    assert page == (ROOT / "data.md").read_text(encoding="utf-8"), (
        "run `python data/build.py --catalogue`"
    )
    for name in build.TABLES:
        label = f"data-{name}".replace("_", "-")
        assert page.count(f"({label})=\n## {name}: ") == 1
        assert f"[`{name}`](#{label})" in page
    assert page.count("**How it could mislead.**") == len(build.TABLES)


def test_what_markdown_would_read_as_a_sign_is_shown_as_one(build):
    assert build.safe("2017 $ a*b [c] <d>") == r"2017 \$ a\*b \[c\] \<d>"


def test_without_a_folder_or_the_catalogue_it_says_what_it_needs(build, capsys):
    with pytest.raises(SystemExit):
        build.main([])
    assert "name the folder with the raw files" in capsys.readouterr().err


def test_only_the_named_tables_are_built_the_same_on_each_run(build, data_folder, sources, capsys):
    before = content(data_folder)
    build.main([str(sources), "nato_members", "nato_defence"])
    first = content(data_folder)
    build.main([str(sources), "nato_members", "nato_defence"])
    assert content(data_folder) == first
    changed = {path.name for path in first if first[path] != before.get(path)}
    assert changed == {"nato_members.csv", "nato_defence.csv"}
    assert set(first) == set(before)
    assert len(capsys.readouterr().out.splitlines()) == 4
    members = first[Path("nato_members.csv")].decode().splitlines()
    assert members[0] == "iso3,name,ccode,joined,land_border_with_russia"
    assert members[1:3] == ["AAA,Ally 0,2,1949-09-04,false", "AAB,Ally 1,3,1950-09-04,true"]
    defence = first[Path("nato_defence.csv")].decode().splitlines()
    assert len(defence) == 1 + 32 * 13  # without the totals
    assert defence[1] == "AAA,2014,1.50,-2.5,20,,false"


def test_a_missing_folder_gets_one_sentence_and_no_traceback(data_folder):
    run = subprocess.run(
        [sys.executable, "-B", data_folder / "build.py", "no/such/folder"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == (
        "Nothing was changed. There is no folder no/such/folder: "
        "the README tells where to get the original data.\n"
    )


def test_an_unknown_table_is_answered_with_the_list(build, sources, capsys):
    assert refusal(build, sources, "nato_defense") == 2
    assert "no table nato_defense; there are nato_members, " in capsys.readouterr().err


def test_a_missing_file_is_named_with_its_columns(build, sources):
    (sources / DEFENCE).unlink()
    said = refusal(build, sources, "nato_members", "nato_defence")
    assert f"{DEFENCE} is missing: a CSV file with the columns country, year, defence" in said


def test_a_missing_column_is_named(build, sources):
    edit(sources, DEFENCE, "equipment_pct", "equipment")
    said = refusal(build, sources, "nato_members", "nato_defence")
    assert f"{DEFENCE} should have the column equipment_pct" in said


@pytest.mark.parametrize("lost", [30, 1])
def test_a_truncated_file_is_named_with_what_was_expected(build, sources, lost):
    lines = (sources / MEMBERS).read_text(encoding="utf-8").splitlines(keepends=True)
    (sources / MEMBERS).write_text("".join(lines[:-lost]), encoding="utf-8")
    said = refusal(build, sources, "nato_members")
    assert re.search(rf"{MEMBERS} is cut off: at least 32 rows .* {32 - lost} rows were", said)


def test_a_file_cut_off_within_its_last_row_is_noticed(build, sources):
    text = (sources / DEFENCE).read_text(encoding="utf-8")
    (sources / DEFENCE).write_text(text[:-3], encoding="utf-8")
    assert f"{DEFENCE} is cut off" in refusal(build, sources, "nato_defence")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (DEFENCE, "Ally 7,", "Atlantis,", "names 'Atlantis', which is no Ally"),
        (DEFENCE, "1.50,0,", "1.50,maybe,", "should have 0 or 1 in estimated, but has 'maybe'"),
        (DEFENCE, "Ally 7,2014", "Ally 7,2015", "nato_defence.csv has two rows for AAH, 2015"),
        (DEFENCE, "1.50,0,", "1,50,0,", "more cells in a row than columns|CSV file in UTF-8"),
        (MEMBERS, "Ally 30,", "Ally 30,,", "should be a CSV file in UTF-8"),
    ],
)
def test_what_a_file_should_not_say_stops_the_build(build, sources, file, old, new, complaint):
    edit(sources, file, old, new)
    assert re.search(complaint, refusal(build, sources, "nato_members", "nato_defence"))


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (DEFENCE, "Ally 7,2014,1.50", "Ally 7,2014,n.a.", "number values in share_gdp, .*'n.a.'"),
        (DEFENCE, "Ally 7,2014,1.50", "Ally 7,2014,", "number values in share_gdp, but line 93"),
        (DEFENCE, "Ally 7,2014,1.50", "Ally 7,2014,150", "a maximum of 100 in share_gdp.* 150.0"),
        (DEFENCE, "Ally 7,2014,", "Ally 7,1914,", "a minimum of 2014 in year, .* has 1914"),
        (MEMBERS, "Ally 7,AAH,", "Ally 7,A1H,", r"the pattern \[A-Z\]\{3\} in iso3, .* has A1H"),
        (MEMBERS, "AAH,9,", "AAH,8,", "each value once in ccode, but line 9 has 8"),
        (MEMBERS, "AAH,9,1956-09-04", "AAH,9,1946-09-04", "a minimum of 1949-08-24 in joined"),
    ],
)
def test_a_table_unlike_its_description_is_not_moved_into_place(
    build, sources, file, old, new, complaint
):
    edit(sources, file, old, new)
    said = refusal(build, sources, "nato_members", "nato_defence")
    assert said.startswith("Nothing was changed. ")
    assert ".build-" not in said
    assert re.search(complaint, said)


def test_a_key_must_be_found_in_the_table_it_points_to(build, sources):
    said = refusal(build, sources, "nato_defence")
    assert "nato_defence.csv has AAA in iso3, which is no iso3 of the table nato_members" in said


def test_a_file_that_is_no_utf8_is_named(build, sources):
    (sources / MEMBERS).write_bytes(b"country,iso3\nT\xfcrkiye,TUR\n")
    assert f"{MEMBERS} should be a CSV file in UTF-8" in refusal(build, sources, "nato_members")


# --- Helpers ------------------------------------------------------------------------------


def test_words_days_and_flags_name_what_they_do_not_know(build):
    raw = build.Raw("raw.csv", 1, "a")
    table = pd.DataFrame({"a": ["1", "7"], "month": ["2", "13"], "day": ["28", "1"]})
    with pytest.raises(build.Refused, match=r"raw\.csv should have 1, 2 in a, but has '7'"):
        build.words(table, raw, "a", {"1": "one", "2": "two"})
    with pytest.raises(build.Refused, match=r"days in a, month, day, but has 7-13-1"):
        build.days(table, raw, "a", "month", "day")
    with pytest.raises(build.Refused, match=r"0 or 1 in a, but has '7'"):
        build.flags(table, raw, "a")


def test_pairs_are_put_in_order_and_truth_in_words(build):
    table = build.pairs(pd.DataFrame({"x": [9, 2], "y": [2, 9]}), "x", "y")
    assert table["state_a"].tolist() == [2, 2]
    assert table["state_b"].tolist() == [9, 9]
    assert build.truth(pd.Series([True, False, None])).tolist() == ["true", "false", ""]


def test_a_place_is_in_the_region_of_the_nearest_capital(build):
    capitals = pd.DataFrame(
        {"ccode": [2, 200, 560, 651, 710, 900], "lat": [39, 51, -26, 30, 40, -35],
         "lng": [-77, 0, 28, 31, 116, 149]}
    )  # fmt: skip
    places = pd.DataFrame({"lat": [45, 50, -30, 25, 35, -40, None],
                           "lon": [-100, 10, 20, 35, 135, 170, None]})  # fmt: skip
    assert build.region_of(places, capitals).tolist() == [
        *("Americas", "Europe", "Africa", "Middle East and North Africa", "Asia", "Oceania", "")
    ]


def test_an_unknown_land_is_named(build, states):
    names = pd.Series(["Syria", "Yugoslavia", "Zaire", "Atlantis"])
    with pytest.raises(build.Refused, match=r"raw\.csv names 'Atlantis'.* NAMES"):
        build.iso3_of_names(states, names, build.Raw("raw.csv", 1, "country"))
    found = build.iso3_of_names(states, names[:3], build.Raw("raw.csv", 1, "country"))
    assert found.tolist() == ["SYR", "YUG", "COD"]


# --- States: codes and names --------------------------------------------------------------


@pytest.fixture
def states(tmp_path, build, monkeypatch):
    """A raw folder with a few states, and a build that expects no more."""
    folder = tmp_path / "world"
    files = {
        "cow_states/state_system_2016.csv": """
            ccode,statenme,styear,endyear
            260,German Federal Republic,1955,1990
            255,Germany,1990,2016
            365,Russia,1816,2016
            345,Yugoslavia,1944,2016
            652,Syria,1946,1958
            652,Syria,1961,2016
            511,Zanzibar,1963,1964
            300,Austria-Hungary,1816,1918""",
        "ideal_points/unga_ideal_points_1946_2024.csv": """
            ccode,iso3c
            260,DEU
            260,
            255,DEU
            365,RUS
            345,YUG
            652,SYR""",
        "milex/owid_cow_milex_share_gdp_1815_2012.csv": """
            entity,year,milex_pct_gdp
            Austria-Hungary,1900,3.3
            West Germany,1989,1.96712
            Germany,1991,1.72908
            Russia,1988,36.644""",
        "milex/cow_state_year_gdp_population_fariss.csv": """
            ccode,year,pwtrgdp
            260,1990,2498060
            255,1990,2498060
            511,1963,20.5""",
        "milex/worldbank_gdp_population.csv": """
            iso3,year,gdp_current_usd,population
            DEU,1989,1398967000000,78751283
            DEU,1990,1771671234567,79433029
            WLD,1990,22000000000000,5280000000
            SRB,1990,,7897937""",
    }
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        rows = [line.strip() for line in text.strip().splitlines()]
        (folder / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    for name in ("STATE_SYSTEM", "CODE_LIST", "OWID_SHARES", "FARISS", "WORLD_BANK"):
        monkeypatch.setattr(build, name, getattr(build, name)._replace(rows=1))
    return folder


def test_a_state_has_the_code_that_it_had_in_that_year(build, states):
    table = build.state_years(states).set_index(["ccode", "year"])["iso3"]
    assert [table[365, year] for year in (1949, 1991, 1992, 2024)] == ["SUN", "SUN", "RUS", "RUS"]
    assert [table[345, year] for year in (2002, 2003, 2006)] == ["YUG", "SCG", "SRB"]
    assert (260, 1954) not in table
    assert (652, 1959) not in table
    assert set(table.index.unique("ccode")) == {255, 260, 345, 365, 652}


def test_sources_are_joined_by_state_and_year_without_totals_or_other_lands(build, states):
    build.main([str(states), "military_spending"])
    assert (build.HERE / "military_spending.csv").read_text(encoding="utf-8").splitlines() == [
        "iso3,year,share_gdp,gdp,gdp_ppp,population",
        "DEU,1989,1.967,,,",
        "DEU,1990,,1.7717e+12,2.4981e+12,79433029",
        "DEU,1991,1.729,,,",
        "SUN,1988,36.64,,,",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "milex/owid_cow_milex_share_gdp_1815_2012.csv",
            "Russia",
            "USSR",
            "owid_cow.*'USSR', .* OWID_NAMES",
        ),
        (
            "ideal_points/unga_ideal_points_1946_2024.csv",
            "652,SYR\n",
            "",
            "a state without a code: 652, Syria.* ISO3",
        ),
        (
            "milex/worldbank_gdp_population.csv",
            "79433029",
            "many",
            "population.csv should have numbers in population, but.*many",
        ),
    ],
)
def test_an_unknown_name_or_code_stops_the_build_with_its_name(
    build, states, file, old, new, complaint
):
    edit(states, file, old, new)
    assert re.search(complaint, refusal(build, states, "military_spending"))


def test_a_slip_in_a_table_by_hand_is_found(build, states, data_folder, monkeypatch):
    allies = (data_folder / "nato_1964.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = ["iso3,gdp_usd_m_worldbank,milex_pct_gdp_owid_cow"]
    for ally in allies:
        iso3, *_, gdp, share = ally.split(",")
        rows.append(f"{iso3},{float(gdp) * 1000:.0f},{'' if iso3 == 'DEU' else share}")
    (states / "olson_zeckhauser").mkdir()
    (states / build.RECOMPUTED_1964.file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    edit(states, build.OWID_SHARES.file, "West Germany,1989,1.96712", "West Germany,1964,4.6996")
    monkeypatch.setattr(build, "RECOMPUTED_1964", build.RECOMPUTED_1964._replace(rows=14))
    before = content(data_folder)
    build.main([str(states), "nato_1964"])
    assert content(data_folder) == before
    edit(data_folder, "nato_1964.csv", "4.43,5.29", "4.34,5.29")
    said = refusal(build, states, "nato_1964")
    assert "gives 4.34 as gdp_recomputed of PRT; the raw files give 4.43." in said
