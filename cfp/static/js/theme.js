// Light or dark before the first paint: the reader's choice, else the system's. A classic script in
// the head on purpose: a module would come too late and the page would flash.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const apply = () => {
    const theme = chosen() ?? "system";
    const dark = theme === "dark" || (theme === "system" && system.matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("callboard:theme", apply);
})();
