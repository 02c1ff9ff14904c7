"""Wrong answers that people give to exercise 04, and words of what the tests must say to each."""

# %% warm-up: the second term forgotten
# says: Take off the second
agreement = MEMBERS * (2 * REACH) ** (MEMBERS - 1)
their_share = 0.5 if LEAST < 0.5 else LEAST

# %% warm-up: a parliament taken for an alternative
# says: is no such thing
agreement = bargaining.common_win_set_probability(MEMBERS, REACH)
their_share = bargaining.nash_bargain(0, LEAST)[1]

# %% warm-up: in percent
# says: Not in percent
agreement = 100 * bargaining.common_win_set_probability(MEMBERS, REACH)
their_share = 0.5 if LEAST < 0.5 else LEAST

# %% warm-up: one member too few
# says: The chance that all agree is another one
agreement = bargaining.common_win_set_probability(MEMBERS - 1, REACH)
their_share = 0.5 if LEAST < 0.5 else LEAST

# %% warm-up: all of it, since we accept anything
# says: another has the largest product
agreement = bargaining.common_win_set_probability(MEMBERS, REACH)
their_share = 1.0


# %% model: once the reach instead of twice
# says: 10 and 20 meet at 15
def most_agreeing(points, reach):
    return max(sum(low <= point <= low + reach for point in points) for low in points)


# %% model: the ends left out
# says: *at most* 5 away counts
def most_agreeing(points, reach):
    return max(sum(low <= point < low + 2 * reach for point in points) for low in points)


# %% model: near the mean only
# says: members who agree lie up to
def most_agreeing(points, reach):
    mean = sum(points) / len(points)
    return sum(abs(point - mean) <= reach for point in points)


# %% model: where most want the same
# says: Did you look only at one place
def most_agreeing(points, reach):
    low = max(points, key=points.count)
    return sum(low <= point <= low + 2 * reach for point in points)


# %% model: nothing comes back
# says: does it end with `return`
def most_agreeing(points, reach):
    max(sum(low <= point <= low + 2 * reach for point in points) for low in points)


# %% model: equal points counted once
# says: Three members want the same
def most_agreeing(points, reach):
    different = set(points)
    return max(sum(low <= point <= low + 2 * reach for point in different) for low in different)


# %% model: neighbours in the list as it was handed over
# says: another number can accept one position
def most_agreeing(points, reach):
    best = 1
    for first in range(len(points)):
        for last in range(first, len(points)):
            run = points[first : last + 1]
            if max(run) - min(run) <= 2 * reach:
                best = max(best, len(run))
    return best


# %% largest: all years
# says: You took all years
def largest_share(table, year):
    return table["milex"].max() / table["milex"].sum()


# %% largest: only states with soldiers
# says: Here all states count
def largest_share(table, year):
    own = table[(table["year"] == year) & (table["milper"] > 0)]["milex"]
    return own.max() / own.sum()


# %% largest: in percent
# says: not in percent
def largest_share(table, year):
    own = table[table["year"] == year]["milex"]
    return 100 * own.max() / own.sum()


# %% largest: the first row taken for the largest
# says: Elsewhere your largest share is wrong
def largest_share(table, year):
    own = table[table["year"] == year]["milex"]
    return own.iloc[0] / own.sum()


# %% gap: of the sums
# says: Divide each by its soldiers
def gap(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    return own["milex"].max() / own["milex"].min()


# %% gap: a difference
# says: That is a difference
def gap(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    each = own["milex"] / own["milper"]
    return each.max() - each.min()


# %% gap: a state without soldiers
# says: A state without soldiers
def gap(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0)]
    each = own["milex"] / own["milper"]
    return each.max() / each.min()


# %% gap: who spends most against who spends least in all
# says: Elsewhere your gap is wrong
def gap(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    own = own.sort_values("milex")
    each = own["milex"] / own["milper"]
    return each.iloc[-1] / each.iloc[0]


# %% disagree: not divided by people
# says: Divide both by the people
def disagree(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    rows = list(zip(own["milex"], own["milper"], strict=True))
    apart = [(a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(rows) for b in rows[:i]]
    return sum(apart) / len(apart)


# %% disagree: equal ones counted
# says: do not disagree, whatever they spend
def disagree(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    rows = list(zip(own["milex"] / own["tpop"], own["milper"] / own["tpop"], strict=True))
    apart = [(a[0] - b[0]) * (a[1] - b[1]) <= 0 for i, a in enumerate(rows) for b in rows[:i]]
    return sum(apart) / len(apart)


# %% disagree: each pair twice below the line
# says: Count each pair once
def disagree(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    rows = list(zip(own["milex"] / own["tpop"], own["milper"] / own["tpop"], strict=True))
    apart = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(rows) for b in rows[:i])
    return apart / (len(rows) * (len(rows) - 1))


# %% disagree: neighbours in the table only
# says: Elsewhere your share of pairs is wrong
def disagree(table, year):
    own = table[(table["year"] == year) & (table["milex"] > 0) & (table["milper"] > 0)]
    rows = list(zip(own["milex"] / own["tpop"], own["milper"] / own["tpop"], strict=True))
    from itertools import pairwise

    apart = [(a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairwise(rows)]
    return sum(apart) / len(apart)
