/** A page works without scripts. With them, what needs one is shown: buttons that copy, print or download. */
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
