"use strict";
// Checks a receipt (ledger/receipts.py) without asking anybody. SHA-256 is our own (FIPS 180-4):
// browsers keep theirs from pages that are opened from disk. Nothing here is newer than 2015, so
// that old phones check too.
const WORDS = __WORDS__;
const GROUPS = __GROUPS__;
const DIGITS = __DIGITS__;
const MOST = 200000;

const K = (() => {
  // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  const found = [];
  for (let number = 2; found.length < 64; number += 1) {
    let isPrime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) isPrime = false;
    if (isPrime) found.push(number);
  }
  return found.map((prime) => ((Math.cbrt(prime) % 1) * 4294967296) | 0);
})();
const START = [2, 3, 5, 7, 11, 13, 17, 19].map((prime) => ((Math.sqrt(prime) % 1) * 4294967296) | 0);

function sha256(bytes) {
  const length = bytes.length;
  const whole = new Uint8Array(((length + 8) >> 6 << 6) + 64);
  whole.set(bytes);
  whole[length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(length / 536870912));
  view.setUint32(whole.length - 4, (length << 3) >>> 0);
  const state = START.slice();
  const w = new Int32Array(64);
  const turn = (value, by) => (value >>> by) | (value << (32 - by));
  for (let at = 0; at < whole.length; at += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = (state[i] + value) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => out.setInt32(4 * i, value));
  return new Uint8Array(out.buffer);
}

function padded(text, length) {
  let all = String(text);
  while (all.length < length) all = `0${all}`;
  return all;
}

const hex = (bytes) => Array.from(bytes, (one) => padded(one.toString(16), 2)).join("");
const utf8 = (text) => new TextEncoder().encode(text);

function bytesOf(text) {
  if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text)) throw new Error("hex");
  return Uint8Array.from(text.match(/../g) || [], (one) => parseInt(one, 16));
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) { all.set(one, at); at += one.length; }
  return all;
}

// RFC 6962: the root to which the siblings lead from a leaf; null if the path has another length.
function rootFromPath(data, index, count, siblings) {
  if (!(index >= 0 && index < count)) return null;
  let node = sha256(joined([0], data));
  let last = count - 1;
  const left = siblings.slice();
  while (last) {
    if (index % 2 || index < last) {
      if (!left.length) return null;
      const sibling = left.shift();
      node = sha256(index % 2 ? joined([1], sibling, node) : joined([1], node, sibling));
    }
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return left.length ? null : hex(node);
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

// Throws for what is no receipt; `holds` says whether it leads to its root.
function check(text) {
  const receipt = JSON.parse(text);
  if (receipt.format !== "minka-receipt-2") throw new Error("format");
  const header = JSON.parse(receipt.header);
  const [, block, , day, first, last] = header;
  const counts = [block, first, last, receipt.number, receipt.leaves];
  if (!counts.every(isCount) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error("numbers");
  if (!/^[0-9a-f]{64}$/.test(receipt.root)) throw new Error("root");
  const entry = JSON.parse(receipt.sealed);
  const leaf = sha256(joined(bytesOf(receipt.salt), utf8(receipt.sealed)));
  const path = receipt.path.map(bytesOf);
  const headerPath = receipt.header_path.map(bytesOf);
  const index = receipt.number - first + 1;
  const holds = receipt.leaves === last - first + 2
    && rootFromPath(leaf, index, receipt.leaves, path) === receipt.root
    && rootFromPath(utf8(receipt.header), 0, receipt.leaves, headerPath) === receipt.root;
  return { holds, entry, block, last, day, number: receipt.number, root: receipt.root };
}

const checkDigit = (group) => {
  const sum = [5, 4, 3, 2].reduce((all, weight, at) => all + weight * Number(group[at]), 0);
  const missing = (11 - (sum % 11)) % 11;
  return missing === 10 ? "X" : String(missing);
};

// The last `size` decimal digits of a number written in hexadecimal.
function lastDigits(root, size) {
  const digits = new Array(size).fill(0);
  for (const one of root) {
    let carry = parseInt(one, 16);
    for (let at = size - 1; at >= 0; at -= 1) {
      const value = digits[at] * 16 + carry;
      digits[at] = value % 10;
      carry = Math.floor(value / 10);
    }
  }
  return digits.join("");
}

function lineOf(found) {
  const digits = lastDigits(found.root, GROUPS * DIGITS);
  const groups = digits.match(new RegExp(`\\d{${DIGITS}}`, "g"));
  const day = Number(found.day.replace(/-/g, ""));
  const sum = groups.reduce((all, one, at) => all + (at + 1) * Number(one), found.block + found.last + day);
  return { groups: groups.map((one) => `${one}-${checkDigit(one)}`), sum: padded(sum % 97, 2) };
}

// The page ---------------------------------------------------------------------------------------
const place = (name) => document.getElementById(name);
let found = null;

function put(parent, tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  parent.appendChild(made);
  return made;
}

function amount(minor, currency) {
  const known = { CLP: 0, JPY: 0, KWD: 3 };
  const digits = currency in known ? known[currency] : 2;
  const text = padded(minor, digits + 1);
  return `${currency} ${digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text}`;
}

function facts(list) {
  const { entry } = found;
  const fact = (name, value) => { put(list, "dt", name); put(list, "dd", value); };
  fact(WORDS.number, String(found.number));
  fact(WORDS.day, String(entry.day));
  fact(WORDS.reference, String(entry.reference));
  if (entry.memo) fact(WORDS.memo, String(entry.memo));
  for (const [account, , currency, , side, minor] of entry.postings) {
    fact(side === "debit" ? WORDS.debit : WORDS.credit, `${amount(minor, currency)} · ${account}`);
  }
  if (entry.payment) fact(WORDS.signed, entry.payment[4].map(([who, day]) => `${who} (${day})`).join(", "));
  fact(WORDS.block, `${found.block} · ${found.day}`);
}

function show() {
  const out = place("out");
  out.textContent = "";
  place("compare").hidden = true;
  found = null;
  const text = place("receipt").value.trim();
  if (!text) return;
  try {
    if (text.length > MOST) throw new Error("long");
    found = check(text);
    put(out, "p", found.holds ? WORDS.whole : WORDS.broken, `verdict ${found.holds ? "is-well" : "is-wrong"}`);
    if (!found.holds) return;
    facts(put(out, "dl", ""));
    const line = lineOf(found);
    put(out, "p", `${WORDS.line}:`);
    put(out, "p", `${found.block} · ${found.last} · ${found.day}: ${line.groups.join(" ")} = ${line.sum}`, "line").id = "line";
    place("compare").hidden = false;
    compare();
  } catch (strange) {
    out.textContent = "";
    place("compare").hidden = true;
    put(out, "p", WORDS.strange, "verdict is-wrong");
  }
}

function compare() {
  const out = place("compared");
  const copied = place("copied").value.trim();
  out.className = "";
  out.textContent = WORDS.empty;
  if (!copied || !found) return;
  const day = copied.search(/\d{4}-\d{2}-\d{2}/);
  const head = (day < 0 ? "" : copied.slice(0, day)).match(/\d+/g) || [];
  const mine = lineOf(found);
  out.className = "verdict is-wrong";
  if (head.length && Number(head[0]) !== found.block) {
    out.textContent = `${WORDS.other_block} ${head[0]}`;
    return;
  }
  const groups = (day < 0 ? copied : copied.slice(day + 10)).toUpperCase().match(/\d{4}\s*[-–]\s*[\dX]/g) || [];
  const told = groups.map((one) => one.replace(/\s|[-–]/g, "")).map((one) => `${one.slice(0, 4)}-${one.slice(4)}`);
  const at = mine.groups.findIndex((one, i) => one !== told[i]);
  if (at >= 0 || told.length !== mine.groups.length) {
    out.textContent = `${WORDS.other} ${(at < 0 ? mine.groups.length : at) + 1}`;
    return;
  }
  out.className = "verdict is-well";
  out.textContent = WORDS.same;
}

place("receipt").addEventListener("input", show);
place("copied").addEventListener("input", compare);
place("file").addEventListener("change", ({ target }) => {
  const file = target.files[0];
  if (!file) return;
  const read = (text) => {
    place("receipt").value = text;
    show();
  };
  if (file.size > MOST) {
    read("?");
    return;
  }
  const reader = new FileReader();
  reader.onload = () => read(reader.result);
  reader.onerror = () => read("?");
  reader.readAsText(file);
});
place("old").hidden = true;
place("page").hidden = false;
