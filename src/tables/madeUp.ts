import { capitalised } from "../quoting.js";
import type { Rng } from "../random.js";

/** Made-up text of several kinds, none of it anybody's. */
export interface MadeUp {
  /** Begins to draw: to be called before texts are made at one go, since one generator serves everybody who uses the package. */
  readonly begin: () => void;
  readonly name: () => string;
  readonly firstName: () => string;
  readonly lastName: () => string;
  readonly address: () => string;
  readonly phone: () => string;
  readonly card: () => string;
  /** At a domain that RFC 2606 keeps for examples; no two alike. */
  readonly email: () => string;
  /** Likewise. */
  readonly url: () => string;
  readonly free: (words: number) => string;
}

/** Few words are a label, more a sentence. */
const LABEL = 3;

/** Loads what makes text up, and draws it with a generator. */
export async function loadMadeUp(rng: Rng): Promise<MadeUp> {
  const { faker } = await import("@faker-js/faker/locale/en");
  let [emails, urls] = [0, 0];
  return {
    begin: () => faker.seed([rng.integer(2 ** 32), rng.integer(2 ** 32)]),
    name: () => faker.person.fullName(),
    firstName: () => faker.person.firstName(),
    lastName: () => faker.person.lastName(),
    address: () => faker.location.streetAddress(),
    phone: () => faker.phone.number(),
    card: () => faker.finance.creditCardNumber(),
    email: () => faker.internet.exampleEmail().replace("@", `.${++emails}@`).toLowerCase(),
    url: () => `https://www.example.com/${faker.lorem.slug()}-${++urls}`,
    free: (words) => (words > LABEL ? faker.lorem.sentence(words) : capitalised(faker.lorem.words(words))),
  };
}
