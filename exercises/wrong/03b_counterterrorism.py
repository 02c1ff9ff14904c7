"""Wrong answers that people give to exercise 03b, and words of what the tests must say to each."""

# %% warm-up: one other state only
# says: Count them all
first_hit = float(np.exp(-OWN) / (np.exp(-OWN) + np.exp(-OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
money = nx.DiGraph()
money.add_weighted_edges_from([(*way, CHANNELS[way]) for way in CHANNELS], "capacity")
closed = list(counterterrorism.interdict(money, "donors", "group").cut)

# %% warm-up: a higher wall draws the attack
# says: its chance must be
first_hit = float(np.exp(OWN) / (np.exp(OWN) + (STATES - 1) * np.exp(OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
money = nx.DiGraph()
money.add_weighted_edges_from([(*way, CHANNELS[way]) for way in CHANNELS], "capacity")
closed = list(counterterrorism.interdict(money, "donors", "group").cut)

# %% warm-up: by n instead of its square
# says: instead of its square
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS * (STATES - 1) / STATES
money = nx.DiGraph()
money.add_weighted_edges_from([(*way, CHANNELS[way]) for way in CHANNELS], "capacity")
closed = list(counterterrorism.interdict(money, "donors", "group").cut)

# %% warm-up: as if there were two states
# says: a state would gain by changing its own
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS / 4
money = nx.DiGraph()
money.add_weighted_edges_from([(*way, CHANNELS[way]) for way in CHANNELS], "capacity")
closed = list(counterterrorism.interdict(money, "donors", "group").cut)

# %% warm-up: the largest channels first, until nothing flows
# says: But can so much arrive
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
closed = sorted(CHANNELS, key=CHANNELS.get, reverse=True)[:4]

# %% warm-up: all but the largest
# says: still nothing flows
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
closed = sorted(CHANNELS, key=CHANNELS.get)[:4]

# %% warm-up: a set that stops everything, and not the least
# says: is not the least set
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
fits = [("donors", "b"), ("a", "b"), ("a", "group")]
ends = [way for way in CHANNELS if "group" in way]
starts = [way for way in CHANNELS if "donors" in way]
stops = [ways for ways in (fits, ends, starts) if 13 not in map(CHANNELS.get, ways)]
closed = max(stops, key=lambda ways: sum(CHANNELS[way] for way in ways))

# %% warm-up: one way left open
# says: is still open
first_hit = float(1 / (1 + (STATES - 1) * np.exp(OWN - OTHERS)))
wall = LOSS * (STATES - 1) / STATES**2
closed = [min(CHANNELS, key=CHANNELS.get)]


# %% model: the cost forgotten
# says: Did you forget that a wall costs something
def best_wall(others, loss):
    heights = np.arange(601) / 100
    pull = np.exp(-heights)
    return heights[np.argmin(loss * pull / (pull + np.exp(-np.array(others)).sum()))]


# %% model: a wall that stops
# says: if it *stops* attacks
def best_wall(others, loss):
    heights = np.arange(601) / 100
    return heights[np.argmin(loss * np.exp(-heights) / (len(others) + 1) + heights**2 / 2)]


# %% model: the mean of the others
# says: Do not take their mean
def best_wall(others, loss):
    heights = np.arange(601) / 100
    pull = np.exp(-heights)
    rest = len(others) * np.exp(-np.mean(others))
    return heights[np.argmin(loss * pull / (pull + rest) + heights**2 / 2)]


# %% model: the best for all together
# says: Asked is what is best for you
def best_wall(others, loss):
    heights = np.arange(601) / 100
    return heights[np.argmin(loss + heights**2 / 2 + sum(other**2 / 2 for other in others))]


# %% model: up the first hill only
# says: there is a height with a smaller expected loss
def best_wall(others, loss):
    rest = np.exp(-np.array(others, dtype=float)).sum()

    def spends(step):
        pull = np.exp(-step / 100)
        return loss * pull / (pull + rest) + (step / 100) ** 2 / 2

    step = 0
    while step < 600 and spends(step + 1) < spends(step):
        step += 1
    return step / 100


# %% ratio: sums instead of deaths a year
# says: Divide by the number of years
def deaths_ratio(table, first, change, last):
    before = table[table["year"].between(first, change - 1)]["deaths"].sum()
    return table[table["year"].between(change, last)]["deaths"].sum() / before


# %% ratio: the lost year counted
# says: For 1993 the table has no row
def deaths_ratio(table, first, change, last):
    before = table[table["year"].between(first, change - 1)]["deaths"].sum() / (change - first)
    after = table[table["year"].between(change, last)]["deaths"].sum() / (last - change + 1)
    return after / before


# %% ratio: upside down
# says: before divided by after
def deaths_ratio(table, first, change, last):
    sums = table.groupby("year")["deaths"].sum()
    return sums.loc[first : change - 1].mean() / sums.loc[change:last].mean()


# %% ratio: one year less before, by a fixed rule
# says: your ratio of deaths is wrong
def deaths_ratio(table, first, change, last):
    before = table[table["year"].between(first, change - 1)]["deaths"].sum()
    after = table[table["year"].between(change, last)]["deaths"].sum()
    return after / (last - change + 1) / (before / (change - first - 1))


# %% fallen: sums instead of deaths a year
# says: but from three years to two
def share_fallen(table, first, change, last):
    before = table[table["year"].between(first, change - 1)].groupby("iso3")["deaths"].sum()
    after = table[table["year"].between(change, last)].groupby("iso3")["deaths"].sum()
    rise = after.sub(before, fill_value=0)
    hit = after.add(before, fill_value=0) > 0
    return ((rise < 0) & hit).sum() / hit.sum()


# %% fallen: countries without a death counted
# says: EEE had no death at all
def share_fallen(table, first, change, last):
    before = table[table["year"].between(first, change - 1)]
    after = table[table["year"].between(change, last)]
    old = before.groupby("iso3")["deaths"].sum() / before["year"].nunique()
    new = after.groupby("iso3")["deaths"].sum() / after["year"].nunique()
    return (new.sub(old, fill_value=0) < 0).mean()


# %% fallen: only countries that are on both sides
# says: a row on one side only
def share_fallen(table, first, change, last):
    before = table[table["year"].between(first, change - 1)]
    after = table[table["year"].between(change, last)]
    old = before.groupby("iso3")["deaths"].sum() / before["year"].nunique()
    new = after.groupby("iso3")["deaths"].sum() / after["year"].nunique()
    both = (new - old).dropna()
    return (both < 0).mean()


# %% fallen: divided by the years that a country has rows for
# says: divide by the years of the table
def share_fallen(table, first, change, last):
    before = table[table["year"].between(first, change - 1)].groupby("iso3")["deaths"].mean()
    after = table[table["year"].between(change, last)].groupby("iso3")["deaths"].mean()
    rise = after.sub(before, fill_value=0)
    hit = after.add(before, fill_value=0) > 0
    return (rise[hit] < 0).mean()


# %% fallen: before begins with the table
# says: your share of countries is wrong
def share_fallen(table, first, change, last):
    before = table[table["year"] < change]
    after = table[table["year"].between(change, last)]
    old = before.groupby("iso3")["deaths"].sum() / before["year"].nunique()
    new = after.groupby("iso3")["deaths"].sum() / after["year"].nunique()
    return (new.sub(old, fill_value=0)[new.add(old, fill_value=0) > 0] < 0).mean()


# %% half: the first rows instead of the most
# says: Begin with the country that has most deaths
def half_of(table, year):
    deaths = table.loc[table["year"] == year, "deaths"].sort_values()
    return int((deaths.cumsum() < deaths.sum() / 2).sum() + 1)


# %% half: more than half
# says: *at least* half is asked
def half_of(table, year):
    deaths = table.loc[table["year"] == year, "deaths"].sort_values(ascending=False)
    return int((deaths.cumsum() <= deaths.sum() / 2).sum() + 1)


# %% half: one too few
# says: That is less than half
def half_of(table, year):
    deaths = table.loc[table["year"] == year, "deaths"].sort_values(ascending=False)
    return max(1, int((deaths.cumsum() < deaths.sum() / 2).sum()))


# %% half: equal numbers taken as one
# says: your number of countries is wrong
def half_of(table, year):
    deaths = sorted(set(table.loc[table["year"] == year, "deaths"]), reverse=True)
    return int((np.cumsum(deaths) < sum(deaths) / 2).sum() + 1)
