/**
 * Writes customers.csv into the present folder: 3,000 made-up customers with what real files have, for docs/customers.md.
 *
 * Cities lie in their countries, totals are price * seats, nobody was last seen before signing up, and who was not seen for long, or pays
 * nothing, is more likely to leave. Some cells are empty.
 */
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { en, Faker } from "@faker-js/faker";
import { createRng } from "monge";

const COLUMNS = "id,name,email,signup,country,city,plan,seats,price,total,last_seen,churned,notes";

/** Cities with their country, and how many customers each has beside the others. */
const CITIES = [
  { country: "Germany", city: "Berlin", weight: 9 },
  { country: "Germany", city: "Hamburg", weight: 5 },
  { country: "Germany", city: "Munich", weight: 6 },
  { country: "France", city: "Paris", weight: 8 },
  { country: "France", city: "Lyon", weight: 3 },
  { country: "Italy", city: "Milan", weight: 4 },
  { country: "Italy", city: "Rome", weight: 3 },
  { country: "Spain", city: "Madrid", weight: 4 },
  { country: "Spain", city: "Valencia", weight: 2 },
  { country: "Portugal", city: "Lisbon", weight: 2 },
];

/** Prices a seat and month, most seats, and the odds of leaving. */
const PLANS = [
  { plan: "free", weight: 6, prices: [0], seats: 3, leaving: 1.5 },
  { plan: "pro", weight: 5, prices: [9.9, 12.5], seats: 8, leaving: 0.6 },
  { plan: "team", weight: 3, prices: [7.9, 8.5], seats: 60, leaving: 0.25 },
];

const ABOUT = ["invoice", "login", "export", "new seats", "the trial", "an upgrade", "single sign-on", "the price"];
const DONE = ["asked about", "called because of", "is happy with", "wrote twice about", "waits for an answer on"];
const MORE = ["call back in May", "answered by mail", "sent the manual", "no reply yet", "prefers the phone"];

const FIRST_DAY = Date.UTC(2022, 0, 1) / 86_400_000;
const LAST_DAY = Date.UTC(2025, 5, 30) / 86_400_000;

export async function main(count = 3000, path = "customers.csv") {
  const rng = createRng(0);
  const { person } = new Faker({ locale: en, seed: 0 });
  const rows = Array.from({ length: count }, (_, i) => customer(rng, i + 1, person.firstName(), person.lastName()));
  await writeFile(path, `${[COLUMNS, ...rows].join("\n")}\n`);
  console.log(`${path}: ${count} made-up customers`);
}

/** One line of the file. */
function customer(rng, number, first, last) {
  const place = rng.uniform() < 0.03 ? { country: "", city: "" } : weighted(rng, CITIES);
  const { plan, prices, seats: most, leaving } = weighted(rng, PLANS);
  const seats = 1 + Math.floor((most - 1) * rng.uniform() ** 2 + 0.5);
  const price = pick(rng, prices);

  // More sign up every year. Who pays was mostly seen in the last weeks, others at any time; a few never.
  const signup = FIRST_DAY + Math.floor((LAST_DAY - FIRST_DAY) * Math.sqrt(rng.uniform()));
  const away = (LAST_DAY - signup) * rng.uniform() ** (plan === "free" ? 1.5 : 4);
  const lastSeen = rng.uniform() < 0.08 ? undefined : Math.floor(LAST_DAY - away);
  const months = (LAST_DAY - (lastSeen ?? signup)) / 30;
  const odds = leaving * 0.15 * (1 + months);

  return [
    `C-${String(number).padStart(5, "0")}`,
    `${first} ${last}`,
    `${first}.${last}${number}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, ""),
    written(signup),
    place.country,
    place.city,
    plan,
    seats,
    price.toFixed(2),
    (price * seats).toFixed(2),
    lastSeen === undefined ? "" : written(lastSeen),
    rng.uniform() < odds / (1 + odds) ? "yes" : "no",
    rng.uniform() < 0.4
      ? ""
      : `"${pick(rng, DONE)} ${pick(rng, ABOUT)}, ${pick(rng, MORE)}, ticket ${1000 + rng.integer(9000)}"`,
  ].join(",");
}

/** A day since 1970 as much of Europe writes it: 31.01.2025. */
function written(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10).split("-").reverse().join(".");
}

function pick(rng, from) {
  return from[rng.integer(from.length)];
}

function weighted(rng, from) {
  return pick(
    rng,
    from.flatMap((one) => Array.from({ length: one.weight }, () => one)),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
