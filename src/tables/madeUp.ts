import { capitalised } from "../quoting.js";
import type { Rng } from "../random.js";

/** Somebody who does not exist. */
export interface Person {
  readonly first: string;
  readonly middle: string;
  readonly last: string;
}

/** Made-up text of several kinds, none of it anybody's. */
export interface MadeUp {
  /** Begins to draw: to be called before texts are made at one go, since one generator serves everybody who uses the package. */
  readonly begin: () => void;
  /** Goes on to the next row: whoever was in the one before is gone. */
  readonly nextRow: () => void;
  /** Somebody of the present row, by a number from 0: all columns about one person ask for the same. */
  readonly person: (place: number) => Person;
  readonly address: () => string;
  readonly phone: () => string;
  readonly card: () => string;
  /** A person's, at a domain that RFC 2606 keeps for examples; no two alike. */
  readonly email: (person: Person) => string;
  /** At such a domain; no two alike. */
  readonly url: () => string;
  readonly free: (words: number) => string;
}

/** Loads what makes text up, and draws it with a generator. */
export async function loadMadeUp(rng: Rng): Promise<MadeUp> {
  const { faker } = await import("@faker-js/faker/locale/en");
  let [emails, urls] = [0, 0];
  let people: Person[] = [];
  const somebody = (): Person => {
    const [first, middle, last] = [faker.person.firstName(), faker.person.firstName(), faker.person.lastName()];
    return { first, middle, last };
  };
  return {
    begin: () => faker.seed([rng.integer(2 ** 32), rng.integer(2 ** 32)]),
    nextRow: () => {
      people = [];
    },
    person(place) {
      const person = people[place] ?? somebody();
      people[place] = person;
      return person;
    },
    address: () => faker.location.streetAddress(),
    phone: () => faker.phone.number(),
    card: () => faker.finance.creditCardNumber(),
    email({ first, last }) {
      const name = `${first}.${last}`.toLowerCase().replace(/[^a-z.]/g, "");
      return `${name}${++emails}@example.${faker.helpers.arrayElement(["com", "net", "org"])}`;
    },
    url: () => `https://www.example.com/${faker.lorem.slug()}-${++urls}`,
    free: (words) => capitalised(faker.lorem.sentence(words)),
  };
}
