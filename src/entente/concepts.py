"""Fourteen concepts, asked for before the course and after it, so that learning can be measured.

There is a question for each chapter, with the mistake that many begin with among its answers. The
book asks them on two pages: at the start without a word on what is right, at the end with it. The
answers stay in the reader's browser; whoever wants to can save them as a file. `compare` reads
such files:

>>> from entente import concepts
>>> shares = concepts.compare([
...     '{"questionnaire": "entente-concepts-1", "start": {"answers": {"00": 0, "01": 1}},'
...     ' "final": {"answers": {"00": 2, "01": 1}}}'
... ])
>>> shares.loc[["00", "01"], ["start", "final"]].to_numpy().tolist()
[[0.0, 1.0], [1.0, 1.0]]
"""

import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from entente.questions import Question, choose_one

__all__ = ["CONCEPTS", "NAME", "Questionnaire", "compare", "questionnaire"]

MIME_TYPE = "application/vnd.entente.questionnaire+json"

NAME = "entente-concepts-1"
"""The name of this set of questions; it changes with them, so that old answers are not mixed in."""


def _concept(prompt: str, right: tuple[str, str], *wrong: tuple[str, str]) -> Question:
    """A question whose right answer is written first, and mixed with the others, always alike."""
    answers = sorted([right, *wrong], key=lambda answer: sha256(answer[0].encode()).digest())
    return choose_one(prompt, dict(answers), right=right[0])


CONCEPTS: dict[str, Question] = {
    "00": _concept(
        "In decades with more alliances, fewer wars between states began. What follows?",
        (
            "Little: much else changed in those decades",
            "Two series with a trend always go together, whatever moves them.",
        ),
        (
            "Alliances prevent wars",
            "Perhaps; but the same would be seen if something else prevented them.",
        ),
        (
            "Where there is peace, states form alliances",
            "Possible as well, and the two series cannot tell.",
        ),
        (
            "Alliances do not matter",
            "That does not follow either: a trend can hide an effect in both directions.",
        ),
    ),
    "01": _concept(
        "Ten states enjoy a safety that none can be kept from. One is far larger than the others. "
        "What does the simplest model of such a good expect?",
        (
            "The largest gives more than its share, and all together give too little",
            "It values the good most, and the others can wait for it.",
        ),
        ("Each gives in proportion to its size", "That is what a rule may ask, and not a gain."),
        ("Nobody gives anything", "The largest still gains by giving something."),
        (
            "The small give more than their share, for they need it more than the large",
            "They may need it more. But it is there without them.",
        ),
    ),
    "02": _concept(
        "Ten partners can all be tied to each other, or each to one hub. What is true of the hub?",
        (
            "It needs far fewer ties, and everything depends on one partner",
            "Nine ties instead of 45, and without the hub nobody reaches anybody.",
        ),
        (
            "It is the better network, whatever a tie costs and whatever may fail",
            "That depends on what a tie costs and what can fail.",
        ),
        (
            "It needs more ties, since all go through one",
            "Each partner needs one tie only: nine in all, instead of 45.",
        ),
        ("It is as hard to break", "Take away the hub, and nothing is left."),
    ),
    "03": _concept(
        "Five intelligence services report the same. All five have read one and the same source. "
        "How sure should that make you?",
        (
            "About as sure as one report would",
            "Five copies of one report carry what one report carries.",
        ),
        ("Five times as sure as one report would", "Only independent reports add up."),
        (
            "Less sure than one report would",
            "It is no worse than one, if you count the source once.",
        ),
        ("Practically certain", "So it feels, and so mistakes have been shared by many services."),
    ),
    "03a": _concept(
        "War comes back more often in places with peacekeepers than in places without. What must "
        "you know before you call them useless?",
        (
            "Whether they are sent to the harder cases",
            "Where they are, it may have been worse from the start.",
        ),
        ("How many soldiers there were", "It matters, but not for this comparison first."),
        (
            "Nothing more, for the numbers have already spoken",
            "By this rule hospitals would be useless, since people die in them.",
        ),
        ("Who paid for the mission", "That says nothing of what would have happened without it."),
    ),
    "03b": _concept(
        "One of several states makes its own targets harder to attack. What may this do to the "
        "others?",
        (
            "Their risk may rise, if attackers turn to them",
            "Defence at home can shift an attack elsewhere.",
        ),
        (
            "Their risk must fall, since attackers meet more resistance",
            "Only if attackers give up and do not turn to others.",
        ),
        ("Nothing: they have targets of their own", "An attacker may choose among all of them."),
        (
            "They will certainly spend less",
            "They may be driven to spend more, so that each guards too much.",
        ),
    ),
    "04": _concept(
        "Members' aims are scattered at random, each can go a quarter of the whole way, and all "
        "must agree. Their number doubles. What happens to the chance of a decision?",
        (
            "It falls to less than half",
            "The outermost two decide, and with each member they lie farther apart.",
        ),
        ("It stays the same", "More members reach farther apart, and each has a veto."),
        ("It falls to exactly half", "It falls faster than the number grows."),
        (
            "It rises, since more can help to find it",
            "Ideas may multiply; here each new member is a new veto.",
        ),
    ),
    "05": _concept(
        "Attacks on ships fell in the years after navies had been sent. What else must hold before "
        "you say “because of the navies”?",
        (
            "That they would not have fallen anyway, nor moved elsewhere",
            "Other things began in the same years, and a fall here can be a rise there.",
        ),
        ("That the navies were large", "Size does not tell what would have happened without."),
        (
            "That the states that sent them, and the owners of ships, say so",
            "They have an interest in the answer.",
        ),
        (
            "Nothing: what comes after is caused by what came before",
            "After it is not because of it.",
        ),
    ),
    "06": _concept(
        "B gains an ally. A does not know for certain how much B now wants to fight. What happens "
        "to the risk of war between A and B?",
        (
            "It may fall or rise",
            "A asks for less; but if A knows less of B than before, it may ask for too much.",
        ),
        ("It falls", "It does if A's demands fall and its knowledge does not."),
        ("It rises", "It does if the ally makes B harder to read. It need not."),
        ("It is zero: the balance is restored", "Equal strength has not kept states from war."),
    ),
    "06a": _concept(
        "A better standard comes late, when most use the older one, and its use by others counts "
        "for much. What happens?",
        (
            "The older one may stay, though it is worse",
            "Each who changed alone would lose the others.",
        ),
        (
            "The better one wins, as soon as all can see that it is better",
            "Only if enough change at the same time.",
        ),
        ("Both are used half and half", "In the middle each side has a reason to join the larger."),
        ("Nobody uses any standard", "The older one still works for those who have it."),
    ),
    "06b": _concept(
        "Three members have 49, 49 and 2 of 100 votes, and 51 carry a motion. Who has how much of "
        "the power to decide?",
        (
            "All three the same",
            "Any two of them have a majority, and no one has it alone.",
        ),
        ("The third has 2 % of it", "That is its weight. Count who is needed."),
        ("The third has nothing", "With the third, each of the others has a majority."),
        (
            "The third has most, for it can choose",
            "So can each of the others: the three stand alike.",
        ),
    ),
    "07": _concept(
        "A list of attacks through computer networks between states has nearly none between "
        "allies. Those who made it searched among rivals. What follows?",
        (
            "Little: where nobody searches, nobody finds",
            "What is in the list decides who can be found in it.",
        ),
        ("Allies are safer", "Perhaps. This list could not show the opposite."),
        ("Allies spy on each other in secret", "It may be so; this list says nothing of it."),
        ("Rivals are less dangerous than one thought", "Of that it says nothing either."),
    ),
    "08": _concept(
        "Options are scored on four aims, one of them the law, with a tenth of all weight. What "
        "can happen?",
        (
            "An option that breaks the law comes first",
            "A tenth can be made up for by the rest. A condition cannot.",
        ),
        ("An option that breaks the law is out", "That would be a condition, and not a weight."),
        ("All options come out alike", "Weights do not do that."),
        (
            "The order no longer depends on the scores",
            "It depends on the scores and on the weights.",
        ),
    ),
    "09": _concept(
        "In a computer's world states ally only with those they trust, and trust grows only among "
        "allies. There, alliances, trust and peace go together. What does this show of our world?",
        (
            "Nothing: it was put in",
            "A model shows what follows from its rules. Whether the rules hold is for data.",
        ),
        ("That alliances make peace", "They do in that world, because its rules say so."),
        ("That trust must come first", "It does in that world, because its rules say so."),
        (
            "That the real world works in the same way, only less clearly",
            "Likeness must be shown, and many worlds are like ours in this.",
        ),
    ),
}
"""The questions, by the chapter that treats the concept."""


@dataclass(frozen=True)
class Questionnaire:
    """The fourteen questions, at one of two moments; made by `questionnaire`."""

    moment: Literal["start", "final"]

    def described(self) -> dict[str, Any]:
        """Return what the published page needs."""
        return {
            "name": NAME,
            "moment": self.moment,
            "questions": {chapter: asked.described() for chapter, asked in CONCEPTS.items()},
        }

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Any:
        asked = [question.prompt for question in CONCEPTS.values()]
        listed = "".join(f"<li>{html.escape(prompt)}</li>" for prompt in asked)
        where = "In the published book these questions can be answered, and the answers kept."
        return {
            MIME_TYPE: self.described(),
            "text/html": f"<p>{where}</p><ol>{listed}</ol>",
            "text/plain": "\n".join([where, *(f"- {prompt}" for prompt in asked)]),
        }


def questionnaire(moment: Literal["start", "final"]) -> Questionnaire:
    """Ask for the concepts of the course.

    Parameters
    ----------
    moment : "start" or "final"
        Before the course, when the answers are only kept; or after it, when they are judged and
        compared with those of the start.

    Returns
    -------
    Questionnaire
        Shows itself when it ends a cell of a page of the book.

    Raises
    ------
    ValueError
        For any other moment.
    """
    if moment not in ("start", "final"):
        raise ValueError(f"moment must be 'start' or 'final', got {moment!r}")
    return Questionnaire(moment)


def compare(saved: Iterable[str | Path]) -> pd.DataFrame:
    """Compare what readers knew before the course with what they know after it.

    Parameters
    ----------
    saved : iterable of path or str
        The files that readers saved in their browsers, or their contents as JSON. Only readers
        with answers at both moments count, and an answer left out counts as not right.

    Returns
    -------
    DataFrame
        For each chapter the number of `readers`, and the shares of them (0 to 1) who were right at
        the `start` and at the end (`final`); in the row "all" the means.

    Raises
    ------
    ValueError
        If something is not such a file, or no reader has both.
    """
    rights = {moment: [] for moment in ("start", "final")}
    for place, one in enumerate(saved):
        answers = _answers(one, place)
        if answers["start"] is None or answers["final"] is None:
            continue
        for moment, given in answers.items():
            rights[moment].append(
                {
                    chapter: chapter in given and question.check([given[chapter]]).right
                    for chapter, question in CONCEPTS.items()
                }
            )
    if not rights["start"]:
        raise ValueError("saved must hold at least one reader's answers from the start and the end")
    shares = pd.DataFrame({moment: pd.DataFrame(rows).mean() for moment, rows in rights.items()})
    shares.loc["all"] = shares.mean()
    shares.insert(0, "readers", len(rights["start"]))
    return shares.rename_axis("chapter")


def _answers(saved: str | Path, place: int) -> dict[str, dict[str, int] | None]:
    """The answers in a saved file: for each moment the place chosen in each chapter's question."""
    wrong = f"saved[{place}] is not a file of answers to {NAME}"
    try:
        text = saved if str(saved).lstrip().startswith("{") else Path(saved).read_text("utf-8")
        content = json.loads(text)
        if content["questionnaire"] != NAME:
            raise ValueError(f"{wrong}: it is one of {content['questionnaire']}")
        found = {}
        for moment in ("start", "final"):
            given = content.get(moment)
            found[moment] = None if given is None else dict(given["answers"])
            for chapter, choice in (found[moment] or {}).items():
                if choice not in range(len(CONCEPTS[chapter].choices)):
                    raise ValueError(f"{wrong}: {choice!r} is no answer to the question {chapter}")
    except (OSError, TypeError, KeyError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"{wrong}: {error}") from error
    return found
