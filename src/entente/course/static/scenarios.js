// Brings the controls of the page's scenarios to life: each sets a parameter of its chart, which
// looks the model's results up. The chart may be drawn later; the controls work before it is.
(() => {
  "use strict";

  const PAUSE = 500; // ms without a move before a change is spoken

  function remembered(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a browser may keep nothing for pages from a disk
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // the answer holds until the page is left
    }
  }

  function predict(figure, fieldset, { question, choices, then }) {
    const key = `entente:prediction:${question}`;
    const told = fieldset.querySelector("[role=status]");
    const tell = (choice) => {
      told.textContent = `You expect: ${choice}. ${then}`;
    };
    fieldset.addEventListener("change", ({ target }) => {
      tell(choices[target.value]);
      remember(key, choices[target.value]);
    });
    const before = choices.indexOf(remembered(key));
    if (before >= 0) {
      fieldset.querySelectorAll("input")[before].checked = true;
      tell(choices[before]);
    }
  }

  function play(figure) {
    const script = figure.querySelector('script[type="application/json"]');
    const { scenario } = JSON.parse(script.textContent);
    const { controls, presets, sentences, says } = scenario;
    const form = figure.querySelector(".entente-controls");
    const inputs = [...form.querySelectorAll("[data-control]")];
    const [sentence, spoken] = [figure.querySelector(".entente-says"), form.querySelector("[role=status]")];
    let [view, drawing, stale, pause] = [null, false, false, null];

    const index = (place) => {
      const [input, { kind, least, step }] = [inputs[place], controls[place]];
      if (kind === "slider") return Math.round((input.value - least) / step);
      return kind === "choice" ? input.selectedIndex : Number(input.checked);
    };
    const value = (place) => {
      const [input, { kind }] = [inputs[place], controls[place]];
      if (kind === "slider") return Number(input.value);
      return kind === "choice" ? input.value : input.checked;
    };

    function set(indices) {
      indices.forEach((wanted, place) => {
        const [input, { kind, least, step }] = [inputs[place], controls[place]];
        if (kind === "slider") input.value = least + wanted * step;
        else if (kind === "choice") input.selectedIndex = wanted;
        else input.checked = Boolean(wanted);
      });
    }

    // Draws the newest setting; those that were passed while drawing are left out.
    async function redraw() {
      if (!view || drawing) {
        stale = true;
        return;
      }
      drawing = true;
      do {
        stale = false;
        const { state } = figure.dataset;
        controls.forEach(({ name }, place) => view.signal(`control_${name}`, value(place)));
        await view.runAsync();
        figure.dataset.drawnState = state;
      } while (stale);
      drawing = false;
    }

    function moved(words = "") {
      let state = 0;
      controls.forEach(({ texts }, place) => {
        const at = index(place);
        state = state * texts.length + at;
        const text = texts[at];
        inputs[place].closest(".entente-control").querySelector(".entente-value").textContent = text;
        if (inputs[place].type === "range") inputs[place].setAttribute("aria-valuetext", text);
      });
      figure.dataset.state = state;
      sentence.textContent = sentences[says[state]];
      clearTimeout(pause);
      pause = setTimeout(() => {
        spoken.textContent = [words, sentence.textContent || "The chart has changed."].join(" ").trim();
      }, PAUSE);
      redraw();
      figure.dispatchEvent(new CustomEvent("entente:moved"));
    }

    form.addEventListener("input", () => moved());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelectorAll("button").forEach((button) => {
      button.addEventListener("click", () => {
        const preset = presets.find(([name]) => name === button.value);
        set(preset?.[1] ?? controls.map((control) => control.default));
        moved(button.value ? `${button.value}.` : "Back to the start.");
      });
    });
    figure.addEventListener("entente:drawn", ({ detail }) => {
      view = detail;
      redraw();
    });

    set(controls.map((control) => control.default));
    let state = 0;
    controls.forEach((control) => (state = state * control.texts.length + control.default));
    figure.dataset.state = state;
    const fieldset = figure.querySelector(".entente-prediction");
    if (fieldset) predict(figure, fieldset, scenario.prediction);
  }

  document.querySelectorAll(".entente-controls").forEach((form) => play(form.closest("figure")));
})();
