// Draws the page's charts with Vega as they come into view. Vega is fetched once, from the book
// itself, by the first chart that needs it.
(() => {
  "use strict";

  const here = document.currentScript.src;
  const options = {
    actions: false,
    ast: true, // expressions are interpreted, so that no page needs eval
    defaultStyle: false,
    mode: "vega",
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };
  let vega = null;

  function load() {
    vega ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("vega.js", here);
      script.onload = resolve;
      script.onerror = () => reject(new Error(`could not load ${script.src}`));
      document.head.append(script);
    });
    return vega;
  }

  // What stands beside a box: the drawing, its data, and what a scenario needs.
  const contents = new Map();
  function content(figure) {
    if (!contents.has(figure)) {
      const script = figure.querySelector('script[type="application/json"]');
      contents.set(figure, JSON.parse(script.textContent));
    }
    return contents.get(figure);
  }

  // The picture made with the book: for paper, and should drawing fail.
  function show_picture(box) {
    const picture = box.querySelector("noscript");
    if (picture) box.innerHTML = picture.textContent;
  }

  // --- on a narrow screen -------------------------------------------------------------------

  const LINE = 14; // the height of a line of a title
  const pen = document.createElement("canvas").getContext("2d");

  // A text in lines that are no wider than this, if its words allow.
  function lines_of(text, width) {
    return text.split(" ").reduce((lines, word) => {
      const longer = `${lines.at(-1)} ${word}`;
      if (lines.length && pen.measureText(longer).width <= width) lines.splice(-1, 1, longer);
      else lines.push(word);
      return lines;
    }, []);
  }

  // If any words stick out of the drawing: the same chart, with the titles of its axes, and names
  // that take more than a third of its width, in lines that fit, and its legends in columns that do.
  function narrowed(spec, view, svg) {
    const { left, right } = svg.getBoundingClientRect();
    const width = (text) => text.getBoundingClientRect().width;
    const sticks_out = (text) => width(text) && text.getBoundingClientRect().right > right + 1;
    const words = [...svg.querySelectorAll("text")];
    if (!words.some(sticks_out)) return null;
    pen.font = getComputedStyle(words[0]).font;
    const third = (right - left) / 3;
    const names = view.origin()[0]; // the room that they take
    const room = right - left - Math.min(names, third) - 10; // from the axis to the edge
    const letters = Math.floor(third / pen.measureText("n").width);
    // The same in JavaScript, and in the language of the chart.
    const broken = (name) => name.match(new RegExp(`.{1,${letters}}(?: |$)`, "g")) ?? [name];
    const words_in = `replace(datum.label, regexp('(.{1,${letters}})( |$)', 'g'), '$1\\n')`;
    const lines = `split(trim(${words_in}), '\\n')`;
    let { height } = spec;
    let higher = 0;
    const axes = (spec.axes ?? []).map((axis) => {
      const changed = { ...axis };
      const level = axis.orient === "left" || axis.orient === "right";
      if (typeof axis.title === "string")
        changed.title = lines_of(axis.title, level ? room : Math.max(view.width(), room));
      // The last line stays where the theme has the only one; the legend makes room.
      if (level && Array.isArray(changed.title)) {
        const more = LINE * (changed.title.length - 1);
        changed.titleY = -10 - more;
        higher = Math.max(higher, more);
      }
      if (axis.orient === "left" && names > third && axis.labels !== false && !axis.encode) {
        changed.encode = { labels: { update: { text: { signal: lines } } } };
        changed.labelOverlap = false;
        // So high that each name has room for as many lines as the longest.
        const rows = words.filter((text) => text.getAttribute("text-anchor") === "end");
        const most = Math.max(...rows.map((text) => broken(text.textContent).length));
        if (height < rows.length * (most * LINE + 4)) height = rows.length * (most * LINE + 4);
      }
      return changed;
    });
    const widest = Math.max(...[...svg.querySelectorAll(".role-legend-label text")].map(width));
    const columns = Math.max(1, Math.floor(room / (widest + 45)));
    const legends = (spec.legends ?? []).map((legend) => ({
      ...legend,
      columns: Math.min(columns, legend.columns || columns),
      offset: 24 + higher,
    }));
    return { ...spec, height, axes, legends };
  }

  async function draw(box) {
    const picture = box.querySelector("noscript");
    const figure = box.closest("figure");
    const { vega: spec } = content(figure);
    const target = document.createElement("div");
    target.ariaHidden = "true"; // the box around it says in words what it shows
    try {
      await load();
      box.append(target);
      let { view } = await vegaEmbed(target, spec, options);
      const narrow = narrowed(spec, view, target.querySelector("svg"));
      if (narrow) {
        view.finalize();
        ({ view } = await vegaEmbed(target, narrow, options));
      }
      box.replaceChildren(target);
      // The column also changes its width when a side bar opens or closes.
      new ResizeObserver(() => window.dispatchEvent(new Event("resize"))).observe(box);
      box.dataset.drawn = "live";
      figure.dispatchEvent(new CustomEvent("entente:drawn", { detail: view }));
    } catch (error) {
      console.error(error);
      box.replaceChildren(picture);
      show_picture(box);
      box.dataset.drawn = "picture";
    }
  }

  const boxes = document.querySelectorAll(".entente-chart");
  const in_view = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          in_view.unobserve(target);
          draw(target);
        }
      }
    },
    { rootMargin: "600px" },
  );
  boxes.forEach((box) => in_view.observe(box));

  // --- the data as a table ------------------------------------------------------------------

  const MOST_ROWS = 200;

  // The rows of one set of data; those of a scenario as they are at its present setting.
  function rows_of({ vega, scenario }, name, state) {
    const { values } = vega.data.find((data) => data.name === name);
    if (!scenario || !values.length || !("entente_row" in values[0])) return values;
    const signal = (wanted) => vega.signals.find(({ name }) => name === wanted).value;
    const columns = Object.entries(scenario.columns).map(([column, { codes, digits, words }]) => {
      const [all, list] = [signal(codes), words && signal(words)];
      return [column, (row) => {
        const code = all[state * scenario.rows + row];
        if (list) return list[code];
        return digits < 0 ? code * 10 ** -digits : code / 10 ** digits;
      }];
    });
    return values.map((row) => ({
      ...row,
      ...Object.fromEntries(columns.map(([column, at]) => [column, at(row.entente_row)])),
    }));
  }

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const shown = (value) =>
    typeof value === "number" ? String(Number(value.toPrecision(6))).replace("-", "−") : value ?? "";
  const quoted = (value) =>
    /[",\n]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : value ?? "";

  function table_of(rows, columns, caption) {
    const table = element("table");
    table.append(element("caption", caption));
    const head = table.createTHead().insertRow();
    for (const [, title] of columns) head.append(element("th", title, { scope: "col" }));
    const body = table.createTBody();
    for (const row of rows.slice(0, MOST_ROWS)) {
      const line = body.insertRow();
      for (const [field] of columns) {
        const number = typeof row[field] === "number" ? { class: "number" } : {};
        line.append(element("td", shown(row[field]), number));
      }
    }
    return table;
  }

  function download(rows, columns, name) {
    const button = element("button", `Download all ${rows.length} rows as CSV`, { type: "button" });
    button.addEventListener("click", () => {
      const lines = [columns.map(([, title]) => title)];
      for (const row of rows) lines.push(columns.map(([field]) => row[field]));
      const text = lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
      const link = element("a", "", { download: `${name}.csv` });
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    return button;
  }

  function show_data(details) {
    const figure = details.closest("figure");
    const data = content(figure);
    const title = figure.querySelector("figcaption").textContent;
    details.querySelectorAll(":scope > :not(summary)").forEach((old) => old.remove());
    data.tables.forEach(({ name, columns }, place) => {
      // A chart with far more rows than it draws tells by this column which it draws.
      const rows = rows_of(data, name, Number(figure.dataset.state)).filter((row) => row.shown !== false);
      const some = rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${rows.length} rows` : "";
      const which = data.tables.length > 1 ? `, part ${place + 1}` : "";
      const box = element("div", "", {
        class: "entente-table",
        role: "region",
        tabindex: "0",
        "aria-label": `Data of: ${title}${which}`,
      });
      const named = columns.map(([field, words]) => [field, words || field.replaceAll("_", " ")]);
      box.append(table_of(rows, named, `${title}${which}${some}`));
      details.append(box, download(rows, named, `${figure.id}${place ? `-${place + 1}` : ""}`));
    });
  }

  document.querySelectorAll(".entente-data").forEach((details) => {
    const figure = details.closest("figure");
    details.addEventListener("toggle", () => details.open && show_data(details));
    figure.addEventListener("entente:moved", () => details.open && show_data(details));
  });

  // --- on paper -----------------------------------------------------------------------------

  // On paper the pictures stand in for the charts that wait; afterwards these wait again.
  const waiting = new Map();
  window.addEventListener("beforeprint", () => {
    boxes.forEach((box) => {
      if (!box.dataset.drawn) {
        in_view.unobserve(box);
        waiting.set(box, [...box.childNodes]);
        show_picture(box);
      }
    });
  });
  window.addEventListener("afterprint", () => {
    waiting.forEach((content, box) => {
      box.replaceChildren(...content);
      in_view.observe(box);
    });
    waiting.clear();
  });
})();
