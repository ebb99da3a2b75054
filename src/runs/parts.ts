import { z } from "zod";
import type { Catalogue, Described } from "../catalogue.js";
import { isPairing, pairingByName } from "../game/pairings.js";
import { type ConstraintEntry, constraints } from "../lipschitz/index.js";
import { type LossEntry, losses } from "../losses/index.js";
import { type NetworkEntry, networks } from "../networks/index.js";
import { type OptimizerEntry, optimizers, type ScheduleEntry, schedules } from "../optimizers/index.js";
import { type Configurable, noSettings } from "../settings.js";

/** What a run is made of by name. */
export interface Parts {
  readonly loss: LossEntry;
  readonly constraint: ConstraintEntry;
  readonly network: NetworkEntry;
  readonly optimizer: OptimizerEntry;
  readonly schedule: ScheduleEntry;
}

/** What a run names its parts by. */
export type PartNames = Readonly<Record<"loss" | "network" | "optimizer" | "schedule", string>>;

/** An entry of one of the catalogues that a run's parts come from. */
export interface Part extends Described, Configurable {}

/** @throws InputError where a catalogue has none of that name */
export function partsOf({ loss: pairing, network, optimizer, schedule }: PartNames): Parts {
  const { loss, constraint } = pairingByName(pairing);
  return {
    loss,
    constraint,
    network: networks.get(network),
    optimizer: optimizers.get(optimizer),
    schedule: schedules.get(schedule),
  };
}

const namesSchema = z.object({
  config: z.object({ loss: z.string(), network: z.string(), optimizer: z.string(), schedule: z.string() }),
});

/** What a saved run names that no catalogue has, such as `loss "mine"`; `undefined` where all is known, or nothing is named. */
export function unknownPart(run: unknown): string | undefined {
  const { data } = namesSchema.safeParse(run);
  if (!data) return undefined;
  const { loss, network, optimizer, schedule } = data.config;
  if (!isPairing(loss)) return `loss "${loss}"`;
  if (!networks.has(network)) return `network "${network}"`;
  if (!optimizers.has(optimizer)) return `optimizer "${optimizer}"`;
  return schedules.has(schedule) ? undefined : `schedule "${schedule}"`;
}

/** The first part of a run that the user has added, such as `loss "mine"`; `undefined` where all are the project's. */
export function addedPart(names: PartNames): string | undefined {
  const { loss, constraint, network, optimizer, schedule } = partsOf(names);
  if (losses.wasAdded(loss.name)) return `loss "${loss.name}"`;
  if (constraints.wasAdded(constraint.name)) return `constraint "${constraint.name}"`;
  if (networks.wasAdded(network.name)) return `network "${network.name}"`;
  if (optimizers.wasAdded(optimizer.name)) return `optimizer "${optimizer.name}"`;
  return schedules.wasAdded(schedule.name) ? `schedule "${schedule.name}"` : undefined;
}

/** The settings that an entry has use for, of those of a whole run. */
export function settingsOf({ settings = noSettings }: Configurable, config: object): Record<string, unknown> {
  return settings.parse(picked(config, settings.shape));
}

/** The catalogues that the parts of a run come from. */
const catalogues: readonly Pick<Catalogue<Part>, "kind" | "entries">[] = [
  losses,
  constraints,
  networks,
  optimizers,
  schedules,
];

/** All entries that any run may be made of. */
export function allParts(): readonly Part[] {
  return catalogues.flatMap(({ entries }) => entries);
}

/** Which entries have a setting of that name, by what kind of thing they are. */
export function allOwners(setting: string): readonly { readonly kind: string; readonly names: readonly string[] }[] {
  return catalogues.flatMap(({ kind, entries }) => {
    const owners = entries.filter(({ settings }) => settings && Object.hasOwn(settings.shape, setting));
    return owners.length > 0 ? [{ kind, names: owners.map(({ name }) => name) }] : [];
  });
}

/** Those values of an object whose names a shape has. */
export function picked(values: object, shape: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(shape, name)));
}
