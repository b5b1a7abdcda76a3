// The choice between light, dark and the system's, remembered on this device.
const stored = () => { try { return localStorage.getItem("theme") ?? "system"; } catch { return "system"; } };

for (const fieldset of document.querySelectorAll("[data-theme-switch]")) {
  fieldset.hidden = false;
  for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === stored();
  fieldset.addEventListener("change", (event) => {
    try { localStorage.setItem("theme", event.target.value); } catch { /* private mode: for this page only */ }
    dispatchEvent(new Event("callboard:theme"));
  });
}
