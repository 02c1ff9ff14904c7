"""Wrong answers that people give to exercise 06b, and words of what the tests must say to each."""

# %% warm-up: no bloc
# says: the number without the bloc
poles = float(power.effective_number(POWERS))
small = power.banzhaf(VOTES, NEEDED)[-1]

# %% warm-up: the bloc left out
# says: You left the bloc out
poles = float(power.effective_number(POWERS[2:]))
small = power.banzhaf(VOTES, NEEDED)[-1]

# %% warm-up: the sum of squares
# says: divide 1 by the sum of squares
shares = [part / sum(POWERS) for part in (sum(POWERS[:2]), *POWERS[2:])]
poles = sum(share**2 for share in shares)
small = power.banzhaf(VOTES, NEEDED)[-1]

# %% warm-up: votes for power
# says: the share of the votes
poles = power.effective_number([sum(POWERS[:2]), *POWERS[2:]])
small = VOTES[2] / sum(VOTES)

# %% warm-up: the two smallest joined
# says: number of poles is another one
poles = power.effective_number([*POWERS[:4], POWERS[4] + POWERS[5]])
small = float(power.banzhaf(VOTES, NEEDED)[-1])

# %% warm-up: not made to sum to 1
# says: another share of the power
poles = power.effective_number([sum(POWERS[:2]), *POWERS[2:]])
small = float(power.banzhaf(VOTES, NEEDED, normalised=False)[-1])


# %% model: every winning coalition
# says: would *lose* without the member
def decisive(votes, quota, vetoes):
    counts = [0] * len(votes)
    for k in range(1, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            if sum(votes[i] for i in group) >= quota and all(v in group for v in vetoes):
                for i in group:
                    counts[i] += 1
    return counts


# %% model: more than the quota
# says: if it *reaches* the quota
def decisive(votes, quota, vetoes):
    def wins(group):
        return sum(votes[i] for i in group) > quota and all(v in group for v in vetoes)

    counts = [0] * len(votes)
    for k in range(1, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            if wins(group):
                for i in group:
                    counts[i] += not wins([j for j in group if j != i])
    return counts


# %% model: vetoes forgotten
# says: has a veto: a coalition without it
def decisive(votes, quota, vetoes):
    return [int(count) for count in power.swings(votes, quota)]


# %% model: the veto checked, but not when a member leaves
# says: without it nothing passes
def decisive(votes, quota, vetoes):
    counts = [0] * len(votes)
    for k in range(1, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            weight = sum(votes[i] for i in group)
            if weight >= quota and all(v in group for v in vetoes):
                for i in group:
                    counts[i] += weight - votes[i] < quota
    return counts


# %% model: one veto is enough
# says: decisive another number of times
def decisive(votes, quota, vetoes):
    def wins(group):
        agreed = not vetoes or any(v in group for v in vetoes)
        return sum(votes[i] for i in group) >= quota and agreed

    counts = [0] * len(votes)
    for k in range(1, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            if wins(group):
                for i in group:
                    counts[i] += not wins([j for j in group if j != i])
    return counts


# %% model: coalitions of at least two
# says: decisive another number of times
def decisive(votes, quota, vetoes):
    def wins(group):
        return sum(votes[i] for i in group) >= quota and all(v in group for v in vetoes)

    counts = [0] * len(votes)
    for k in range(2, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            if wins(group):
                for i in group:
                    counts[i] += not wins([j for j in group if j != i])
    return counts


# %% model: shares
# says: counts, and not shares
def decisive(votes, quota, vetoes):
    def wins(group):
        return sum(votes[i] for i in group) >= quota and all(v in group for v in vetoes)

    counts = [0] * len(votes)
    for k in range(1, len(votes) + 1):
        for group in combinations(range(len(votes)), k):
            if wins(group):
                for i in group:
                    counts[i] += not wins([j for j in group if j != i])
    return [count / sum(counts) for count in counts]


# %% bloc: not divided
# says: Divide by the year's sum
def bloc_share(table, members, year):
    now = table[table["year"] == year]
    return now.loc[now["ccode"].isin(members), "cinc"].sum()


# %% bloc: in percent
# says: not in percent
def bloc_share(table, members, year):
    now = table[table["year"] == year]
    return 100 * now.loc[now["ccode"].isin(members), "cinc"].sum() / now["cinc"].sum()


# %% bloc: all years together
# says: You took all years together
def bloc_share(table, members, year):
    return table.loc[table["ccode"].isin(members), "cinc"].sum() / table["cinc"].sum()


# %% bloc: each member must be there
# says: your function stops
def bloc_share(table, members, year):
    now = table[table["year"] == year].set_index("ccode")["cinc"]
    return sum(now[member] for member in members) / now.sum()


# %% partners: without defence, too
# says: is no pledge of defence
def partners(table, state, year):
    now = table[(table["start"] <= year) & ~(table["end"] <= year)]
    return len({*now[now["state_a"] == state]["state_b"], *now[now["state_b"] == state]["state_a"]})


# %% partners: open ends dropped
# says: the pact is still in force
def partners(table, state, year):
    now = table[table["defense"]].dropna(subset=["end"])
    now = now[(now["start"] <= year) & (now["end"] > year)]
    return len({*now[now["state_a"] == state]["state_b"], *now[now["state_b"] == state]["state_a"]})


# %% partners: the first column only
# says: may stand in either column
def partners(table, state, year):
    now = table[
        table["defense"] & (table["start"] <= year) & (table["end"].isna() | (table["end"] > year))
    ]
    return now.loc[now["state_a"] == state, "state_b"].nunique()


# %% partners: rows counted
# says: your number of partners is wrong
def partners(table, state, year):
    now = table[
        table["defense"] & (table["start"] <= year) & (table["end"].isna() | (table["end"] > year))
    ]
    return int(((now["state_a"] == state) | (now["state_b"] == state)).sum())


# %% partners: the last year counted
# says: your number of partners is wrong
def partners(table, state, year):
    now = table[
        table["defense"] & (table["start"] <= year) & (table["end"].isna() | (table["end"] >= year))
    ]
    return len({*now[now["state_a"] == state]["state_b"], *now[now["state_b"] == state]["state_a"]})


# %% balanced: three enemies balanced
# says: Three enemies are not balanced
def balanced_share(table):
    sign = {
        frozenset(row[:2]): row[2]
        for row in table[["state_a", "state_b", "sign"]].itertuples(index=False, name=None)
    }
    names = sorted({*table["state_a"], *table["state_b"]})
    triads = [
        [sign.get(frozenset(pair)) for pair in combinations(three, 2)]
        for three in combinations(names, 3)
    ]
    triads = [triad for triad in triads if None not in triad]
    return sum(triad.count(-1) != 1 for triad in triads) / len(triads)


# %% balanced: friends only
# says: Two friends with a common enemy
def balanced_share(table):
    sign = {
        frozenset(row[:2]): row[2]
        for row in table[["state_a", "state_b", "sign"]].itertuples(index=False, name=None)
    }
    names = sorted({*table["state_a"], *table["state_b"]})
    triads = [
        [sign.get(frozenset(pair)) for pair in combinations(three, 2)]
        for three in combinations(names, 3)
    ]
    triads = [triad for triad in triads if None not in triad]
    return sum(triad == [1, 1, 1] for triad in triads) / len(triads)


# %% balanced: in percent
# says: not in percent
def balanced_share(table):
    graph = networks.nx.Graph()
    for row in table.itertuples():
        graph.add_edge(row.state_a, row.state_b, sign=row.sign)
    return 100 * networks.triangle_balance(graph).share


# %% balanced: in the order of the table only
# says: share of balanced triangles is wrong
def balanced_share(table):
    sign = {(row.state_a, row.state_b): row.sign for row in table.itertuples()}
    after = {}
    for one, other in sign:
        after.setdefault(one, []).append(other)
    products = [
        sign[one, other] * sign[other, third] * sign[one, third]
        for one, other in sign
        for third in after.get(other, [])
        if (one, third) in sign
    ]
    return sum(product > 0 for product in products) / len(products)
