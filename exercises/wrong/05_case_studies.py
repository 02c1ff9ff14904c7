"""Wrong answers that people give to exercise 05, and words of what the tests must say to each."""

# %% warm-up: the sum of squares
# says: divide 1 by the sum of squares
effective = sum((size / sum(CONTINGENTS)) ** 2 for size in CONTINGENTS)
found = float(1 - np.exp(-40 * 28 * 24 * SHIPS / AREA))

# %% warm-up: the largest only
# says: the largest contingent only
effective = 1 / max(np.array(CONTINGENTS) / sum(CONTINGENTS))
found = float(1 - np.exp(-40 * 28 * 24 * SHIPS / AREA))

# %% warm-up: one ship
# says: what one ship finds in a day
effective = sum(CONTINGENTS) ** 2 / sum(size**2 for size in CONTINGENTS)
found = evaluation.detection_probability(40, 28, 24, AREA)

# %% warm-up: half of the strip
# says: found with another chance
effective = sum(CONTINGENTS) ** 2 / sum(size**2 for size in CONTINGENTS)
found = evaluation.detection_probability(20, 28, 24 * SHIPS, AREA)


# %% model: the largest jump
# says: The largest jump from one count
def best_break(counts):
    jumps = [abs(counts[place] - counts[place - 1]) for place in range(2, len(counts) - 1)]
    return jumps.index(max(jumps)) + 2


# %% model: a side with one count
# says: two counts must stand before
def best_break(counts):
    def misfit(side):
        mean = sum(side) / len(side)
        return sum((count - mean) ** 2 for count in side)

    return min(range(1, len(counts)), key=lambda at: misfit(counts[:at]) + misfit(counts[at:]))


# %% model: rises only
# says: where counts *fall* one
def best_break(counts):
    def misfit(side):
        mean = sum(side) / len(side)
        return sum((count - mean) ** 2 for count in side)

    def rise(at):
        return sum(counts[at:]) / len(counts[at:]) > sum(counts[:at]) / at

    places = [at for at in range(2, len(counts) - 1) if rise(at)] or [2]
    return min(places, key=lambda at: misfit(counts[:at]) + misfit(counts[at:]))


# %% model: the count instead of its place
# says: the place of the break
def best_break(counts):
    def misfit(side):
        mean = sum(side) / len(side)
        return sum((count - mean) ** 2 for count in side)

    places = range(2, len(counts) - 1)
    return counts[min(places, key=lambda at: misfit(counts[:at]) + misfit(counts[at:]))]


# %% model: the largest difference of the two means
# says: fits better, or as well and earlier
def best_break(counts):
    def apart(at):
        return abs(sum(counts[:at]) / at - sum(counts[at:]) / len(counts[at:]))

    return max(range(2, len(counts) - 1), key=apart)


# %% model: the later of two that fit as well
# says: fits better, or as well and earlier
def best_break(counts):
    def misfit(side):
        mean = sum(side) / len(side)
        return sum((count - mean) ** 2 for count in side)

    places = range(len(counts) - 2, 1, -1)
    return min(places, key=lambda at: round(misfit(counts[:at]) + misfit(counts[at:]), 9))


# %% taken: unknown kinds counted
# says: Two attacks have no kind
def share_taken(table, first, last):
    own = table[table["year"].between(first, last)]
    return (own["attack"] == "hijacked").mean()


# %% taken: in percent
# says: not in percent
def share_taken(table, first, last):
    own = table[table["year"].between(first, last)]["attack"].dropna()
    return 100 * (own == "hijacked").mean()


# %% taken: all years
# says: Both ends of the span count
def share_taken(table, first, last):
    own = table["attack"].dropna()
    return (own == "hijacked").mean()


# %% taken: no ship taken is no row
# says: your function stops
def share_taken(table, first, last):
    own = table[table["year"].between(first, last)]
    return own["attack"].value_counts(normalize=True)["hijacked"]


# %% outside: inside
# says: That is what is inside
def outside(table, box, year):
    west, east, south, north = box
    own = table[table["year"] == year]
    return int((own["lng"].between(west, east) & own["lat"].between(south, north)).sum())


# %% outside: the edges
# says: on the edge of the box is inside
def outside(table, box, year):
    west, east, south, north = box
    own = table[table["year"] == year]
    inner = (own["lng"] > west) & (own["lng"] < east) & (own["lat"] > south) & (own["lat"] < north)
    return int((~inner).sum())


# %% outside: east and west only
# says: That is what is inside, or outside in both
def outside(table, box, year):
    own = table[table["year"] == year]
    return int((~own["lng"].between(box[0], box[1])).sum())


# %% outside: west forgotten
# says: your number of attacks outside is wrong
def outside(table, box, year):
    own = table[table["year"] == year]
    away = (own["lng"] > box[1]) | (own["lat"] < box[2]) | (own["lat"] > box[3])
    return int(away.sum())


# %% busiest: the first that was most frequent in the table
# says: then the earlier month is asked
def busiest_month(table, first, last):
    own = table[table["year"].between(first, last)]["month"]
    counts = own.value_counts(sort=False)
    return int(counts.idxmax())


# %% busiest: the last of equals
# says: then the earlier month is asked
def busiest_month(table, first, last):
    own = table[table["year"].between(first, last)]["month"]
    return int(own.value_counts().sort_index(ascending=False).idxmax())


# %% busiest: the least
# says: take the month with the *most*
def busiest_month(table, first, last):
    own = table[table["year"].between(first, last)]["month"]
    return int(own.value_counts().sort_index().idxmin())


# %% busiest: the first year left out
# says: Elsewhere another month is the busiest
def busiest_month(table, first, last):
    own = table[(table["year"] > first) & (table["year"] <= last)]["month"]
    return int(own.value_counts().sort_index().idxmax())
