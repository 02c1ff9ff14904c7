"""Wrong answers that people give to exercise 02, and words of what the tests must say to each."""

# %% warm-up: the bridge forgotten
# says: the bridge between the two clubs
number_of_ties = sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
mean_steps = 2 - 2 / (SPOKES + 1)

# %% warm-up: every tie from both ends
# says: from both of its ends
number_of_ties = CLUB_A * (CLUB_A - 1) + CLUB_B * (CLUB_B - 1) + 1
mean_steps = 2 - 2 / (SPOKES + 1)

# %% warm-up: the two kinds of pairs as if equally many
# says: more pairs of two spokes
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
mean_steps = 1.5

# %% warm-up: the hub not counted among the states
# says: another number of steps apart
number_of_ties = 1 + sum(size * (size - 1) // 2 for size in (CLUB_A, CLUB_B))
mean_steps = 2 - 2 / SPOKES


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


# %% signed: agreements instead of pairs
# says: One pair signed two
def pairs_signed(agreements, first, last):
    return int(agreements["year"].between(first, last).sum())


# %% signed: the ends left out
# says: Both ends of the span count
def pairs_signed(agreements, first, last):
    inner = agreements[(agreements["year"] > first) & (agreements["year"] < last)]
    return len(set(zip(inner["state_a"], inner["state_b"], strict=True)))


# %% signed: neighbouring rows only
# says: your number of pairs that signed is wrong
def pairs_signed(agreements, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    ends = inner[["state_a", "state_b"]]
    return int((ends != ends.shift()).any(axis=1).sum())


# %% new: all that signed
# says: had signed before 1990
def pairs_new(agreements, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    return len(set(zip(inner["state_a"], inner["state_b"], strict=True)))


# %% new: pairs that signed only once
# says: not pairs that signed only once
def pairs_new(agreements, first, last):
    number = agreements.groupby(["state_a", "state_b"])["year"].transform("size")
    return int((agreements["year"].between(first, last) & (number == 1)).sum())


# %% new: only the year before
# says: your number of new pairs is wrong
def pairs_new(agreements, first, last):
    inner = agreements[agreements["year"].between(first, last)]
    old = agreements[agreements["year"] == first - 1]
    return len(
        set(zip(inner["state_a"], inner["state_b"], strict=True))
        - set(zip(old["state_a"], old["state_b"], strict=True))
    )


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
