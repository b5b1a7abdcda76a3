// How many characters are left. Nothing is cut: too many are said, and kept.
const update = (count) => {
  const field = document.getElementById(count.dataset.countFor);
  const most = Number(count.dataset.most);
  const left = most - [...field.value].length;
  const words = left < 0 ? count.dataset.over : count.dataset.left;
  const quiet = "quiet" in count.dataset && left > most / 5;
  count.textContent = quiet ? "" : words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
  count.classList.toggle("is-over", left < 0);
};

for (const count of document.querySelectorAll("[data-count-for]")) update(count);
addEventListener("input", (event) => {
  const count = event.target.id && document.querySelector(`[data-count-for="${CSS.escape(event.target.id)}"]`);
  if (count) update(count);
});
