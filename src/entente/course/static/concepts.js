// Keeps a reader's answers to the questionnaire in the browser, saves them as a file, and at the
// end of the course compares them with those of its start. Nothing is sent anywhere.
(() => {
  "use strict";

  const form = document.querySelector(".entente-questionnaire");
  const { name, keys } = JSON.parse(form.querySelector('script[type="application/json"]').textContent);
  const moment = form.dataset.moment;
  const status = form.querySelector(":scope > .entente-verdict");
  const file = form.querySelector('input[type="file"]');
  const questions = [...form.querySelectorAll("[data-chapter]")];
  const PLACE = `entente:${name}`;
  // What is known; a browser may keep nothing for pages from a disk, and then it is known only
  // as long as the page is open, or from a file.
  let kept = null;

  const key = ({ dataset: { chapter } }) =>
    JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(keys[chapter]), (c) => c.charCodeAt(0))));
  const nothing = () => ({ questionnaire: name, start: null, final: null });
  const count = (number) => `${number} of ${questions.length}`;

  function tell(...lines) {
    status.replaceChildren(...lines.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  }

  function remember() {
    try {
      localStorage.setItem(PLACE, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  function recall() {
    try {
      kept = checked(JSON.parse(localStorage.getItem(PLACE))) ?? nothing();
    } catch {
      kept = nothing();
    }
  }

  // The content of a file if it is one of ours, else null.
  function checked(content) {
    if (content?.questionnaire !== name) return null;
    for (const at of ["start", "final"]) {
      if (content[at] == null) continue;
      const { answers, date } = content[at];
      const known = questions.map(({ dataset }) => dataset.chapter);
      const fine = Object.entries(answers ?? [null]).every(
        ([chapter, choice]) => known.includes(chapter) && [0, 1, 2, 3].includes(choice),
      );
      if (!fine || typeof date !== "string") return null;
    }
    return { ...nothing(), ...content };
  }

  function given() {
    const chosen = questions.map((question) => [question, question.querySelector("input:checked")]);
    return Object.fromEntries(
      chosen.filter(([, box]) => box).map(([{ dataset }, box]) => [dataset.chapter, Number(box.value)]),
    );
  }

  function put_back() {
    const answers = kept[moment]?.answers ?? {};
    for (const question of questions) {
      question.querySelectorAll("input").forEach((box) => {
        box.checked = Number(box.value) === answers[question.dataset.chapter];
      });
      const verdict = question.querySelector(".entente-verdict");
      verdict.replaceChildren();
      delete verdict.dataset.right;
    }
  }

  const is_right = (question, answers) => key(question).right[0] === answers[question.dataset.chapter];
  const rights = ({ answers }) => questions.filter((question) => is_right(question, answers)).length;

  // At the end: what is right in each answer, and how it was at the start.
  function judge() {
    const { answers } = kept.final;
    for (const question of questions) {
      const verdict = question.querySelector(".entente-verdict");
      const choice = answers[question.dataset.chapter];
      const good = is_right(question, answers);
      const begun = kept.start && (is_right(question, kept.start.answers) ? "right" : "not right");
      const said = document.createElement("p");
      const strong = choice === undefined ? "Not answered." : good ? "Right." : "Not quite.";
      said.append(Object.assign(document.createElement("strong"), { textContent: strong }));
      if (choice !== undefined) said.append(` ${key(question).feedback[choice]}`);
      if (begun) said.append(` (At the start: ${begun}.)`);
      verdict.replaceChildren(said);
      verdict.dataset.right = good;
    }
    if (!kept.start) {
      tell(`Right now: ${count(rights(kept.final))}. Answers from the start of the course are not known here. If you saved them as a file, load it.`);
      return;
    }
    const [before, after] = [rights(kept.start), rights(kept.final)];
    tell(
      `Right at the start: ${count(before)}. Right now: ${count(after)}.`,
      before === questions.length
        ? "You knew all of it before."
        : `Of what there was to learn: ${Math.round((100 * (after - before)) / (questions.length - before))} %.`.replace("-", "−"),
    );
  }

  function show_kept() {
    put_back();
    if (!kept[moment]) return;
    if (moment === "final") judge();
    else tell(`Answers of ${kept.start.date} are known: ${count(Object.keys(kept.start.answers).length)}.`);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = given();
    if (!Object.keys(answers).length) {
      tell("Choose an answer first.");
      return;
    }
    kept[moment] = { date: new Date().toISOString().slice(0, 10), answers };
    const safe = remember();
    if (moment === "final") judge();
    else tell(`Kept: ${count(Object.keys(answers).length)}. What is right you see at the end of the course, on the page “What did you learn?”.`);
    if (!safe) status.append(Object.assign(document.createElement("p"), { textContent: "Your browser keeps nothing for this page. Save your answers as a file." }));
  });

  const actions = {
    save() {
      const link = document.createElement("a");
      link.download = `${name}.json`;
      link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    load: () => file.click(),
    forget() {
      if (!window.confirm("Delete your answers of the start and of the end from this browser?")) return;
      kept = nothing();
      try {
        localStorage.removeItem(PLACE);
      } catch {
        // nothing was kept
      }
      put_back();
      tell("Deleted.");
    },
  };
  form.addEventListener("click", ({ target }) => actions[target.dataset.do]?.());

  file.addEventListener("change", async () => {
    let found = null;
    try {
      found = checked(JSON.parse(await file.files[0].text()));
    } catch {
      // told below, like any other file that is none of ours
    }
    file.value = ""; // so that the same file can be chosen again
    if (!found) {
      tell("That is no file of answers to this questionnaire. Nothing has changed.");
      return;
    }
    // What the file has not stays as it was.
    kept = { ...kept, start: found.start ?? kept.start, final: found.final ?? kept.final };
    remember();
    show_kept();
    if (!kept[moment]) tell("Loaded.");
  });

  recall();
  show_kept();
})();
