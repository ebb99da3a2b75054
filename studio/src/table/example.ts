import { createRng } from "../../../src/random.js";

const ROWS = 1500;
const CITIES = ["Paris", "Lyon", "Lille", "Nice"] as const;
const PLANS = ["basic", "family", "business"] as const;
/** Days from the first to the last day on which somebody joined. */
const DAYS = 2000;
const FIRST_DAY = Date.UTC(2019, 0, 1);
const DAY = 86_400_000;

/**
 * A table of customers who do not exist, the same each time, as a CSV file: what they pay depends on plan and age, whether they stay on what
 * they pay and when they joined, and some did not tell their age.
 */
export function exampleTable(): File {
  const rng = createRng(1781);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const age = Math.round(18 + 62 * rng.uniform() ** 1.4);
    const plan = PLANS[rng.uniform() < age / 90 ? (rng.uniform() < 0.7 ? 1 : 2) : 0]!;
    const city = CITIES[Math.floor(CITIES.length * rng.uniform() ** 2)]!;
    const joined = Math.floor(DAYS * Math.sqrt(rng.uniform()));
    const base = { basic: 9, family: 24, business: 60 }[plan];
    const monthly = base * Math.exp(0.25 * (rng.uniform() + rng.uniform() - 1)) + age / 10;
    const stays = rng.uniform() < 0.35 + 0.4 * (1 - joined / DAYS) + monthly / 300;
    const date = new Date(FIRST_DAY + DAY * joined).toISOString().slice(0, 10);
    return [
      `C-${10_000 + 7 * row}`,
      rng.uniform() < 0.06 ? "" : age,
      city,
      plan,
      date,
      monthly.toFixed(2),
      stays ? "yes" : "no",
    ].join(",");
  });
  const text = ["customer,age,city,plan,joined,monthly,stays", ...rows].join("\n");
  return new File([`${text}\n`], "customers.csv", { type: "text/csv" });
}
