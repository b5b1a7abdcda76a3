// Drag on the plan of booths to draw one; its form opens with what was drawn.

const STEP = 5; // decimetres
const frame = document.querySelector("[data-draw]");
const plan = frame?.querySelector("svg");

function place(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(plan.getScreenCTM().inverse());
  return { x: Math.max(0, Math.round(at.x / STEP) * STEP), y: Math.max(0, Math.round(at.y / STEP) * STEP) };
}

function draw(from, to) {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

function begin(event) {
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) {
    return;
  }
  event.preventDefault();
  const from = place(event);
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shape.classList.add("booth-drawn");
  plan.append(shape);
  plan.setPointerCapture(event.pointerId);
  const move = (moved) => {
    for (const [name, value] of Object.entries(draw(from, place(moved)))) {
      shape.setAttribute(name, value);
    }
  };
  const end = (ended) => {
    plan.removeEventListener("pointermove", move);
    shape.remove();
    const drawn = draw(from, place(ended));
    if (drawn.width >= STEP && drawn.height >= STEP) {
      location.assign(`${frame.dataset.draw}?${new URLSearchParams(drawn)}`);
    }
  };
  plan.addEventListener("pointermove", move);
  plan.addEventListener("pointerup", end, { once: true });
}

if (plan) {
  plan.addEventListener("pointerdown", begin);
  const hint = document.querySelector(".booth-hint");
  if (hint) {
    hint.hidden = false;
  }
}
