// Checks the questions of the page, says what there is to say about each answer, and keeps the
// answers in the reader's browser.
(() => {
  "use strict";

  const decode = (key) =>
    JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(key), (c) => c.charCodeAt(0))));

  function stored(name, value) {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(name));
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      return null; // a browser may keep nothing for pages from a disk
    }
  }

  function line(words, strong = "") {
    const made = document.createElement("p");
    if (strong) made.append(Object.assign(document.createElement("strong"), { textContent: strong }), " ");
    made.append(words);
    return made;
  }

  // What is said of a choice: by whether it was chosen, and whether it belongs.
  const SAID = [
    ["Rightly left out", "Missed"],
    ["Does not belong", "Rightly chosen"],
  ];

  // For each kind how to read an answer (null if there is none), and how to put one back.
  const kinds = {
    one: {
      read: (form) => {
        const chosen = form.querySelector("input:checked");
        return chosen && [Number(chosen.value)];
      },
      write: (form, [place]) => (form.querySelectorAll("input")[place].checked = true),
      judge: ([place], { right, feedback }) => [right[0] === place, [line(feedback[place])]],
    },
    all: {
      read: (form) => {
        const chosen = [...form.querySelectorAll("input:checked")].map((box) => Number(box.value));
        return chosen.length ? chosen : null;
      },
      write: (form, places) => places.forEach((place) => (form.querySelectorAll("input")[place].checked = true)),
      judge: (places, { right, feedback }, form) => [
        String(places) === String(right),
        feedback.map((words, place) => {
          const choice = form.querySelectorAll("label")[place].textContent.trim();
          const said = SAID[Number(places.includes(place))][Number(right.includes(place))];
          return line(words, `${said}: ${choice}.`);
        }),
      ],
    },
    number: {
      read: (form) => {
        const text = form.querySelector("input").value.trim().replace("−", "-").replace(",", ".");
        const number = /^([-+]?\d*\.?\d+)\s*[^\d\s/]*$/.exec(text); // a unit may follow
        return number && Number(number[1]);
      },
      write: (form, value) => (form.querySelector("input").value = value),
      judge: (value, { right, tolerance, yes, no, mistakes }) => {
        const near = (wanted) => Math.abs(value - wanted) <= tolerance;
        const known = mistakes.find(([wanted]) => near(wanted));
        return [near(right), [line(near(right) ? yes : known ? known[1] : no)]];
      },
    },
    order: {
      read: (form) => [...form.querySelectorAll("li")].map((item) => Number(item.dataset.place)),
      write: (form, places) => {
        const list = form.querySelector("ol");
        places.forEach((place) => list.append(list.querySelector(`[data-place="${place}"]`)));
      },
      judge: (places, { right, yes, no }) => {
        const good = String(places) === String(right);
        return [good, [line(good ? yes : no)]];
      },
    },
  };

  function mark_ends(form) {
    form.querySelectorAll("li").forEach((item) => {
      const [up, down] = item.querySelectorAll("button");
      up.ariaDisabled = String(!item.previousElementSibling);
      down.ariaDisabled = String(!item.nextElementSibling);
    });
  }

  document.querySelectorAll("form.entente-question").forEach((form) => {
    const { read, write, judge } = kinds[form.dataset.kind];
    const key = decode(JSON.parse(form.querySelector("script").textContent).key);
    const verdict = form.querySelector(".entente-verdict");
    const name = `entente:${form.id}`;

    function check() {
      const answer = read(form);
      if (answer === null) {
        verdict.replaceChildren(line(form.dataset.kind === "number" ? "Give a number first." : "Choose an answer first."));
        verdict.dataset.right = "";
        return;
      }
      const [right, lines] = judge(answer, key, form);
      verdict.replaceChildren(line("", right ? "Right." : "Not quite."), ...lines);
      verdict.dataset.right = right;
      stored(name, answer);
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check();
    });
    form.addEventListener("click", ({ target }) => {
      const by = Number(target.dataset.by);
      const item = target.closest("li");
      const other = by < 0 ? item?.previousElementSibling : item?.nextElementSibling;
      if (!by || !other) return;
      by < 0 ? other.before(item) : other.after(item);
      mark_ends(form);
      target.focus(); // which moving the item takes away
      const place = [...form.querySelectorAll("li")].indexOf(item) + 1;
      verdict.replaceChildren(line(`${item.querySelector("span").textContent}: now number ${place}.`));
      verdict.dataset.right = "";
    });

    if (form.dataset.kind === "order") mark_ends(form);
    const before = stored(name);
    if (before !== null && before !== undefined) {
      write(form, before);
      if (form.dataset.kind === "order") mark_ends(form);
      check();
    }
  });
})();
