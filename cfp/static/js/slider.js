// A slider says its number while it is dragged, and asks the server once it is let go.
for (const slider of document.querySelectorAll("[data-output]")) {
  const output = document.getElementById(slider.dataset.output);
  slider.addEventListener("input", () => { output.textContent = slider.value; });
  slider.addEventListener("change", () => slider.form.requestSubmit());
}
