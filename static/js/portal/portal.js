// The members' screens work without this. With it: loudspeakers speak, cloths fall back when she
// looks away, the screen locks when it is left, and the keys of a number answer at once.
import { coverAgain } from "./cloth.js";
import { readyCount } from "./count.js";
import { readyLock } from "./lock.js";
import { readyPanel } from "./panel.js";
import { readyPad } from "./pad.js";
import { readySounds } from "./say.js";

readySounds(document);
coverAgain(document);
readyLock(document);
document.querySelectorAll("[data-pad]").forEach(readyPad);
document.querySelectorAll("form[data-count]").forEach(readyCount);
document.querySelectorAll("details[data-sure]").forEach(readyPanel);
