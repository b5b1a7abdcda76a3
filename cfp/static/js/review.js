// Thirty reviews in an evening without a mouse: 1 to 5 choose a sentence, or a step of the
// criterion that has the focus; Ctrl Enter saves and goes on. The digits can be switched off (WCAG 2.1.4); the choice is remembered on this device.
const form = document.querySelector("[data-review-form]");
const save = form?.querySelector("[data-review-save]");

if (save) {
  const digits = form.querySelector("[data-review-digits]");
  try { digits.checked = localStorage.getItem("review-digits") !== "off"; } catch { /* private mode */ }
  digits.addEventListener("change", () => {
    try { localStorage.setItem("review-digits", digits.checked ? "on" : "off"); } catch { /* for this page only */ }
  });
  form.querySelector("[data-review-keys]").hidden = false;

  const isTyping = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (event.target.closest("form") && !form.contains(event.target)) return;
      event.preventDefault();
      form.requestSubmit(save);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const name = event.target.matches("[type=radio]") && form.contains(event.target) ? event.target.name : "score";
    const step = digits.checked && form.querySelector(`[name="${name}"][value="${CSS.escape(event.key)}"]`);
    if (!step) return;
    event.preventDefault();
    step.checked = true;
    step.focus();  // so that Tab leads on to the texts
  });
}
