// The members' screens work without this. With it: cloths fall back when she looks away,
// and the keys of the PIN answer at once.
import { coverAgain } from "./cloth.js";
import { readyPad } from "./pad.js";

coverAgain(document);
document.querySelectorAll("[data-pad]").forEach(readyPad);
