// A question before something grave. The button opens the <dialog> as a popover without this
// module; with it, it is modal: the rest of the page waits.
addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
    return;
  }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog");
  if (dialog?.matches(":modal")) {
    event.preventDefault();
    dialog.close();
  }
});
