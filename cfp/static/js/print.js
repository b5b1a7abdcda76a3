// Prints what is on the page: on a button, and at once where the page was asked for that.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const asked = document.querySelector("[data-print-now]");
if (asked && performance.getEntriesByType("navigation")[0]?.type === "navigate") window.print();
