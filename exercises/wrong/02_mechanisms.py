"""Wrong answers that people give to exercise 02, and words of what the tests must say to each."""

# %% warm-up: the bridge forgotten
# says: the bridge between the two clubs
number_of_ties = sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT - SPOKES * COST
all_gain = 2 * hub_gain + SPOKES * (SPOKES - 1) * BENEFIT**2

# %% warm-up: every tie from both ends
# says: from both of its ends
number_of_ties = CLUB_A * (CLUB_A - 1) + CLUB_B * (CLUB_B - 1) + 1
hub_gain = SPOKES * BENEFIT - SPOKES * COST
all_gain = 2 * hub_gain + SPOKES * (SPOKES - 1) * BENEFIT**2

# %% warm-up: the hub pays for nothing
# says: what the hub gains is below 0
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT
all_gain = 2 * hub_gain - SPOKES * COST + SPOKES * (SPOKES - 1) * BENEFIT**2

# %% warm-up: the hub pays once
# says: for all of its ties
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT - COST
all_gain = 2 * SPOKES * (BENEFIT - COST) + SPOKES * (SPOKES - 1) * BENEFIT**2

# %% warm-up: one tie of the hub
# says: what one tie brings
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = BENEFIT - COST
all_gain = 2 * SPOKES * hub_gain + SPOKES * (SPOKES - 1) * BENEFIT**2

# %% warm-up: the spokes reach nobody but the hub
# says: each spoke also gains from the other spokes
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT - SPOKES * COST
all_gain = 2 * hub_gain

# %% warm-up: a spoke gains from itself, too
# says: Hub and spokes together gain another sum
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT - SPOKES * COST
all_gain = 2 * hub_gain + SPOKES**2 * BENEFIT**2

# %% warm-up: a tie is paid for by the hub alone
# says: Hub and spokes together gain another sum
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
hub_gain = SPOKES * BENEFIT - SPOKES * COST
all_gain = hub_gain + SPOKES * BENEFIT + SPOKES * (SPOKES - 1) * BENEFIT**2


# %% model: the most ties
# says: not the ties
def worst_leaver(ties):
    return max(nx.Graph(ties).degree, key=lambda pair: pair[1])[0]


# %% model: the most pairs that are left
# says: at the end of the line
def worst_leaver(ties):
    counts = {}
    for name in nx.Graph(ties):
        without = nx.Graph([tie for tie in ties if name not in tie])
        counts[name] = sum(len(part) ** 2 for part in nx.connected_components(without))
    return max(counts, key=counts.get)


# %% model: nothing comes back
# says: does it end with `return`
def worst_leaver(ties):
    max(nx.Graph(ties).degree, key=lambda pair: pair[1])


# %% model: the most parts instead of the fewest pairs
# says: a state whose leaving leaves fewer pairs
def worst_leaver(ties):
    def key(name):
        part = nx.Graph(ties)
        part.remove_node(name)
        pieces = sorted(map(len, nx.connected_components(part)))
        return -len(pieces), pieces[-1]

    return min(nx.Graph(ties), key=key)


# %% ends: those still in force left out
# says: all pacts look short-lived
def ends_a_year(pacts, last):
    over = pacts.dropna(subset=["end"])
    return len(over) / (over["end"] - over["start"]).sum()


# %% ends: those still in force have ended
# says: still in force as ended
def ends_a_year(pacts, last):
    return len(pacts) / (pacts["end"].fillna(last) - pacts["start"]).sum()


# %% ends: the share that ended
# says: Divide by years in force
def ends_a_year(pacts, last):
    return pacts["end"].notna().mean()


# %% ends: years for an end
# says: Upside down
def ends_a_year(pacts, last):
    return (pacts["end"].fillna(last) - pacts["start"]).sum() / pacts["end"].count()


# %% ends: a pair counts once
# says: your number of ends a year is wrong
def ends_a_year(pacts, last):
    once = pacts.drop_duplicates(["state_a", "state_b"], keep="last")
    return once["end"].count() / (once["end"].fillna(last) - once["start"]).sum()


# %% ends: the ends are filled in for good
# says: changes the table of pacts
def ends_a_year(pacts, last):
    number = pacts["end"].count()
    pacts["end"] = pacts["end"].fillna(last)
    return number / (pacts["end"] - pacts["start"]).sum()


# %% order: agreements instead of pairs
# says: You counted agreements
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    apart = wide["year_y"] - wide["year_x"]
    return apart.between(-years, -1).sum(), apart.between(1, years).sum()


# %% order: the year itself is after
# says: The year of the exercise itself
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    apart = wide["year_y"] - wide["year_x"]
    own = wide["state_a"] * 1000 + wide["state_b"]
    return own[apart.between(-years, -1)].nunique(), own[apart.between(0, years)].nunique()


# %% order: after first
# says: Before comes first
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    apart = wide["year_y"] - wide["year_x"]
    own = wide["state_a"] * 1000 + wide["state_b"]
    return own[apart.between(1, years)].nunique(), own[apart.between(-years, -1)].nunique()


# %% order: any time before, any time after
# says: Only the five years before
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    own = wide["state_a"] * 1000 + wide["state_b"]
    earlier, later = wide["year_y"] < wide["year_x"], wide["year_y"] > wide["year_x"]
    return own[earlier].nunique(), own[later].nunique()


# %% order: one year short
# says: both count
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    apart = wide["year_y"] - wide["year_x"]
    own = wide["state_a"] * 1000 + wide["state_b"]
    return own[apart.between(1 - years, -1)].nunique(), own[apart.between(1, years - 1)].nunique()


# %% order: five years, whatever is asked
# says: your numbers before and after are wrong
def before_after(exercised, agreements, years):
    wide = exercised.merge(agreements, on=["state_a", "state_b"])
    apart = wide["year_y"] - wide["year_x"]
    own = wide["state_a"] * 1000 + wide["state_b"]
    return own[apart.between(-5, -1)].nunique(), own[apart.between(1, 5)].nunique()


# %% allied: any pact, whenever it was
# says: if it was in force in the year
def allied_share(agreements, pacts, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    known = set(zip(pacts["state_a"], pacts["state_b"], strict=True))
    return sum(
        pair in known for pair in zip(inner["state_a"], inner["state_b"], strict=True)
    ) / len(inner)


# %% allied: a missing end taken for an end
# says: a missing end is no end
def allied_share(agreements, pacts, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    found = 0
    for row in inner.itertuples():
        own = pacts[(pacts["state_a"] == row.state_a) & (pacts["state_b"] == row.state_b)]
        found += ((own["start"] <= row.year) & (own["end"] >= row.year)).any()
    return found / len(inner)


# %% allied: the year of the end left out
# says: in the year of its end, too
def allied_share(agreements, pacts, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    found = 0
    for row in inner.itertuples():
        own = pacts[(pacts["state_a"] == row.state_a) & (pacts["state_b"] == row.state_b)]
        still = own["end"].isna() | (own["end"] > row.year)
        found += ((own["start"] <= row.year) & still).any()
    return found / len(inner)


# %% allied: pairs with more than one spell count twice
# says: your share of allied signers is wrong
def allied_share(agreements, pacts, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    wide = inner.merge(pacts, on=["state_a", "state_b"], how="left")
    still = wide["end"].isna() | (wide["end"] >= wide["year"])
    return ((wide["start"] <= wide["year"]) & still).sum() / len(wide)
