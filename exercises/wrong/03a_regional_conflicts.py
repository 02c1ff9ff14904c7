"""Wrong answers that people give to exercise 03a, and words of what the tests must say to each."""

# %% warm-up: the row with the number of the rung
# says: The first row of the table is rung 1
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START])
still = 0.5
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 9)

# %% warm-up: the chance of peace
# says: That is the chance of peace
war = 1 - float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.5
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 9)

# %% warm-up: straight to the top
# says: may also go down
war = UP ** (RUNGS - START)
still = 0.5
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 9)

# %% warm-up: a rung too many
# says: read it in the row of the rung
war = float(peacekeeping.escalation_ladder(UP, RUNGS + 1)["p_war"][START - 1])
still = 0.5
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 9)

# %% warm-up: those lost from sight left out
# says: Count the peaces that had *not* broken
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.0
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 9)

# %% warm-up: the median of the months
# says: That looks like the median
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.5
means = (float(np.median(KILLED)), float(np.median(sorted(KILLED)[:-1])))

# %% warm-up: the means the other way round
# says: Did you change the order
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.5
means = ((sum(KILLED) - max(KILLED)) / 9, sum(KILLED) / 10)

# %% warm-up: the worst month left out of the sum, and not of the months
# says: only nine are left
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.5
means = (sum(KILLED) / 10, (sum(KILLED) - max(KILLED)) / 10)

# %% warm-up: only months in which somebody was killed
# says: Months in which nobody was killed count
war = float(peacekeeping.escalation_ladder(UP, RUNGS)["p_war"][START - 1])
still = 0.5
means = (sum(KILLED) / 4, (sum(KILLED) - max(KILLED)) / 3)


# %% model: the rung on which the crisis stands
# says: Try all rungs
def best_rung(p_up, start, ease):
    return start


# %% model: the rung that is climbed most often
# says: You have rung 1
def best_rung(p_up, start, ease):
    return int(np.argmax(p_up)) + 1


# %% model: places instead of rungs
# says: places in a list from 0
def best_rung(p_up, start, ease):
    found = []
    for k in range(len(p_up)):
        lower = [max(0, p - ease * (j == k)) for j, p in enumerate(p_up)]
        found.append(peacekeeping.escalation_ladder(lower, len(lower) + 1)["p_war"][start - 1])
    return max(1, int(np.argmin(found)))


# %% model: the row below
# says: You have rung 1
def best_rung(p_up, start, ease):
    found = []
    for k in range(len(p_up)):
        lower = [max(0, p - ease * (j == k)) for j, p in enumerate(p_up)]
        found.append(
            peacekeeping.escalation_ladder(lower, len(lower) + 1)["p_war"][max(0, start - 2)]
        )
    return int(np.argmin(found)) + 1


# %% model: a chance below zero
# says: A chance may not fall below 0
def best_rung(p_up, start, ease):
    found = []
    for k in range(len(p_up)):
        lower = [p - ease * (j == k) for j, p in enumerate(p_up)]
        found.append(peacekeeping.escalation_ladder(lower, len(lower) + 1)["p_war"][start - 1])
    return int(np.argmin(found)) + 1


# %% model: always for a crisis on rung 2
# says: forgets where the crisis stands
def best_rung(p_up, start, ease):
    found = []
    for k in range(len(p_up)):
        lower = [max(0, p - ease * (j == k)) for j, p in enumerate(p_up)]
        found.append(peacekeeping.escalation_ladder(lower, len(lower) + 1)["p_war"][1])
    return int(np.argmin(found)) + 1


# %% model: only the rungs from the crisis upwards
# says: On another ladder
def best_rung(p_up, start, ease):
    found = []
    for k in range(start - 1, len(p_up)):
        lower = [max(0, p - ease * (j == k)) for j, p in enumerate(p_up)]
        found.append(peacekeeping.escalation_ladder(lower, len(lower) + 1)["p_war"][start - 1])
    return int(np.argmin(found)) + start


# %% model: the chances are eased where they stand
# says: changes the chances
def best_rung(p_up, start, ease):
    found = []
    for k in range(len(p_up)):
        kept, p_up[k] = p_up[k], max(0, p_up[k] - ease)
        found.append(peacekeeping.escalation_ladder(p_up, len(p_up) + 1)["p_war"][start - 1])
        p_up[k] = kept
    p_up[0] = p_up[0] / 2
    return int(np.argmin(found)) + 1


# %% shares: the other way round
# says: with a mission comes first
def shares(peaces):
    return tuple(peaces.groupby("mission")["failed"].mean())


# %% shares: the peaces that held
# says: Asked are those that failed
def shares(peaces):
    held = 1 - peaces.groupby("mission")["failed"].mean()
    return held[True], held[False]


# %% shares: the numbers
# says: Divide by how many there are
def shares(peaces):
    number = peaces.groupby("mission")["failed"].sum()
    return number[True], number[False]


# %% shares: of the failures
# says: how the failures divide
def shares(peaces):
    broke = peaces[peaces["failed"]]
    return broke["mission"].mean(), 1 - broke["mission"].mean()


# %% shares: of those that were seen for more than nine days
# says: For another table
def shares(peaces):
    seen = peaces[peaces["days"] > 9]
    part = seen.groupby("mission")["failed"].mean()
    return part[True], part[False]


# %% rate: the shares divided
# says: Divide failures by time
def rate_ratio(peaces):
    part = peaces.groupby("mission")["failed"].mean()
    return part[True] / part[False]


# %% rate: upside down
# says: with a mission goes on top
def rate_ratio(peaces):
    total = peaces.groupby("mission")[["failed", "days"]].sum()
    per_day = total["failed"] / total["days"]
    return per_day[False] / per_day[True]


# %% rate: the time of the failed only
# says: at risk, too
def rate_ratio(peaces):
    broke = peaces[peaces["failed"]].groupby("mission")["days"].agg(["size", "sum"])
    per_day = broke["size"] / broke["sum"]
    return per_day[True] / per_day[False]


# %% rate: rounded
# says: For another table
def rate_ratio(peaces):
    total = peaces.groupby("mission")[["failed", "days"]].sum()
    per_day = total["failed"] / total["days"]
    return round(per_day[True] / per_day[False], 2)


# %% holding: as if all had been seen to the end
# says: as if all had been seen
def holding(peaces, days):
    return 1 - (peaces["failed"] & (peaces["days"] <= days)).mean()


# %% holding: the day itself left out
# says: `days` is included
def holding(peaces, days):
    left = 1.0
    broke = peaces[peaces["failed"] & (peaces["days"] < days)]
    for day, number in broke["days"].value_counts().items():
        left *= 1 - number / (peaces["days"] >= day).sum()
    return left


# %% holding: only the peaces that failed
# says: You left out the peaces that did not fail
def holding(peaces, days):
    broke = peaces[peaces["failed"]]
    return (broke["days"] > days).mean()


# %% holding: last seen today is no longer at risk today
# says: still at risk on that day
def holding(peaces, days):
    left = 1.0
    broke = peaces[peaces["failed"] & (peaces["days"] <= days)]
    for day, number in broke["days"].value_counts().items():
        lasted = (peaces["days"] > day) | (peaces["failed"] & (peaces["days"] == day))
        left *= 1 - number / lasted.sum()
    return left


# %% holding: one failure a day
# says: For another table or day
def holding(peaces, days):
    left = 1.0
    for day in set(peaces.loc[peaces["failed"] & (peaces["days"] <= days), "days"]):
        left *= 1 - 1 / (peaces["days"] >= day).sum()
    return left
