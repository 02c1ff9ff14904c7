"""Wrong answers that people give to exercise 00, and words of what the tests must say to each."""

# %% warm-up: each pair twice
# says: A with B is B with A
pairs = MEMBERS * (MEMBERS - 1)
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
with_it = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["of"] + DANGEROUS["of"])
ratio = with_it / (
    (QUIET["without"] + DANGEROUS["without"]) / (QUIET["of others"] + DANGEROUS["of others"])
)

# %% warm-up: each with itself, too
# says: no pair with itself
pairs = MEMBERS**2 / 2
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
with_it = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["of"] + DANGEROUS["of"])
ratio = with_it / (
    (QUIET["without"] + DANGEROUS["without"]) / (QUIET["of others"] + DANGEROUS["of others"])
)

# %% warm-up: the mean of the groups' ratios
# says: Throw all pairs together first
pairs = MEMBERS * (MEMBERS - 1) // 2
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
quiet = QUIET["with"] / QUIET["of"] / (QUIET["without"] / QUIET["of others"])
dangerous = DANGEROUS["with"] / DANGEROUS["of"] / (DANGEROUS["without"] / DANGEROUS["of others"])
ratio = (quiet + dangerous) / 2

# %% warm-up: disputes divided, not rates
# says: Divide the rates
pairs = MEMBERS * (MEMBERS - 1) // 2
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
ratio = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["without"] + DANGEROUS["without"])

# %% warm-up: the mean of the rates, as if the groups were equally large
# says: over all pairs it turns over
pairs = MEMBERS * (MEMBERS - 1) // 2
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
with_it = QUIET["with"] / QUIET["of"] + DANGEROUS["with"] / DANGEROUS["of"]
ratio = with_it / (
    QUIET["without"] / QUIET["of others"] + DANGEROUS["without"] / DANGEROUS["of others"]
)

# %% warm-up: rounded
# says: Add the disputes of both groups
pairs = MEMBERS * (MEMBERS - 1) // 2
within = DANGEROUS["with"] * DANGEROUS["of others"] / DANGEROUS["of"] / DANGEROUS["without"]
with_it = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["of"] + DANGEROUS["of"])
others = (QUIET["without"] + DANGEROUS["without"]) / (QUIET["of others"] + DANGEROUS["of others"])
ratio = round(with_it / others, 1)

# %% warm-up: disputes divided, not rates, within the group
# says: You divided numbers of disputes for `within`
pairs = MEMBERS * (MEMBERS - 1) // 2
within = 1 / DANGEROUS["without"] * DANGEROUS["with"]
with_it = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["of"] + DANGEROUS["of"])
ratio = with_it / (
    (QUIET["without"] + DANGEROUS["without"]) / (QUIET["of others"] + DANGEROUS["of others"])
)

# %% warm-up: the quiet pairs instead of the dangerous
# says: Among the dangerous pairs the rate with a pact
pairs = MEMBERS * (MEMBERS - 1) // 2
within = QUIET["with"] / QUIET["of"] / (QUIET["without"] / QUIET["of others"])
with_it = (QUIET["with"] + DANGEROUS["with"]) / (QUIET["of"] + DANGEROUS["of"])
ratio = with_it / (
    (QUIET["without"] + DANGEROUS["without"]) / (QUIET["of others"] + DANGEROUS["of others"])
)


# %% model: the mean of all
# says: Only those attacked are seen
def seen(reliabilities, p_alone, p_defended, cost):
    return sum(reliabilities) / len(reliabilities)


# %% model: the pledges that deter
# says: the less reliable
def seen(reliabilities, p_alone, p_defended, cost):
    held = [h for h in reliabilities if p_alone - h * (p_alone - p_defended) <= cost]
    return sum(held) / len(held) if held else None


# %% model: attacks that gain nothing are made, too
# says: does not pay *more* than it costs
def seen(reliabilities, p_alone, p_defended, cost):
    tested = [h for h in reliabilities if p_alone - h * (p_alone - p_defended) >= cost - 1e-12]
    return sum(tested) / len(tested) if tested else None


# %% model: whoever would lose is not attacked, whatever it costs
# says: If attacking costs nothing
def seen(reliabilities, p_alone, p_defended, cost):
    tested = [h for h in reliabilities if h < 0.5]
    return sum(tested) / len(tested) if tested else None


# %% model: no record is a record of zero
# says: If nobody is attacked, return None
def seen(reliabilities, p_alone, p_defended, cost):
    tested = [h for h in reliabilities if p_alone - h * (p_alone - p_defended) > cost]
    return sum(tested) / len(tested) if tested else 0.0


# %% model: a record of zero is no record
# says: that is a number, not nothing
def seen(reliabilities, p_alone, p_defended, cost):
    tested = [h for h in reliabilities if p_alone - h * (p_alone - p_defended) > cost]
    return (sum(tested) / len(tested) or None) if tested else None


# %% model: the list is sorted in place, and cut
# says: changes the reliabilities
def seen(reliabilities, p_alone, p_defended, cost):
    reliabilities.sort()
    tested = [h for h in reliabilities if p_alone - h * (p_alone - p_defended) > cost]
    return sum(tested) / len(tested) if tested else None


# %% levels: the ordinary correlation
# says: The rank correlation takes places
def levels(table, first, last):
    part = table[table["year"].between(first, last)]
    return part["density"].corr(part["disputes"])


# %% levels: all years
# says: Choose those of the period first
def levels(table, first, last):
    return table["density"].corr(table["disputes"], method="spearman")


# %% levels: the last year left out
# says: The last year belongs
def levels(table, first, last):
    part = table[(table["year"] >= first) & (table["year"] < last)]
    return part["density"].corr(part["disputes"], method="spearman")


# %% levels: the rows by their labels
# says: For another table or period
def levels(table, first, last):
    begin = first - table["year"].min()
    part = table.loc[begin : begin + last - first]
    return part["density"].corr(part["disputes"], method="spearman")


# %% changes: the levels
# says: Take the changes first
def changes(table, first, last):
    part = table[table["year"].between(first, last)]
    return part["density"].corr(part["disputes"], method="spearman")


# %% changes: into the first year, too
# says: does not belong to it
def changes(table, first, last):
    moved = table[["density", "disputes"]].diff()[table["year"].between(first, last)]
    return moved["density"].corr(moved["disputes"], method="spearman")


# %% changes: the ordinary correlation
# says: Use ranks
def changes(table, first, last):
    moved = table.loc[table["year"].between(first, last), ["density", "disputes"]].diff()
    return moved["density"].corr(moved["disputes"])


# %% changes: the rows by their labels
# says: the rank correlation of the changes
def changes(table, first, last):
    begin = first - table["year"].min()
    moved = table.loc[begin : begin + last - first, ["density", "disputes"]].diff()
    return moved["density"].corr(moved["disputes"], method="spearman")


# %% share: the number
# says: Divide it by how many there are
def share_below(table, length):
    starts = range(len(table) - length + 1)
    parts = [table.iloc[s : s + length] for s in starts]
    return sum(p["density"].corr(p["disputes"], method="spearman") < 0 for p in parts)


# %% share: the last period left out
# says: left out the last period
def share_below(table, length):
    starts = range(len(table) - length)
    parts = [table.iloc[s : s + length] for s in starts]
    return sum(p["density"].corr(p["disputes"], method="spearman") < 0 for p in parts) / len(starts)


# %% share: only where it can be computed
# says: counts among all periods
def share_below(table, length):
    starts = range(len(table) - length + 1)
    parts = [table.iloc[s : s + length] for s in starts]
    found = pd.Series([p["density"].corr(p["disputes"], method="spearman") for p in parts]).dropna()
    return (found < 0).mean()


# %% share: not above, instead of below
# says: two have a correlation below 0
def share_below(table, length):
    starts = range(len(table) - length + 1)
    parts = [table.iloc[s : s + length] for s in starts]
    above = [p["density"].corr(p["disputes"], method="spearman") > 0 for p in parts]
    return 1 - sum(above) / len(above)


# %% share: the rows by their labels
# says: For another table or length
def share_below(table, length):
    starts = range(len(table) - length + 1)
    parts = [table.loc[s : s + length - 1] for s in starts]
    return sum(p["density"].corr(p["disputes"], method="spearman") < 0 for p in parts) / len(starts)
