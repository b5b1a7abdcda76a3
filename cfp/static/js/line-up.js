// A slider says its number while it moves; who is in then comes from the server.
document.querySelector("[data-line-up]")?.addEventListener("input", (event) => {
  const output = event.target.labels?.[0]?.querySelector("output");
  if (output) output.textContent = event.target.value;
});
