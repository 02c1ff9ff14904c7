"""Wrong answers that people give to exercise 01, and words of what the tests must say to each."""

# %% warm-up: the part of the gain instead of the part of the loss
# says: is the part of the gain
least_trust = (REWARD - TEMPTATION) / (REWARD - TEMPTATION + PUNISHMENT - SUCKER)
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: a whole that is not the sum of loss and gain
# says: Find the trust at which they are the same
least_trust = (PUNISHMENT - SUCKER) / REWARD
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: in per cent
# says: write it as a fraction
least_trust = 100 * trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = 100 * trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: all who are trustworthy and signal, not divided by all who signal
# says: left out a division
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = PRIOR * IF_TRUSTWORTHY
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: the two shares swapped
# says: Have you swapped the two shares
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = trust.update_trust(PRIOR, IF_UNTRUSTWORTHY, IF_TRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: the trust before the signal left out
# says: You left out the trust before the signal
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = IF_TRUSTWORTHY / (IF_TRUSTWORTHY + IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: the untrustworthy who do not send it
# says: the part of the trustworthy among all states that send it
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, 1 - IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / (BREAKING - 1)

# %% warm-up: what is lost later, and not what is gained at once
# says: That is the part that is lost later
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = 2 / (BREAKING - 1)

# %% warm-up: divided by what a breach gives, not by what it may cost in all
# says: it would not hold
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = (BREAKING - 3) / BREAKING

# %% warm-up: the next round counts as much as this one
# says: weighs no more than what it loses in
least_trust = trust.minimum_trust(
    trust.Payoffs(temptation=TEMPTATION, reward=REWARD, punishment=PUNISHMENT, sucker=SUCKER)
)
trust_after = trust.update_trust(PRIOR, IF_TRUSTWORTHY, IF_UNTRUSTWORTHY)
least_future = 1.0


# %% gifts: the gifts without a floor, raised to the floor
# says: did you let the largest reduce its gift
def gifts_with_floor(incomes, taste, floor):
    return np.maximum(burden.nash_contributions(incomes, taste), floor * np.array(incomes))


# %% gifts: what the floor brings is all taken off the largest
# says: Your total did not move at all
def gifts_with_floor(incomes, taste, floor):
    without = burden.nash_contributions(incomes, taste)
    gifts = np.maximum(without, floor * np.array(incomes))
    gifts[np.argmax(incomes)] -= gifts.sum() - without.sum()
    return np.maximum(gifts, floor * np.array(incomes))


# %% gifts: each as if it were alone
# says: as if each were alone
def gifts_with_floor(incomes, taste, floor):
    return np.maximum(taste, floor) * np.array(incomes)


# %% gifts: all answer at the same moment
# says: Do all of yours answer at the same moment
def gifts_with_floor(incomes, taste, floor):
    incomes = np.array(incomes, dtype=float)
    gifts = np.zeros(len(incomes))
    for _ in range(1000):
        others = gifts.sum() - gifts
        gifts = np.maximum(taste * incomes - (1 - taste) * others, floor * incomes)
    return gifts


# %% gifts: the own gift counted among those of the others
# says: You count each ally's own gift among those of the others
def gifts_with_floor(incomes, taste, floor):
    incomes = np.array(incomes, dtype=float)
    low, high = 0, incomes.sum()
    for _ in range(100):
        total = (low + high) / 2
        gifts = np.maximum.reduce([taste * incomes - (1 - taste) * total, floor * incomes])
        low, high = (total, high) if gifts.sum() > total else (low, total)
    return np.maximum(gifts, 0)


# %% gifts: one round only
# says: let all go round again, many times
def gifts_with_floor(incomes, taste, floor):
    gifts = [0.0] * len(incomes)
    for i in range(len(incomes)):
        others = sum(gifts) - gifts[i]
        gifts[i] = max(floor * incomes[i], taste * incomes[i] - (1 - taste) * others, 0)
    return np.array(gifts)


# %% gifts: the floor an amount and not a share
# says: Your floor is an amount
def gifts_with_floor(incomes, taste, floor):
    gifts = [0.0] * len(incomes)
    for _ in range(1000):
        for i in range(len(incomes)):
            others = sum(gifts) - gifts[i]
            gifts[i] = max(floor, taste * incomes[i] - (1 - taste) * others)
    return np.array(gifts)


# %% gifts: too few rounds for many allies
# says: if yours answer in turn, give them more rounds
def gifts_with_floor(incomes, taste, floor):
    gifts = [0.0] * len(incomes)
    for _ in range(40):
        for i in range(len(incomes)):
            others = sum(gifts) - gifts[i]
            gifts[i] = max(floor * incomes[i], taste * incomes[i] - (1 - taste) * others, 0)
    return np.array(gifts)


# %% gifts: the answer printed and not returned
# says: does it end with `return`
def gifts_with_floor(incomes, taste, floor):
    print(np.maximum(burden.nash_contributions(incomes, taste), floor * np.array(incomes)))


# %% table: the Allies of today
# says: Keep those who were Allies then
def allies_in(year):
    world = data.load("military_spending")
    now = world[world["year"] == year].merge(data.load("nato_members"), on="iso3")
    return now[now["iso3"] != "ISL"].dropna(subset=["gdp", "share_gdp"])


# %% table: those who joined in the year left out
# says: Spain joined on 30 May 1982
def allies_in(year):
    world = data.load("military_spending")
    now = world[world["year"] == year].merge(data.load("nato_members"), on="iso3")
    now = now[(now["joined"].dt.year < year) & (now["iso3"] != "ISL")]
    return now.dropna(subset=["gdp", "share_gdp"])


# %% table: missing numbers kept
# says: leave out Allies for which a number is missing
def allies_in(year):
    world = data.load("military_spending")
    now = world[world["year"] == year].merge(data.load("nato_members"), on="iso3")
    return now[(now["joined"].dt.year <= year) & (now["iso3"] != "ISL")]


# %% table: Iceland kept
# says: Iceland has no armed forces
def allies_in(year):
    world = data.load("military_spending")
    now = world[world["year"] == year].merge(data.load("nato_members"), on="iso3")
    return now[now["joined"].dt.year <= year].dropna(subset=["gdp", "share_gdp"])


# %% table: all years
# says: did you keep the rows of one year only
def allies_in(year):
    world = data.load("military_spending")
    now = world.merge(data.load("nato_members"), on="iso3")
    now = now[(now["joined"].dt.year <= now["year"]) & (now["iso3"] != "ISL")]
    return now.dropna(subset=["gdp", "share_gdp"])


# %% table: the year of the test, whatever year is asked for
# says: In another year your table has an Ally too many or too few
def allies_in(year):
    world = data.load("military_spending")
    now = world[world["year"] == 1982].merge(data.load("nato_members"), on="iso3")
    now = now[(now["joined"].dt.year <= 1982) & (now["iso3"] != "ISL")]
    return now.dropna(subset=["gdp", "share_gdp"])


# %% table: at purchasing power parity
# says: gdp_ppp is another measure
def allies_in(year):
    world = data.load("military_spending").drop(columns="gdp").rename(columns={"gdp_ppp": "gdp"})
    now = world[world["year"] == year].merge(data.load("nato_members"), on="iso3")
    now = now[(now["joined"].dt.year <= year) & ~now["iso3"].isin(["ISL", "DEU"])]
    return now.dropna(subset=["gdp", "share_gdp"])


# %% correlation: of the numbers and not of their ranks
# says: Only the order should count
def size_and_burden(table):
    return table["gdp"].corr(table["share_gdp"])


# %% correlation: the p-value
# says: This is the p-value
def size_and_burden(table):
    return burden.exploitation_test(table["gdp"], table["share_gdp"]).p_value


# %% correlation: the money and not the share
# says: You compare size with the money spent
def size_and_burden(table):
    spent = table["gdp"] * table["share_gdp"] / 100
    return burden.exploitation_test(table["gdp"], spent).spearman


# %% correlation: one order upside down
# says: both orders should run the same way
def size_and_burden(table):
    return table["gdp"].rank(ascending=False).corr(table["share_gdp"].rank())


# %% correlation: all that the test gives
# says: Return one number
def size_and_burden(table):
    return burden.exploitation_test(table["gdp"], table["share_gdp"])


# %% correlation: the table sorted for all who use it
# says: Your function changes the table
def size_and_burden(table):
    table.sort_values("gdp", inplace=True)
    return burden.exploitation_test(table["gdp"], table["share_gdp"]).spearman


# %% correlation: by the formula that holds only if no two are equal
# says: For another table your number is not the rank correlation
def size_and_burden(table):
    differences = table["gdp"].rank() - table["share_gdp"].rank()
    n = len(table)
    return 1 - 6 * (differences**2).sum() / (n * (n**2 - 1))


# %% left-out: a rise only
# says: A fall counts as much as a rise
def most_telling(table):
    others = burden.leave_one_out(table["gdp"], table["share_gdp"], table["iso3"])
    return others.loc[others["spearman"].idxmax(), "label"]


# %% left-out: the one without whom it is smallest
# says: Compare how far ρ moves
def most_telling(table):
    others = burden.leave_one_out(table["gdp"], table["share_gdp"], table["iso3"])
    return others.loc[others["spearman"].idxmin(), "label"]


# %% left-out: the largest
# says: You left out the largest economy
def most_telling(table):
    return table.loc[table["gdp"].idxmax(), "iso3"]


# %% left-out: the one that spends the largest share
# says: the one that spends the largest share
def most_telling(table):
    return table.loc[table["share_gdp"].idxmax(), "iso3"]


# %% left-out: the number of a row
# says: Return the iso3 of one Ally
def most_telling(table):
    others = burden.leave_one_out(table["gdp"], table["share_gdp"], table["iso3"])
    whole = burden.exploitation_test(table["gdp"], table["share_gdp"]).spearman
    return (others["spearman"] - whole).abs().idxmax()


# %% left-out: how far ρ lies from zero, its sign forgotten
# says: whose leaving out moves the correlation further
def most_telling(table):
    others = burden.leave_one_out(table["gdp"], table["share_gdp"], table["iso3"])
    whole = burden.exploitation_test(table["gdp"], table["share_gdp"]).spearman
    return others.loc[(others["spearman"].abs() - abs(whole)).abs().idxmax(), "label"]
