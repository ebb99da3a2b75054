import { join } from "node:path";
import { beginOurs, withParticipants } from "../participants/join.mjs";
import { compared } from "../report.mjs";
import { trainingRows } from "../rows.mjs";
import { agreementOfLosses } from "./agreement.mjs";
import { buildOurs } from "./build.mjs";
import { refusal } from "./trial.mjs";

const ROWS = ["toy-128", "dcgan-28-32"];
/** Every start is a process of its own and some compile for half a minute. */
const MOST_ROUNDS = 3;
const PARTICIPANT_SECONDS = 20;

/**
 * How long it takes until there is something to see: from the start of a process to the end of its first iteration; and of ours, to trace
 * a step and write its model, and to make a session of it.
 */
export async function measureStartup(name, { participants, rounds, tell }) {
  const entries = [];
  for (const row of ROWS) entries.push(...(await startupOf(name, row, { participants, rounds, tell })));
  return entries;
}

function startupOf(name, rowName, { participants, rounds, tell }) {
  const { ours, peers } = participants;
  const row = trainingRows[rowName];
  return withParticipants(async (begin, folder) => {
    const written = await beginOurs(begin, ours, { do: "set up", row });
    await written.process.stop();
    const builds = [];
    const outcomes = [];
    for (const participant of [ours, ...peers]) {
      const refused = await refusal(participants, participant, row);
      outcomes.push({ participant, name: participant.name, times: [], ...refused });
    }
    for (let round = 1; round <= Math.min(rounds, MOST_ROUNDS); round++) {
      tell(`${name}, ${rowName}: round ${round} of ${Math.min(rounds, MOST_ROUNDS)}`);
      builds.push(await buildOurs(row));
      for (const outcome of outcomes) {
        const spent = outcome.times.reduce((sum, time) => sum + time, 0);
        if (outcome.absent || outcome.agreement?.agrees === false || spent > PARTICIPANT_SECONDS) continue;
        // torch.compile keeps what it has compiled on disk: each start finds an empty folder.
        const environment = { TORCHINDUCTOR_CACHE_DIR: join(folder, `compiled-${round}`) };
        const started = await begin(outcome.participant, { do: "start", row }, { environment });
        outcome.absent = started.absent;
        if (started.absent) continue;
        outcome.agreement = agreementOfLosses(written.losses, started.losses);
        outcome.times.push(started.seconds);
        await started.process.stop();
      }
    }
    const [first, ...others] = outcomes;
    const alone = (label, pick) => compared(`${name}: ${label}, ${rowName}`, { times: builds.map(pick) }, []);
    return [
      compared(`${name}: process to first iteration, ${rowName}`, first, others),
      alone("trace and write the model", ({ trace }) => trace),
      alone("session", ({ session }) => session),
    ];
  });
}
