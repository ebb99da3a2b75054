import type { Side } from "../settings/settings.js";
import { buffersIn } from "./buffersIn.js";
import { openData } from "./data.js";
import { createInbox } from "./inbox.js";
import { chooseMachine } from "./machine.js";
import { createPace } from "./pace.js";
import { ProblemError } from "./problem.js";
import type { Answer, Command, Layer, StepKind } from "./protocol.js";
import { createRuns, isEnding, type Runs } from "./runs.js";
import { sceneOf } from "./scene.js";
import type { Ending } from "./sideWorker.js";
import { createSpeedometer } from "./speedometer.js";

type Start = Extract<Command, { type: "start" }>;

const inbox = createInbox<Command>();
let run = 0;
let runs: Runs | undefined;
let pace = createPace();
let playing = false;
/** The iteration at which playing ends; `null`: none. */
let until: number | null = null;
const speedometer = createSpeedometer();
let limit: number | null = null;
let nextIteration = 0;
let layers: readonly Layer[] = [];
/** The page would take a frame. */
let wanted = true;
/** What the page was last sent is not how things are. */
let stale = { frame: false, evaluation: false };

function post(answer: Answer, transfer: Transferable[] = []): void {
  self.postMessage(answer, { transfer });
}

async function obey(command: Command): Promise<void> {
  const later = inbox.waiting.some(({ type }) => type === command.type);
  switch (command.type) {
    case "start":
      return later ? undefined : begin(command);
    case "play":
      playing = runs !== undefined && !runs.over;
      until = command.until;
      break;
    case "pause":
      playing = false;
      break;
    case "step":
      playing = false;
      // After a start that failed there is nothing to step in.
      return runs && advance(command.what);
    case "speed":
      limit = command.limit;
      nextIteration = 0;
      break;
    case "change":
      return later ? undefined : runs?.change(command.settings);
    case "layers":
      layers = command.layers;
      stale.frame = runs !== undefined;
      break;
    case "drawn":
      wanted = true;
      break;
    case "interpolate": {
      const { request, seed, steps } = command;
      const images = await begun().interpolate(seed, steps);
      return post({ type: "interpolation", request, images }, [images.left.buffer, images.right.buffer]);
    }
    case "snapshot":
      return post({ type: "snapshots", request: command.request, sides: await begun().snapshots() });
    case "export": {
      const { request, side } = command;
      return post({ type: "exported", request, ...(await begun().exportGenerator(side)) });
    }
  }
}

async function begin({ run: number, settings, own, device, from }: Start): Promise<void> {
  run = number;
  runs = undefined;
  playing = false;
  const data = await openData(settings.data, own);
  const scene = sceneOf(data);
  const { frame } = scene;
  post({ type: "started", run, scene }, [scene.real.buffer]);
  const machine = await chooseMachine(device, frame === null);
  post({ type: "machine", machine });
  const onFallBack = (other: typeof machine) => post({ type: "machine", machine: other });
  runs = await createRuns({ settings, own, frame, machine, from, onFallBack });
  pace = createPace();
  wanted = true;
  stale = { frame: true, evaluation: true };
}

function begun(): Runs {
  if (!runs) throw new ProblemError("notStarted");
  return runs;
}

async function advance(what: StepKind): Promise<void> {
  for (const { side, outcome } of await begun().advance(what)) if (outcome) tellDivergence(side, outcome);
  stale = { frame: true, evaluation: true };
}

function tellDivergence(side: Side, { iteration, term }: Ending): void {
  post({ type: "diverged", run, side, iteration, term });
  if (begun().over) playing = false;
}

async function sendFrame(): Promise<void> {
  const sides = await begun().frame(layers);
  const buffers = Object.values(sides).flatMap(buffersIn);
  post({ type: "frame", run, sides, perSecond: speedometer.perSecond() }, buffers);
  wanted = false;
  stale.frame = false;
}

async function sendEvaluations(): Promise<void> {
  for (const { side, outcome } of await begun().evaluate()) {
    if (isEnding(outcome)) tellDivergence(side, outcome);
    else post({ type: "evaluation", run, side, evaluation: outcome });
  }
  stale.evaluation = false;
}

/** Milliseconds until there is something to do, unless a command comes. */
function idle(): number {
  const iteration = playing ? Math.max(0, nextIteration - performance.now()) : Infinity;
  const frame = stale.frame && wanted ? pace.frames.wait() : Infinity;
  const evaluation = stale.evaluation ? pace.evaluations.wait() : Infinity;
  return Math.min(iteration, frame, evaluation);
}

/** Does what is due: one thing of each kind at most, so that a command waits for no more than that. */
async function work(): Promise<void> {
  if (!runs) return;
  if (!playing) speedometer.rest();
  if (stale.frame && wanted && pace.frames.wait() === 0) await pace.frames.spend(sendFrame);
  if (stale.evaluation && pace.evaluations.wait() === 0) await pace.evaluations.spend(sendEvaluations);
  if (playing && performance.now() >= nextIteration) {
    nextIteration = limit === null ? 0 : performance.now() + 1000 / limit;
    await advance("generator");
    speedometer.record();
    if (until !== null && runs.iteration >= until) {
      playing = false;
      post({ type: "reached", run, until });
    }
  }
}

async function reporting(work: () => Promise<void>, request: number | null): Promise<void> {
  try {
    await work();
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : null;
    post({ type: "error", run, request, problem, message: error instanceof Error ? error.message : String(error) });
    if (request === null) playing = false;
    stale = { frame: false, evaluation: false };
  }
}

async function serve(): Promise<never> {
  for (;;) {
    for (let command = inbox.take(); command; command = inbox.take()) {
      const current = command;
      await reporting(() => obey(current), "request" in current ? current.request : null);
    }
    await reporting(work, null);
    await inbox.arrival(idle());
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Command>) => inbox.push(data));
void serve();
