// Begins the show. The style sheet lays the slides out: Reveal.js would fit them to the screen by
// making the whole slide smaller, and this way what is too long can be scrolled.
"use strict";

Reveal.initialize({
  disableLayout: true,
  hash: true,
  // Keys that move a control do not turn the page.
  keyboardCondition: () => !document.activeElement.closest("input, select, .entente-table"),
  plugins: [RevealNotes],
  slideNumber: "c/t",
  transition: "none",
});
