"""Wrong answers that people give to exercise 03, and words of what the tests must say to each."""

# %% warm-up: every report counted, copies and all
# says: count sources
belief = intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, REPORTS - COPIES)[0]
least_reliability = deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)

# %% warm-up: the copies counted, and not the others
# says: You counted the copies
belief = intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, COPIES)[1]
least_reliability = deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)

# %% warm-up: as if the belief before were one half
# says: what you believed before
belief = intelligence.pooled_belief(0.5, STRENGTH, REPORTS, REPORTS - COPIES)[1]
least_reliability = deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)

# %% warm-up: the excess of the chance over the cost, not divided
# says: Divide
belief = intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, REPORTS - COPIES)[1]
least_reliability = P_ALONE - COST

# %% warm-up: how unreliable the ally may be
# says: Find the reliability at which it gains nothing
belief = intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, REPORTS - COPIES)[1]
least_reliability = 1 - deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)

# %% warm-up: as if the target had not relaxed
# says: from before the pledge
belief = intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, REPORTS - COPIES)[1]
least_reliability = (P_BEFORE - COST) / (P_BEFORE - P_DEFENDED)

# %% warm-up: in per cent
# says: write it as a fraction
belief = 100 * intelligence.pooled_belief(PRIOR, STRENGTH, REPORTS, REPORTS - COPIES)[1]
least_reliability = 100 * deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)

# %% warm-up: the belief before taken for odds
# says: The odds before, times the strength
odds = PRIOR * STRENGTH ** (REPORTS - COPIES)
belief = odds / (1 + odds)
least_reliability = deterrence.honour_threshold(P_ALONE, P_DEFENDED, COST)


# %% club: the partners in the order of the list
# says: You took the first
def best_club(leaks, correlation, leak_loss):
    losses = []
    for n in range(1, len(leaks) + 1):
        known = n / (1 + (n - 1) * correlation)
        kept = np.prod([1 - leak for leak in leaks[:n]])
        losses.append(1 / (1 + known) + leak_loss * (1 - kept))
    return list(range(1 + int(np.argmin(losses))))


# %% club: those who leak most come first
# says: You took the first
def best_club(leaks, correlation, leak_loss):
    order = np.argsort(leaks)[::-1]
    n = np.arange(1, len(order) + 1)
    kept = np.cumprod(1 - np.array(leaks)[order])
    losses = 1 / (1 + n / (1 + (n - 1) * correlation)) + leak_loss * (1 - kept)
    return sorted(order[: 1 + np.argmin(losses)].tolist())


# %% club: the correlation left out
# says: the one who leaks least should be in
def best_club(leaks, correlation, leak_loss):
    order = np.argsort(leaks)
    n = np.arange(1, len(order) + 1)
    kept = np.cumprod(1 - np.array(leaks)[order])
    losses = 1 / (1 + n) + leak_loss * (1 - kept)
    return sorted(order[: 1 + np.argmin(losses)].tolist())


# %% club: everybody
# says: only the one who leaks least should be in
def best_club(leaks, correlation, leak_loss):
    return list(range(len(leaks)))


# %% club: the best members, in the order of their leaks
# says: Give the places in rising order
def best_club(leaks, correlation, leak_loss):
    order = np.argsort(leaks)
    n = np.arange(1, len(order) + 1)
    kept = np.cumprod(1 - np.array(leaks)[order])
    losses = 1 / (1 + n / (1 + (n - 1) * correlation)) + leak_loss * (1 - kept)
    return order[: 1 + np.argmin(losses)].tolist()


# %% club: the places counted from 1
# says: the places run from 0
def best_club(leaks, correlation, leak_loss):
    order = np.argsort(leaks)
    n = np.arange(1, len(order) + 1)
    kept = np.cumprod(1 - np.array(leaks)[order])
    losses = 1 / (1 + n / (1 + (n - 1) * correlation)) + leak_loss * (1 - kept)
    return sorted((1 + order[: 1 + np.argmin(losses)]).tolist())


# %% club: the answer printed and not returned
# says: does it end with `return`
def best_club(leaks, correlation, leak_loss):
    print(np.argsort(leaks))


# %% club: the leaks added up, as if two could leak the same secret twice
# says: there is a club with a smaller loss
def best_club(leaks, correlation, leak_loss):
    order = np.argsort(leaks)
    n = np.arange(1, len(order) + 1)
    leaked = np.minimum(1, np.cumsum(np.array(leaks)[order]))
    losses = 1 / (1 + n / (1 + (n - 1) * correlation)) + leak_loss * leaked
    return sorted(order[: 1 + np.argmin(losses)].tolist())


# %% club: up to the first partner who makes it worse
# says: be better again
def best_club(leaks, correlation, leak_loss):
    waiting = sorted(range(len(leaks)), key=lambda i: leaks[i])
    inside, cost = [waiting[0]], None
    for i in waiting:
        trial = sorted({*inside, i})
        worth = len(trial) / (1 + (len(trial) - 1) * correlation)
        silent = np.prod([1 - leaks[j] for j in trial])
        now = 1 / (1 + worth) + leak_loss * (1 - silent)
        if cost is not None and now >= cost:
            break
        inside, cost = trial, now
    return inside


# %% ratio: the numbers of starts, not the rates
# says: Divide the rates
def rate_ratio(table):
    return table.loc[table["pledge"], "starts"].sum() / table.loc[~table["pledge"], "starts"].sum()


# %% ratio: upside down
# says: the rate with the pledge goes on top
def rate_ratio(table):
    return (
        table.loc[~table["pledge"], "starts"].mean() / table.loc[table["pledge"], "starts"].mean()
    )


# %% ratio: starts against quiet rows
# says: You divide starts by quiet rows
def rate_ratio(table):
    starts = table.groupby("pledge")["starts"].sum()
    quiet = table.groupby("pledge")["starts"].size() - starts
    return (starts / quiet)[True] / (starts / quiet)[False]


# %% ratio: the table changed on the way
# says: Your function changes the table
def rate_ratio(table):
    table["weight"] = 1
    rates = table.groupby("pledge")["starts"].mean()
    return rates[True] / rates[False]


# %% both: all pairs
# says: You count all pairs
def both_ways(table):
    return table["pair"].nunique()


# %% both: the pairs that ever had the pledge
# says: Both are asked for
def both_ways(table):
    return table.loc[table["pledge"], "pair"].nunique()


# %% both: the rows of such pairs
# says: You count rows
def both_ways(table):
    kinds = table.groupby("pair")["pledge"].transform("nunique")
    return int((kinds == 2).sum())


# %% both: a table instead of a number
# says: Return one number, not a table
def both_ways(table):
    return table.groupby("pair")["pledge"].nunique() == 2


# %% both: repeated rows thrown away for all who use the table
# says: Your function changes the table
def both_ways(table):
    table.drop_duplicates(["pair", "pledge"], inplace=True)
    return int((table["pair"].value_counts() == 2).sum())


# %% same: all rows with all rows
# says: Compare each pair with itself
def same_pair_ratio(table):
    rates = table.groupby("pledge")["starts"].mean()
    return rates[True] / rates[False]


# %% same: the mean of the pairs' ratios
# says: divide once, at the end
def same_pair_ratio(table):
    rates = table.groupby(["pair", "pledge"])["starts"].mean().unstack()
    return (rates[True] / rates[False]).mean()


# %% same: without the division by n + m
# says: You left out the division
def same_pair_ratio(table):
    x, n = (table[table["pledge"]].groupby("pair")["starts"].agg(how) for how in ("sum", "size"))
    y, m = (table[~table["pledge"]].groupby("pair")["starts"].agg(how) for how in ("sum", "size"))
    return (x * m).sum() / (y * n).sum()


# %% same: upside down
# says: upside down
def same_pair_ratio(table):
    cells = table.groupby(["pair", "pledge"])["starts"].agg(["sum", "size"]).unstack().dropna()
    x, y = cells["sum", True], cells["sum", False]
    n, m = cells["size", True], cells["size", False]
    return (y * n / (n + m)).sum() / (x * m / (n + m)).sum()


# %% same: a ratio for each pair
# says: Return one number
def same_pair_ratio(table):
    rates = table.groupby(["pair", "pledge"])["starts"].mean().unstack()
    return rates[True] / rates[False]


# %% same: the table sorted for all who use it
# says: Your function changes the table
def same_pair_ratio(table):
    table.sort_values("pair", inplace=True)
    cells = table.groupby(["pair", "pledge"])["starts"].agg(["sum", "size"]).unstack().dropna()
    x, y = cells["sum", True], cells["sum", False]
    n, m = cells["size", True], cells["size", False]
    return (x * m / (n + m)).sum() / (y * n / (n + m)).sum()
