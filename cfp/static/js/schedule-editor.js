// The draft by hand: sessions are carried by mouse, finger or keys; the server says what follows.
// Everything it does is also done by forms; it sends what they send, and shows what comes back.
import { Desk } from "./editor/desk.js";
import { Boards } from "./editor/boards.js";
import { Choice } from "./editor/choice.js";
import { find } from "./editor/find.js";
import { lists } from "./editor/list.js";
import { Panel } from "./editor/panel.js";
import { carryByPointer } from "./editor/pointer.js";
import { carryByKeys } from "./editor/keys.js";
import { Shade } from "./editor/shade.js";
import { view } from "./editor/view.js";

const root = document.querySelector("[data-editor]");
if (root) {
  const desk = new Desk(root);
  const boards = new Boards(root, desk);
  const choice = new Choice(root, desk, boards);
  const panel = new Panel(root, desk);
  view(root, boards);
  lists(root, desk);
  const shade = new Shade(desk, boards);
  find(root, desk, boards);
  carryByPointer(root, desk, boards, choice, shade);
  carryByKeys(root, desk, boards, choice, panel, shade);
  desk.begin();
}
