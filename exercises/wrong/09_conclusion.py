"""Wrong answers that people give to exercise 09, and words of what the tests must say to each."""

# %% warm-up: each pair once
# says: Each of two states may begin
quarrels = STATES * (STATES - 1) / 2 * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * (PEACE_BARE / PEACE - OTHERS_BARE / OTHERS)

# %% warm-up: the more trust, the more disputes
# says: You multiply by trust
quarrels = STATES * (STATES - 1) * RISK * TRUST
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * (PEACE_BARE / PEACE - OTHERS_BARE / OTHERS)

# %% warm-up: between two steps
# says: A step is a whole number
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = float(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING))
beside = 100 * (PEACE_BARE / PEACE - OTHERS_BARE / OTHERS)

# %% warm-up: rounded down
# says: the goal is not reached yet
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = int(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING))
beside = 100 * (PEACE_BARE / PEACE - OTHERS_BARE / OTHERS)

# %% warm-up: with itself, too
# says: does not quarrel with itself
quarrels = STATES**2 * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * (PEACE_BARE / PEACE - OTHERS_BARE / OTHERS)

# %% warm-up: the first share without the bar
# says: That is the first share alone
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * PEACE_BARE / PEACE

# %% warm-up: the long peaces among those without a pact
# says: Turn it round
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * PEACE_BARE / (PEACE_BARE + OTHERS_BARE)

# %% warm-up: the bar less the share
# says: and not the other way round
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * (OTHERS_BARE / OTHERS - PEACE_BARE / PEACE)

# %% warm-up: both shares of all pairs
# says: each has its own whole
quarrels = STATES * (STATES - 1) * RISK * (1 - TRUST)
first_step = int(np.ceil(np.log((1 - GOAL) / (1 - TRUST)) / np.log(1 - LEARNING)))
beside = 100 * (PEACE_BARE - OTHERS_BARE) / (PEACE + OTHERS)


# %% model: all steps
# says: Only the later half
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed).groupby("run")["disputes"].mean()
        for rules in (base | policy, base)
    )
    return (new - old).mean(), 1.96 * (new - old).std() / runs**0.5


# %% model: the base less the policy
# says: policy less base
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed)
        .query("step >= @steps // 2")
        .groupby("run")["disputes"]
        .mean()
        for rules in (base | policy, base)
    )
    return (old - new).mean(), 1.96 * (old - new).std() / runs**0.5


# %% model: nothing but the policy
# says: the rest stays as in base
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed)
        .query("step >= @steps // 2")
        .groupby("run")["disputes"]
        .mean()
        for rules in (policy, base)
    )
    return (new - old).mean(), 1.96 * (new - old).std() / runs**0.5


# %% model: other luck for the policy
# says: Is the seed the same in both worlds
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=luck)
        .query("step >= @steps // 2")
        .groupby("run")["disputes"]
        .mean()
        for rules, luck in ((base | policy, seed + 1), (base, seed))
    )
    return (new - old).mean(), 1.96 * (new - old).std() / runs**0.5


# %% model: the margin of two sets of worlds
# says: Subtract run by run first
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed)
        .query("step >= @steps // 2")
        .groupby("run")["disputes"]
        .mean()
        for rules in (base | policy, base)
    )
    return (new - old).mean(), 1.96 * ((new.var() + old.var()) / runs) ** 0.5


# %% model: the spread of single runs
# says: divide by the square root
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed)
        .query("step >= @steps // 2")
        .groupby("run")["disputes"]
        .mean()
        for rules in (base | policy, base)
    )
    return (new - old).mean(), 1.96 * (new - old).std()


# %% model: the base is changed for good
# says: alters the dictionary base
def policy_effect(base, policy, steps, runs, seed):
    old = simulate(World(**base), steps, runs, rng=seed)
    base.update(policy)
    new = simulate(World(**base), steps, runs, rng=seed)
    new, old = (
        table[table["step"] >= steps // 2].groupby("run")["disputes"].mean() for table in (new, old)
    )
    return (new - old).mean(), 1.96 * (new - old).std() / runs**0.5


# %% model: the later half of an odd number
# says: the change is another one
def policy_effect(base, policy, steps, runs, seed):
    new, old = (
        simulate(World(**rules), steps, runs, rng=seed)
        .query("step >= @steps / 2")
        .groupby("run")["disputes"]
        .mean()
        for rules in (base | policy, base)
    )
    return (new - old).mean(), 1.96 * (new - old).std() / runs**0.5


# %% partners: one column
# says: The state may stand in either column
def partners(ties, state, year):
    now = ties[ties["defense"] & (ties["start"] <= year) & ~(ties["end"] <= year)]
    return now.loc[now["state_a"] == state, "state_b"].nunique()


# %% partners: those with an end only
# says: a comparison with NaN is false
def partners(ties, state, year):
    now = ties[ties["defense"] & (ties["start"] <= year) & (ties["end"] > year)]
    return ((now["state_a"] == state) | (now["state_b"] == state)).sum()


# %% partners: every tie
# says: a tie without defence does not count
def partners(ties, state, year):
    now = ties[~(ties["end"] <= year) & (ties["start"] <= year)]
    return ((now["state_a"] == state) | (now["state_b"] == state)).sum()


# %% partners: rows counted
# says: with a pair listed twice
def partners(ties, state, year):
    now = ties[ties["defense"] & (ties["start"] <= year) & ~(ties["end"] <= year)]
    return ((now["state_a"] == state) | (now["state_b"] == state)).sum()


# %% gap: the others first
# says: The allied less the others
def gap(table, year):
    groups = table[table["year"] == year].groupby("allied")["share"].median()
    return groups[False] - groups[True] if len(groups) == 2 else None


# %% gap: means
# says: That is the difference of the means
def gap(table, year):
    groups = table[table["year"] == year].groupby("allied")["share"].mean()
    return groups[True] - groups[False] if len(groups) == 2 else None


# %% gap: nobody to compare with
# says: there are no others
def gap(table, year):
    now = table[table["year"] == year]
    allied, others = (now.loc[now["allied"] == kind, "share"].median() for kind in (True, False))
    return allied - (0 if np.isnan(others) else others)


# %% gap: only one kind of gap in the table
# says: Where nobody, or everybody
def gap(table, year):
    now = table[table["year"] == year]
    allied, others = (now.loc[now["allied"] == kind, "share"] for kind in (True, False))
    return float(allied.median() - others.median()) if len(others) else None


# %% within: the others first
# says: The allied years less the others
def within(table):
    means = table.groupby(["state", "allied"])["share"].mean().unstack().dropna()
    return (means[False] - means[True]).median()


# %% within: the mean
# says: Asked is their median
def within(table):
    means = table.groupby(["state", "allied"])["share"].mean().unstack().dropna()
    return (means[True] - means[False]).mean()


# %% within: what is missing is zero
# says: States without years of both kinds
def within(table):
    means = table.groupby(["state", "allied"])["share"].mean().unstack().fillna(0)
    return (means[True] - means[False]).median()


# %% within: all years of all states
# says: Compare each state with itself first
def within(table):
    return (
        table.loc[table["allied"], "share"].median() - table.loc[~table["allied"], "share"].median()
    )


# %% within: medians of each state's years
# says: gives another number
def within(table):
    middle = table.groupby(["state", "allied"])["share"].median().unstack().dropna()
    return (middle[True] - middle[False]).median()
