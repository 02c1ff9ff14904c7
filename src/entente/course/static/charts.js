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

  // The picture made with the book: for paper, and should drawing fail.
  function show_picture(box) {
    const picture = box.querySelector("noscript");
    if (picture) box.innerHTML = picture.textContent;
  }

  async function draw(box) {
    const picture = box.querySelector("noscript");
    const spec = JSON.parse(box.parentElement.querySelector("script").textContent);
    const target = document.createElement("div");
    target.ariaHidden = "true"; // the box around it says in words what it shows
    try {
      await load();
      box.append(target);
      await vegaEmbed(target, spec, options);
      box.replaceChildren(target);
      // The column also changes its width when a side bar opens or closes.
      new ResizeObserver(() => window.dispatchEvent(new Event("resize"))).observe(box);
      box.dataset.drawn = "live";
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
