// On phones the days are lists. The server writes them anew after a move, while they are seen.
export function lists(root, desk) {
  const box = root.querySelector(".schedule-list-only");
  let edit = desk.state.edit;
  desk.onState(async (state) => {
    if (state.edit === edit || !box.offsetParent) return;
    edit = state.edit;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || edit !== state.edit) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".schedule-list-only");
    if (fresh) box.replaceChildren(...fresh.childNodes);
  });
}
