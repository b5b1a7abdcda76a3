// Adds up what is chosen, as a help; the server says what it costs.
const form = document.querySelector("form.shop");
const total = form?.querySelector("[data-shop-total]");

if (total) {
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "EUR" });
  const seen = form.querySelector("input[name=seen]"); // at the desk: the sum that was asked for
  const show = (cents, number = 1) => {
    total.hidden = number === 0;
    total.textContent = `${total.dataset.words}: ${money.format(cents / 100)}`;
  };
  const add = () => {
    let cents = 0, number = 0;
    for (const select of form.querySelectorAll("select[data-cents]")) {
      number += Number(select.value);
      cents += Number(select.value) * Number(select.dataset.cents);
    }
    show(cents, number);
    if (seen) seen.value = number ? cents : "";
  };
  form.addEventListener("change", add);
  if (seen?.value) show(Number(seen.value));
  else add();
}
