// What every page may use. Each module finds its own elements and does nothing without them.
import "./theme-switch.js";
import "./menu.js";
import "./dialog.js";
import "./counter.js";
import "./localtime.js";
import "./shortcuts.js";
import "./failures.js";
