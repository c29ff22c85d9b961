// Loudspeakers: files one after another; then the phone's own voice; then the words, large.
const player = new Audio();
let now = 0;

/** Say what a loudspeaker or a key carries; whatever was spoken before stops. */
export async function speak(element) {
  const { say, speak: keys, words, spanish, besides } = element.dataset;
  const files = (say ?? keys ?? "").split(" ").filter(Boolean);
  const mine = (now += 1);
  document.querySelectorAll("[data-speaking]").forEach((one) => delete one.dataset.speaking);
  globalThis.speechSynthesis?.cancel();
  player.pause();
  element.dataset.speaking = "";
  const heard = files.length ? await playAll(files, () => mine === now) : false;
  if (mine !== now) return;
  if (heard && besides) await phoneSays(besides);
  else if (!heard && !(await phoneSays(spanish || words))) showLarge(words);
  delete element.dataset.speaking;
}

async function playAll(files, isMine) {
  for (const file of files) {
    if (!isMine()) return true;
    try {
      await playOne(file);
    } catch {
      return false;
    }
  }
  return true;
}

function playOne(file) {
  return new Promise((done, failed) => {
    player.onended = player.onpause = done;
    player.onerror = () => failed(new Error(file));
    player.src = file;
    player.play().catch(failed);
  });
}

/** Whether the phone has a Spanish voice, and used it. */
function phoneSays(words) {
  const voice = globalThis.speechSynthesis?.getVoices().find((one) => one.lang.startsWith("es"));
  if (!voice) return Promise.resolve(false);
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(words);
    said.voice = voice;
    said.lang = voice.lang;
    said.onend = () => done(true);
    said.onerror = () => done(false);
    globalThis.speechSynthesis.speak(said);
  });
}

function showLarge(words) {
  const board = document.createElement("button");
  board.type = "button";
  board.className = "loud-words";
  board.textContent = words;
  board.addEventListener("click", () => board.remove());
  document.body.append(board);
  board.focus();
}

/** Every loudspeaker speaks; with help on, the first touch of a key speaks and the second goes. */
export function readySounds(page) {
  const helps = page.body.dataset.help === "on";
  page.addEventListener(
    "click",
    (event) => {
      const loudspeaker = event.target.closest("[data-say]");
      const key = helps && !loudspeaker && keyOf(event.target);
      if (key && !("heard" in key.key.dataset)) {
        event.preventDefault();
        event.stopPropagation();
        page.querySelectorAll("[data-heard]").forEach((one) => delete one.dataset.heard);
        key.key.dataset.heard = "";
        speak(key.sound);
      } else if (loudspeaker) {
        event.preventDefault();
        speak(loudspeaker);
      }
    },
    true,
  );
}

function keyOf(target) {
  const key = target.closest("a, button, summary");
  if (!key) return null;
  const sound = "speak" in key.dataset ? key : key.closest(".act, .tile, .row")?.querySelector(".say");
  return sound ? { key, sound } : null;
}
