"""Wrong answers that people give to exercise 06, and words of what the tests must say to each."""

# %% warm-up: the whole way
# says: Divide by twice the doubt
risk = 1 - COST / DOUBT
held = FATIGUE - REACTION
rest = GRIEVANCE / held

# %% warm-up: the demand
# says: how much A demands
risk = deterrence.optimal_demand(WIN, COST, DOUBT)[0]
held = FATIGUE - REACTION
rest = GRIEVANCE / held

# %% warm-up: the other has nothing
# says: if the other had nothing
risk = (DOUBT - COST) / 2 / DOUBT
rest = GRIEVANCE / FATIGUE

# %% warm-up: reaction added to what drives, once
# says: The race rests elsewhere
risk = (DOUBT - COST) / 2 / DOUBT
rest = (GRIEVANCE + REACTION) / FATIGUE


# %% model: one after the other
# says: still sees the old arms
def arms_after(start, reaction, fatigue, grievance, years):
    arms = list(start)
    for _ in range(years):
        for at, own in enumerate(arms):
            others = sum(arms) - own
            arms[at] = max(0, own + reaction * others - fatigue * own + grievance)
    return arms


# %% model: afraid of oneself
# says: and not to its own as well
def arms_after(start, reaction, fatigue, grievance, years):
    arms = list(start)
    for _ in range(years):
        total = sum(arms)
        arms = [max(0, own + reaction * total - fatigue * own + grievance) for own in arms]
    return arms


# %% model: always from the start
# says: begins with the arms after the first
def arms_after(start, reaction, fatigue, grievance, years):
    total = sum(start)
    steps = [reaction * (total - own) - fatigue * own + grievance for own in start]
    return [max(0, own + years * step) for own, step in zip(start, steps, strict=True)]


# %% model: the mean of the others
# says: react to the sum of both
def arms_after(start, reaction, fatigue, grievance, years):
    arms = list(start)
    for _ in range(years):
        total, others = sum(arms), max(1, len(arms) - 1)
        means = [(total - own) / others for own in arms]
        pairs = zip(arms, means, strict=True)
        arms = [max(0, own + reaction * mean - fatigue * own + grievance) for own, mean in pairs]
    return arms


# %% model: below nothing only at the end
# says: with goodwill they may reach 0
def arms_after(start, reaction, fatigue, grievance, years):
    arms = list(start)
    for _ in range(years):
        total = sum(arms)
        arms = [own + reaction * (total - own) - fatigue * own + grievance for own in arms]
    return [max(0, own) for own in arms]


# %% growth: upside down
# says: The other way round
def growth(spending, state, first, last):
    own = dict(spending.loc[spending["state"] == state, ["year", "milex"]].to_numpy())
    if first in own and last in own:
        return own[first] / own[last]


# %% growth: how much more
# says: not how much more
def growth(spending, state, first, last):
    own = dict(spending.loc[spending["state"] == state, ["year", "milex"]].to_numpy())
    if first in own and last in own:
        return own[last] / own[first] - 1


# %% growth: a missing year is nothing
# says: return None
def growth(spending, state, first, last):
    own = dict(spending.loc[spending["state"] == state, ["year", "milex"]].to_numpy())
    return own.get(last, 0) / own.get(first, 1)


# %% growth: from the earliest row on
# says: Elsewhere your growth is wrong
def growth(spending, state, first, last):
    own = spending[(spending["state"] == state) & spending["year"].isin([first, last])]
    return own["milex"].iloc[-1] / own["milex"].iloc[0] if len(own) == 2 else None


# %% partners: one column
# says: stands in the column `other`, too
def partners(pacts, state, year):
    force = pacts[(pacts["start"] <= year) & (pacts["end"] > year)]
    return sorted(set(force.loc[force["one"] == state, "other"]))


# %% partners: the last year too
# says: not in force in 1960 any more
def partners(pacts, state, year):
    force = pacts[(pacts["start"] <= year) & (pacts["end"] >= year)]
    first, second = force[force["one"] == state]["other"], force[force["other"] == state]["one"]
    return sorted(set(first) | set(second))


# %% partners: the first year not
# says: in force in 1950
def partners(pacts, state, year):
    force = pacts[(pacts["start"] < year) & (pacts["end"] > year)]
    first, second = force[force["one"] == state]["other"], force[force["other"] == state]["one"]
    return sorted(set(first) | set(second))


# %% partners: each row
# says: Each partner once
def partners(pacts, state, year):
    force = pacts[(pacts["start"] <= year) & (pacts["end"] > year)]
    return sorted([*force[force["one"] == state]["other"], *force[force["other"] == state]["one"]])


# %% middle: the mean
# says: take the median
def middle_growth(spending, states, first, last):
    asked = spending[spending["state"].isin(states)]
    wide = asked.pivot(index="state", columns="year", values="milex")
    return (wide[last] / wide[first]).mean()


# %% middle: all states
# says: Only the states in the list
def middle_growth(spending, states, first, last):
    wide = spending.pivot(index="state", columns="year", values="milex")
    return (wide[last] / wide[first]).median()


# %% middle: missing is nothing
# says: do not count it as 0
def middle_growth(spending, states, first, last):
    asked = spending[spending["state"].isin(states)]
    wide = asked.pivot(index="state", columns="year", values="milex")
    return (wide[last].fillna(0) / wide[first]).median()


# %% middle: the lower of two middles
# says: the median is 2.5
def middle_growth(spending, states, first, last):
    asked = spending[spending["state"].isin(states)]
    wide = asked.pivot(index="state", columns="year", values="milex")
    grown = sorted((wide[last] / wide[first]).dropna())
    return grown[(len(grown) - 1) // 2]


# %% middle: the growth of the medians
# says: Elsewhere your median is another one
def middle_growth(spending, states, first, last):
    asked = spending[spending["state"].isin(states)]
    wide = asked.pivot(index="state", columns="year", values="milex")
    both = wide[[first, last]].dropna()
    return both[last].median() / both[first].median()
