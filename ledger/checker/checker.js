"use strict";
// Checks a receipt (ledger/receipts.py) without asking anybody. SHA-256 is our own (FIPS 180-4):
// browsers keep theirs from pages that are opened from disk. Nothing here is newer than 2015, so
// that old phones check too.
const WORDS = __WORDS__;
const GROUPS = __GROUPS__;
const DIGITS = __DIGITS__;
const MOST = 200000;
const MOST_PAPER = 20000000;
const BEGINS = '{"format":"minka-receipt-2"';

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

// A line as somebody copied it: spaces, ends of lines and sorts of dashes do not count.
function takeApart(copied) {
  const text = copied.toUpperCase().replace(/[\u2010-\u2015\u2212]/g, "-");
  const day = /(?:^|[^0-9])((?:[0-9]\s*){4})-\s*([0-9]\s*[0-9])\s*-\s*([0-9]\s*[0-9])(?![0-9])/.exec(text);
  const before = day ? text.slice(0, day.index) : "";
  const after = day ? text.slice(day.index + day[0].length) : text;
  const at = after.indexOf("=");
  const groups = at < 0 ? after : after.slice(0, at);
  let end = at < 0 ? "" : after.slice(at + 1).replace(/[^0-9]/g, "");
  let signs = groups.replace(/[^0-9X]/g, "");
  const size = DIGITS + 1;
  if (signs.length === GROUPS * size + 2 && !end) {
    end = signs.slice(-2);
    signs = signs.slice(0, -2);
  }
  let told = [];
  if (signs.length === GROUPS * size) {
    told = signs.match(new RegExp(`.{${size}}`, "g")).map((one) => `${one.slice(0, DIGITS)}-${one.slice(DIGITS)}`);
  } else {
    const group = /(?:^|[^0-9X-])([0-9]{4})\s*-\s*([0-9X])(?![0-9X-])/g;
    for (let one = group.exec(groups); one; one = group.exec(groups)) told.push(`${one[1]}-${one[2]}`);
  }
  const head = (before.match(/[0-9]{1,18}/g) || []).map(Number);
  return { head, day: day ? day.slice(1).map((one) => one.replace(/\s/g, "")).join("-") : "", told, end };
}

// Where a copied line is another than that of the receipt; nothing where it is the same.
function firstDifference(copied, found) {
  const { head, day, told, end } = takeApart(copied);
  const mine = lineOf(found);
  if (head.length && head[0] !== found.block) return "block";
  const at = mine.groups.findIndex((one, i) => i < told.length && one !== told[i]);
  if (at >= 0) return `group ${at + 1}`;
  if (told.length !== GROUPS) return `group ${Math.min(told.length, GROUPS) + 1}`;
  const more = head.slice(1);
  if ((day && day !== found.day) || (more.length && (more.length > 1 || more[0] !== found.last))) return "head";
  return end && end !== mine.sum ? "end" : "";
}

// What the file holds: the receipt's own text, or that inside the house's paper.
function textOf(bytes) {
  const starts = (signs) => signs.every((one, i) => bytes[i] === one);
  let from = 0;
  let to = bytes.length;
  if (starts([0x25, 0x50, 0x44, 0x46])) {
    from = placeOf(BEGINS, bytes, 0);
    to = from < 0 ? -1 : placeOf("endstream", bytes, from);
    if (to < 0 || bytes.length > MOST_PAPER) throw new Error("paper");
    while (bytes[to - 1] === 10 || bytes[to - 1] === 13) to -= 1;
  } else if ([[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x52, 0x49, 0x46, 0x46], [0x47, 0x49, 0x46, 0x38]].some(starts)) {
    throw new Error("picture");
  }
  if (to - from > MOST) throw new Error("long");
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, to));
}

function placeOf(word, bytes, from) {
  const signs = utf8(word);
  for (let at = bytes.indexOf(signs[0], from); at >= 0; at = bytes.indexOf(signs[0], at + 1)) {
    if (signs.every((one, i) => bytes[at + i] === one)) return at;
  }
  return -1;
}

// A receipt has no ends of lines: what a message or a program put into it is taken out again.
function prove(typed) {
  const text = typed.trim();
  const lines = text.replace(/\r\n?/g, "\n");
  if (lines.indexOf("\n") < 0) return check(text);
  try {
    const found = check(lines.replace(/\n/g, ""));
    if (found.holds) return found;
  } catch (strange) {
    // Then they stand where spaces stood.
  }
  return check(lines.replace(/\n/g, " "));
}

// The page ---------------------------------------------------------------------------------------
const place = (name) => document.getElementById(name);
const said = (words, values) => words.replace(/%\((\w+)\)s|\{(\w+)\}/g, (_all, one, two) => values[one || two]);
let found = null;

function put(parent, tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  parent.appendChild(made);
  return made;
}

function amount(minor, currency) {
  const known = WORDS.digits[currency];
  const digits = known === undefined ? 2 : known;
  const text = padded(minor, digits + 1);
  const whole = (digits ? text.slice(0, -digits) : text).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${WORDS.symbols[currency] || currency}\u00a0${whole}${digits ? `.${text.slice(-digits)}` : ""}`;
}

function inWords(day) {
  const [year, month, number] = String(day).split("-").map(Number);
  return said(WORDS.date, { day: number, month: WORDS.months[month - 1], year });
}

// The amount of one side, if all of it is in one currency.
function sumOf(postings) {
  const debits = postings.filter((one) => one[4] === "debit");
  if (!debits.length || debits.some((one) => one[2] !== debits[0][2])) return "";
  return amount(debits.reduce((all, one) => all + one[5], 0), debits[0][2]);
}

function facts(out) {
  const { entry } = found;
  const sum = sumOf(entry.postings);
  if (sum) put(out, "p", sum, "sum");
  const list = put(out, "dl", "");
  const fact = (into, name, value) => { put(into, "dt", name); put(into, "dd", value); };
  fact(list, WORDS.day, inWords(entry.day));
  fact(list, WORDS.what, WORDS.kinds[entry.kind] || String(entry.kind));
  const people = entry.postings.filter((one) => one[1] === "liability" && one[0].indexOf(".") > 0);
  if (people.length === 1) fact(list, WORDS.who, people[0][0].slice(people[0][0].indexOf(".") + 1));
  fact(list, WORDS.number, String(found.number));
  const more = put(out, "details", "");
  put(more, "summary", WORDS.more);
  const deep = put(more, "dl", "");
  for (const [account, , currency, , side, minor] of entry.postings) {
    fact(deep, side === "debit" ? WORDS.debit : WORDS.credit, `${amount(minor, currency)} · ${account}`);
  }
  fact(deep, WORDS.reference, String(entry.reference));
  if (entry.memo) fact(deep, WORDS.memo, String(entry.memo));
  if (entry.payment) fact(deep, WORDS.signed, entry.payment[4].map(([who, day]) => `${who} (${day})`).join(", "));
}

function judge(out, how, verdict, next) {
  put(out, "p", verdict, `verdict ${how}`);
  if (next) put(out, "p", next, "next");
}

function refuse(why) {
  const out = place("out");
  out.textContent = "";
  place("compare").hidden = true;
  found = null;
  if (why === "paper" || why === "picture") judge(out, "is-unknown", WORDS[why]);
  else judge(out, "is-unknown", WORDS.strange, WORDS.strange_next);
}

function show() {
  const out = place("out");
  const text = place("receipt").value;
  out.textContent = "";
  place("compare").hidden = true;
  found = null;
  if (!text.trim()) return;
  try {
    if (text.length > MOST) throw new Error("long");
    found = prove(text);
    if (found.holds) judge(out, "is-well", WORDS.whole, WORDS.whole_next);
    else judge(out, "is-wrong", WORDS.broken, WORDS.broken_next);
    if (!found.holds) return;
    facts(out);
  } catch (strange) {
    refuse("");
    return;
  }
  const line = lineOf(found);
  const begin = said(WORDS.begin, found);
  const shown = place("line");
  shown.textContent = "";
  put(shown, "span", begin, "begin");
  line.groups.concat(`= ${line.sum}`).forEach((one) => {
    shown.appendChild(document.createTextNode(" "));
    put(shown, "span", one, "group");
  });
  place("compare").hidden = false;
  compare();
}

function compare() {
  const out = place("compared");
  const copied = place("copied").value.trim();
  out.className = "";
  out.textContent = "";
  if (!copied || !found) return;
  const [what, at] = firstDifference(copied, found).split(" ");
  out.className = `verdict ${what ? "is-wrong" : "is-well"}`;
  out.textContent = what ? said(WORDS.differs[what], { place: at, begin: said(WORDS.begin, found) }) : WORDS.same;
}

place("receipt").addEventListener("input", () => {
  place("named").textContent = "";
  show();
});
place("copied").addEventListener("input", compare);
place("file").addEventListener("change", ({ target }) => {
  const file = target.files[0];
  if (!file) return;
  place("named").textContent = file.name;
  place("receipt").value = "";
  const reader = new FileReader();
  reader.onload = () => {
    try {
      place("receipt").value = textOf(new Uint8Array(reader.result));
    } catch (strange) {
      refuse(strange.message);
      return;
    }
    show();
    if (!place("receipt").value.trim()) refuse("");
  };
  reader.onerror = () => refuse("");
  if (file.size > MOST_PAPER) refuse("");
  else reader.readAsArrayBuffer(file);
  target.value = "";
});
place("old").hidden = true;
place("page").hidden = false;
