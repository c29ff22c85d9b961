// The phone's two drawers: `box`, what waits to be told, in its order; `drawer`, everything else.
let opened;

function open() {
  opened ??= new Promise((found, failed) => {
    const asked = indexedDB.open("m", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("box", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("drawer");
    };
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Resolves when it is surely written, not when it was only asked for. */
async function inside(store, mode, act) {
  const house = await open();
  return new Promise((done, failed) => {
    const all = house.transaction(store, mode);
    const asked = act(all.objectStore(store));
    all.oncomplete = () => done(asked.result);
    all.onabort = all.onerror = () => failed(all.error ?? asked.error);
  });
}

export const read = (key) => inside("drawer", "readonly", (all) => all.get(key));
export const write = (key, value) => inside("drawer", "readwrite", (all) => all.put(value, key));

/** Change what lies there, if it still does, with nobody in between; what it was before. */
export const change = (key, edit) =>
  inside("drawer", "readwrite", (all) => {
    const asked = all.get(key);
    asked.onsuccess = () => asked.result && all.put(edit(asked.result), key);
    return asked;
  });

export const erase = (...keys) =>
  inside("drawer", "readwrite", (all) => keys.map((key) => all.delete(key)).at(-1));

export const words = () => inside("box", "readonly", (all) => all.getAll());
export const keepWord = (word) => inside("box", "readwrite", (all) => all.put(word));
export const dropWord = (id) => inside("box", "readwrite", (all) => all.delete(id));
