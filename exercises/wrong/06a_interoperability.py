"""Wrong answers that people give to exercise 06a, and words of what the tests must say to each."""

# %% warm-up: A and B exchanged
# says: Did you exchange A and B
tip = (VALUE_A - VALUE_B + NETWORK) / (2 * NETWORK)
working = interoperability.reliability([WORKS] * LINKS, NEEDED) * (1 - FAULT)

# %% warm-up: a chain
# says: That is a chain
tip = 0.5 + (VALUE_B - VALUE_A) / (2 * NETWORK)
working = interoperability.reliability([WORKS] * LINKS) * (1 - FAULT)

# %% warm-up: no common fault
# says: The common fault is missing
tip = 0.5 + (VALUE_B - VALUE_A) / (2 * NETWORK)
working = interoperability.reliability([WORKS] * LINKS, NEEDED)

# %% warm-up: the lead is not halved
# says: not worth the same
tip = 0.5 + (VALUE_B - VALUE_A) / NETWORK
working = interoperability.reliability([WORKS] * LINKS, NEEDED) * (1 - FAULT)


# %% model: nobody waits
# says: Nobody waits at your desk
def waiting_times(arrivals, needs, minutes, desks):
    return [minutes if must else 0 for must in needs]


# %% model: the time at which it is through
# says: Subtract the time when it came
def waiting_times(arrivals, needs, minutes, desks):
    ready, out = [0] * desks, []
    for came, must in zip(arrivals, needs, strict=True):
        at = ready.index(min(ready))
        if must:
            ready[at] = max(ready[at], came) + minutes
        out.append(ready[at] if must else 0)
    return out


# %% model: without the translation itself
# says: The translation itself takes time
def waiting_times(arrivals, needs, minutes, desks):
    ready, out = [0] * desks, []
    for came, must in zip(arrivals, needs, strict=True):
        at = ready.index(min(ready))
        out.append(max(0, ready[at] - came) if must else 0)
        if must:
            ready[at] = max(ready[at], came) + minutes
    return out


# %% model: the desk is never idle
# says: the message of 20 need not wait
def waiting_times(arrivals, needs, minutes, desks):
    out, done = [], [0] * desks
    for came, must in zip(arrivals, needs, strict=True):
        at = done.index(min(done))
        if must:
            done[at] += minutes
        out.append(max(done[at] - came, minutes) if must else 0)
    return out


# %% model: one desk only
# says: the second message goes to the second desk
def waiting_times(arrivals, needs, minutes, desks):
    ready, out = 0, []
    for came, must in zip(arrivals, needs, strict=True):
        if must:
            ready = max(ready, came) + minutes
        out.append(ready - came if must else 0)
    return out


# %% model: desks take turns, and a message that needs none takes a turn, too
# says: For other messages or desks
def waiting_times(arrivals, needs, minutes, desks):
    ready, out = [0] * desks, []
    for turn, (came, must) in enumerate(zip(arrivals, needs, strict=True)):
        at = turn % desks
        if must:
            ready[at] = max(ready[at], came) + minutes
        out.append(ready[at] - came if must else 0)
    return out


# %% together: codes as text
# says: A 2 in the text is not the state 2
def times_together(table, one, two, first, last):
    own = table[table["start_year"].between(first, last)].dropna()
    return sum(str(one) in names and str(two) in names for names in own["members"])


# %% together: the last year left out
# says: Both ends of the span count
def times_together(table, one, two, first, last):
    own = table[(table["start_year"] > first) & (table["start_year"] < last)].dropna()
    return sum({str(one), str(two)} <= set(names.split()) for names in own["members"])


# %% together: of these two only
# says: a third state does no harm
def times_together(table, one, two, first, last):
    own = table[table["start_year"].between(first, last)].dropna()
    return sum(set(names.split()) == {str(one), str(two)} for names in own["members"])


# %% together: in the order of the question
# says: were together another number of times
def times_together(table, one, two, first, last):
    total = 0
    for names in table[table["start_year"].between(first, last)]["members"].dropna():
        codes = names.split()
        if str(one) in codes:
            total += str(two) in codes[codes.index(str(one)) + 1 :]
    return total


# %% partners: each meeting counts
# says: Each partner counts once
def number_of_partners(table, state, first, last):
    own = table[table["start_year"].between(first, last)]["members"].dropna()
    sizes = [len(names.split()) - 1 for names in own if str(state) in names.split()]
    return sum(sizes)


# %% partners: the state is its own partner
# says: is the state its own partner
def number_of_partners(table, state, first, last):
    own = table[table["start_year"].between(first, last)]["members"].dropna()
    return len({code for names in own if str(state) in names.split() for code in names.split()})


# %% partners: number of exercises
# says: exercised with 200, 750, 20 and 820
def number_of_partners(table, state, first, last):
    own = table[table["start_year"].between(first, last)]["members"].dropna()
    return sum(str(state) in names.split() for names in own)


# %% partners: one is taken off in any case
# says: another number of partners
def number_of_partners(table, state, first, last):
    own = table[table["start_year"].between(first, last)]["members"].dropna()
    met = {code for names in own if str(state) in names.split() for code in names.split()}
    return len(met) - 1


# %% two: rows without names counted
# says: One row names nobody
def share_of_two(table, first, last):
    own = table[table["start_year"].between(first, last)]
    return (own["members"].fillna("").str.count(" ") == 1).mean()


# %% two: those with one state counted
# says: An exercise with one state named
def share_of_two(table, first, last):
    own = table[table["start_year"].between(first, last)]["members"].dropna()
    return (own.str.split().str.len() == 2).mean()


# %% two: in percent
# says: not in percent
def share_of_two(table, first, last):
    sizes = table[table["start_year"].between(first, last)]["members"].dropna().str.count(" ") + 1
    return 100 * (sizes == 2).sum() / (sizes > 1).sum()


# %% two: from the counts of each size
# says: your function stops
def share_of_two(table, first, last):
    sizes = table[table["start_year"].between(first, last)]["members"].dropna().str.count(" ") + 1
    return sizes[sizes > 1].value_counts(normalize=True)[2]
