// A form whose answer follows while its sliders move or its numbers are typed. The page is asked
// again with what stands in the form; only its answer is put in, one question at a time.
const form = document.querySelector("form[data-live]");
const answer = document.getElementById(form?.dataset.live);
let asking = false;
let again = false;

async function ask() {
  if (asking) { again = true; return; }
  asking = true;
  const page = new URL(form.action);
  page.search = new URLSearchParams(new FormData(form));
  try {
    const got = await fetch(page, { headers: { Accept: "text/html" } });
    const read = new DOMParser().parseFromString(await got.text(), "text/html");
    const fresh = got.ok ? read.getElementById(answer.id) : null;
    const answers = Boolean(fresh?.childElementCount);
    if (answers) { put(fresh); history.replaceState(null, "", page); }
    answer.classList.toggle("is-stale", !answers);
  } catch {
    answer.classList.add("is-stale");
  }
  asking = false;
  if (again) { again = false; ask(); }
}

function put(fresh) {
  const open = [...answer.querySelectorAll("details")].map((one) => one.open);
  const said = answer.querySelector("[role=status]");
  const words = fresh.querySelector("[role=status]");
  if (said && words) { said.replaceChildren(...words.childNodes); words.replaceWith(said); }
  fresh.querySelectorAll("details").forEach((one, n) => { one.open = open[n] ?? false; });
  answer.replaceChildren(...fresh.childNodes);
}

if (form && answer) {
  for (const slider of form.querySelectorAll("[data-slides]")) {
    const field = document.getElementById(slider.dataset.slides);
    slider.hidden = false;
    slider.addEventListener("input", () => { field.value = slider.value; });
    field.addEventListener("input", () => { slider.value = field.value.replace(",", "."); });
  }
  form.addEventListener("input", ask);
}
