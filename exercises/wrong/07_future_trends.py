"""Wrong answers that people give to exercise 07, and words of what the tests must say to each."""

# %% warm-up: what is best for the sum
# says: Could each be asked for so much
depth = VALUE * MEMBERS
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: nobody shut out
# says: if nobody can be shut out
depth = VALUE * 2
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: logarithm to base ten
# says: Take the natural one
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log10(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: the rates exchanged
# says: Are p and q exchanged
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(OWN / EXAMPLE) / (EXAMPLE + OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: not divided
# says: Divide by the sum of both rates
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(EXAMPLE / OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: the member counts itself among those it leaves
# says: between staying and leaving
depth = VALUE * 2 * (1 + MEMBERS * EXCLUSION)
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = min(ALONE) * len(ALONE)

# %% warm-up: each spends as if alone
# says: if each stands alone
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = sum(ALONE)

# %% warm-up: what one of them spends
# says: there are four
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = min(ALONE)

# %% warm-up: all follow the keenest
# says: Nobody spends more than alone
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = 4 * max(ALONE)

# %% warm-up: the lower half sets the level
# says: The least willing of the four
depth = VALUE * 2 * (1 + (MEMBERS - 1) * EXCLUSION)
fastest = math.log(EXAMPLE / OWN) / (EXAMPLE + OWN)
together = 2 * sum(sorted(ALONE)[:2])


# %% model: one after the other within a year
# says: within the same year
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last + 1):
        for state in watched:
            seen = watched[state]
            if state in out or not seen:
                continue
            if sum(other in out for other in seen) >= needed[state] * len(seen):
                out[state] = year
    return out


# %% model: more than the share
# says: Exactly the share that is needed is enough
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last + 1):
        had = set(out)
        for state, seen in watched.items():
            if state not in had and seen:
                share = len(had & set(seen)) / len(seen)
                if share > needed[state] or share == 1:
                    out[state] = year
    return out


# %% model: who watches nobody follows
# says: B watches nobody
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last + 1):
        had = set(out)
        for state, seen in watched.items():
            if state not in had and len(had & set(seen)) >= needed[state] * len(seen):
                out[state] = year
    return out


# %% model: one example is enough
# says: less than the share 0.6
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last + 1):
        had = set(out)
        for state, seen in watched.items():
            if state not in had and had & set(seen):
                out[state] = year
    return out


# %% model: pioneers are not told
# says: The pioneers have adopted
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last + 1):
        had = set(out)
        for state, seen in watched.items():
            if state not in had and seen and len(had & set(seen)) / len(seen) >= needed[state]:
                out[state] = year
    return {state: year for state, year in out.items() if year}


# %% model: the last year left out
# says: up to another year
def adoption_years(watched, needed, pioneers, last):
    out = {state: 0 for state in pioneers}
    for year in range(1, last):
        had = set(out)
        for state, seen in watched.items():
            if state not in had and seen and len(had & set(seen)) / len(seen) >= needed[state]:
                out[state] = year
    return out


# %% between: one direction
# says: Count either direction
def incidents_between(table, one, two, first, last):
    own = table[table["start_year"].between(first, last)].dropna()
    return int(((own["initiator"] == one) & (own["target"] == two)).sum())


# %% between: one of the two
# says: Both must be in it
def incidents_between(table, one, two, first, last):
    own = table[table["start_year"].between(first, last)].dropna()
    return int((own["initiator"].isin([one, two]) | own["target"].isin([one, two])).sum())


# %% between: the ends of the span left out
# says: The first and the last year count
def incidents_between(table, one, two, first, last):
    own = table[(table["start_year"] > first) & (table["start_year"] < last)].dropna()
    return int((own["initiator"].isin([one, two]) & own["target"].isin([one, two])).sum())


# %% between: a missing target
# says: your function stops
def incidents_between(table, one, two, first, last):
    count = 0
    for row in table[table["start_year"].between(first, last)].itertuples():
        count += row.initiator == one and row.target == two
        count += row.initiator == two and row.target == one
    return count


# %% answered: in the same year
# says: to and fro in the same year
def share_followed(table, within):
    own = table.dropna(subset=["target"])
    acts = list(zip(own["initiator"], own["target"], own["start_year"], strict=True))
    late = range(within + 1)
    return sum(any((b, a, year + more) in acts for more in late) for a, b, year in acts) / len(acts)


# %% answered: in percent
# says: not in percent
def share_followed(table, within):
    own = table.dropna(subset=["target"])
    acts = list(zip(own["initiator"], own["target"], own["start_year"], strict=True))
    late = range(1, within + 1)
    met = [any((b, a, year + more) in acts for more in late) for a, b, year in acts]
    return 100 * sum(met) / len(met)


# %% answered: against anybody
# says: goes against the initiator
def share_followed(table, within):
    own = table.dropna(subset=["target"])
    acts = list(zip(own["initiator"], own["target"], own["start_year"], strict=True))
    met = 0
    for _, target, year in acts:
        met += any(by == target and 0 < when - year <= within for by, _, when in acts)
    return met / len(acts)


# %% answered: a number
# says: Divide by the number of incidents
def share_followed(table, within):
    own = table.dropna(subset=["target"])
    acts = list(zip(own["initiator"], own["target"], own["start_year"], strict=True))
    late = range(1, within + 1)
    return sum(any((b, a, year + more) in acts for more in late) for a, b, year in acts)


# %% answered: only in the last of the years
# says: another share of incidents
def share_followed(table, within):
    own = table.dropna(subset=["target"])
    acts = list(zip(own["initiator"], own["target"], own["start_year"], strict=True))
    return sum((b, a, year + within) in acts for a, b, year in acts) / len(acts)


# %% pairs: all incidents alike
# says: a pair with many counts for much
def mean_of_pairs(table):
    return table.dropna(subset=["target"])["severity"].mean()


# %% pairs: by who began
# says: Both directions are one pair
def mean_of_pairs(table):
    own = table.dropna(subset=["target"])
    return own.groupby(["initiator", "target"])["severity"].mean().mean()


# %% pairs: a sum
# says: Divide by the number of pairs
def mean_of_pairs(table):
    own = table.dropna(subset=["target"])
    low = own[["initiator", "target"]].min(axis=1)
    high = own[["initiator", "target"]].max(axis=1)
    return own.groupby([low, high])["severity"].mean().sum()


# %% pairs: told by the sum of the codes
# says: the mean over pairs is another one
def mean_of_pairs(table):
    own = table.dropna(subset=["target"])
    return own.groupby((own["initiator"] + own["target"]) // 10)["severity"].mean().mean()
