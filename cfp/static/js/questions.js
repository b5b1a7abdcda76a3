// Questions for some formats or tracks alone are hidden while another one is chosen. What was typed
// in them stays, and without this script they stand in the form with a line that says for whom.
const form = document.querySelector("[data-proposal-form]");
const chosen = (name) => form.elements[name]?.value ?? "";
const fits = (ids, id) => !ids || ids.split(" ").includes(id);

const update = () => {
  for (const asked of form.querySelectorAll(".asked[data-formats]")) {
    const { formats, tracks } = asked.dataset;
    asked.hidden = !(fits(formats, chosen("format_id")) && fits(tracks, chosen("track_id")));
    asked.querySelector(".asked-of").hidden = true;
  }
};

if (form) {
  form.addEventListener("change", update);
  update();
}
