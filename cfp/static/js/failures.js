// When a partial update fails, its page says why: its heading and sentence join the messages.
addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const words = [...page.querySelectorAll("main h1, main .lead")].map((found) => found.textContent.trim());
  say(words.join(". ") || event.detail.xhr.statusText);
});
addEventListener("htmx:sendError", () => say(document.body.dataset.offline));

function say(sentence) {
  const note = document.createElement("div");
  note.className = "note note-bad";
  note.textContent = sentence;
  document.getElementById("flashes").replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}
