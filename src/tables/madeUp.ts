import { capitalised } from "../quoting.js";
import type { Rng } from "../random.js";

/** Made-up text of several kinds, none of it anybody's. */
export interface MadeUp {
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
  // One generator serves everybody who uses the package: each text starts it anew.
  const anew = () => {
    faker.seed([rng.integer(2 ** 32), rng.integer(2 ** 32)]);
    return faker;
  };
  let [emails, urls] = [0, 0];
  return {
    name: () => anew().person.fullName(),
    firstName: () => anew().person.firstName(),
    lastName: () => anew().person.lastName(),
    address: () => anew().location.streetAddress(),
    phone: () => anew().phone.number(),
    card: () => anew().finance.creditCardNumber(),
    email: () => anew().internet.exampleEmail().replace("@", `.${++emails}@`).toLowerCase(),
    url: () => `https://www.example.com/${anew().lorem.slug()}-${++urls}`,
    free: (words) => (words > LABEL ? anew().lorem.sentence(words) : capitalised(anew().lorem.words(words))),
  };
}
