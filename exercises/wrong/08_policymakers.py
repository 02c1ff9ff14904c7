"""Wrong answers that people give to exercise 08, and words of what the tests must say to each."""

# %% warm-up: multiplied
# says: it is above it
third = FIRST * SECOND
tie = (OPEN_CALM - FIRM_CALM) / (OPEN_CALM - FIRM_CALM + FIRM_CRISIS - OPEN_CRISIS)

# %% warm-up: the wrong way round
# says: Protection counts
third = SECOND / FIRST
tie = (OPEN_CALM - FIRM_CALM) / (OPEN_CALM - FIRM_CALM + FIRM_CRISIS - OPEN_CRISIS)

# %% warm-up: the chance of calm
# says: That is the chance of calm
third = FIRST / SECOND
tie = (FIRM_CRISIS - OPEN_CRISIS) / (OPEN_CALM - FIRM_CALM + FIRM_CRISIS - OPEN_CRISIS)

# %% warm-up: in percent
# says: A chance lies between 0 and 1
third = FIRST / SECOND
tie = 100 * (OPEN_CALM - FIRM_CALM) / (OPEN_CALM - FIRM_CALM + FIRM_CRISIS - OPEN_CRISIS)

# %% warm-up: one gain over the other
# says: bring different means
third = FIRST / SECOND
tie = min(0.99, (OPEN_CALM - FIRM_CALM) / (FIRM_CRISIS - OPEN_CRISIS))


# %% model: the law left out
# says: The option 1 has a
def robust_choice(payoffs, checks):
    tops = [max(column) for column in zip(*payoffs, strict=True)]
    worst = [max(t - x for t, x in zip(tops, row, strict=True)) for row in payoffs]
    return worst.index(min(worst))


# %% model: the law comes last
# says: Strike the option 1 off before
def robust_choice(payoffs, checks):
    tops = [max(column) for column in zip(*payoffs, strict=True)]
    worst = [max(t - x for t, x in zip(tops, row, strict=True)) for row in payoffs]
    places = [i for i, answers in enumerate(checks) if "no" not in answers]
    return min(places, key=lambda i: (worst[i], checks[i].count("mend")), default=None)


# %% model: the place among those left
# says: the place in the whole list
def robust_choice(payoffs, checks):
    left = [row for row, answers in zip(payoffs, checks, strict=True) if "no" not in answers]
    if not left:
        return None
    tops = [max(column) for column in zip(*left, strict=True)]
    worst = [max(t - x for t, x in zip(tops, row, strict=True)) for row in left]
    return worst.index(min(worst))


# %% model: the best worst case
# says: You take the best worst case
def robust_choice(payoffs, checks):
    places = [i for i, answers in enumerate(checks) if "no" not in answers]
    return max(places, key=lambda i: min(payoffs[i]), default=None)


# %% model: the best sum
# says: You take the best mean
def robust_choice(payoffs, checks):
    places = [i for i, answers in enumerate(checks) if "no" not in answers]
    return max(places, key=lambda i: sum(payoffs[i]), default=None)


# %% model: mending is forbidden
# says: “mend” is no “no”
def robust_choice(payoffs, checks):
    places = [i for i, answers in enumerate(checks) if set(answers) == {"yes"}]
    if not places:
        return None
    tops = [max(payoffs[i][j] for i in places) for j in range(len(payoffs[0]))]
    return min(places, key=lambda i: max(t - x for t, x in zip(tops, payoffs[i], strict=True)))


# %% model: the first of those alike
# says: For other options or checks
def robust_choice(payoffs, checks):
    places = [i for i, answers in enumerate(checks) if "no" not in answers]
    if not places:
        return None
    tops = [max(payoffs[i][j] for i in places) for j in range(len(payoffs[0]))]
    return min(places, key=lambda i: max(t - x for t, x in zip(tops, payoffs[i], strict=True)))


# %% conflict: names as text
# says: Nigeria is not Niger
def conflict_years(table, place, first, last):
    own = table[table["location"].map(lambda names: place in names)]
    return own.loc[own["year"].between(first, last), "year"].nunique()


# %% conflict: rows counted
# says: Three conflicts in one year
def conflict_years(table, place, first, last):
    named = table["location"].map(lambda names: place in names.split(", "))
    return int((named & table["year"].between(first, last)).sum())


# %% conflict: alone only
# says: A place may stand beside others
def conflict_years(table, place, first, last):
    own = table[(table["location"] == place) & table["year"].between(first, last)]
    return own["year"].nunique()


# %% conflict: whole words of a text
# says: the number of years with a conflict
def conflict_years(table, place, first, last):
    named = table["location"].str.contains(rf"\b{place}\b")
    return table.loc[named & table["year"].between(first, last), "year"].nunique()


# %% share: without itself
# says: The whole is the state itself
def share_of_region(table, state, others, year):
    now = table[table["year"] == year].set_index("ccode")["milex"]
    return float(now[state] / now.reindex(others).sum(skipna=False))


# %% share: of all in the table
# says: Only the year
def share_of_region(table, state, others, year):
    region = table[table["ccode"].isin([state, *others])]
    own = region[(region["ccode"] == state) & (region["year"] == year)]
    return float(own["milex"].sum() / region["milex"].sum())


# %% share: what is missing counts nothing
# says: is missing: return None
def share_of_region(table, state, others, year):
    now = table[table["year"] == year].set_index("ccode")["milex"]
    return float(now[state] / now.reindex([state, *others]).sum())


# %% share: a row that is not there
# says: in the row or with its row
def share_of_region(table, state, others, year):
    now = table[(table["year"] == year) & table["ccode"].isin([state, *others])]
    if now["milex"].isna().any():
        return None
    own = now.loc[now["ccode"] == state, "milex"].sum()
    return float(own / now["milex"].sum()) if now["milex"].sum() else 0.0


# %% lead: the others first
# says: You take the group from the others
def growth_lead(table, group, others, first, last):
    wide = table.pivot(index="ccode", columns="year", values="milex")
    ratio = (wide[last] / wide[first])[wide[first] > 0]
    return float(ratio.reindex(others).median() - ratio.reindex(group).median())


# %% lead: the mean
# says: That is the mean
def growth_lead(table, group, others, first, last):
    wide = table.pivot(index="ccode", columns="year", values="milex")
    ratio = (wide[last] / wide[first])[wide[first] > 0]
    return float(ratio.reindex(group).mean() - ratio.reindex(others).mean())


# %% lead: sums divided
# says: Divide state by state
def growth_lead(table, group, others, first, last):
    wide = table.pivot(index="ccode", columns="year", values="milex")[[first, last]].dropna()
    parts = [wide.reindex(codes).sum() for codes in (group, others)]
    return float(parts[0][last] / parts[0][first] - parts[1][last] / parts[1][first])


# %% lead: growth from nothing
# says: Elsewhere the group leads
def growth_lead(table, group, others, first, last):
    wide = table.pivot(index="ccode", columns="year", values="milex")
    ratio = wide[last] / wide[first]
    return float(ratio.reindex(group).median() - ratio.reindex(others).median())
