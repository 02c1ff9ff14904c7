// Begins the show. The slides are laid out by the style sheet and not scaled, since a chart that
// is scaled does not know where the pointer is.
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
