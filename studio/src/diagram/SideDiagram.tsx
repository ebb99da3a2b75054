import { useMemo } from "preact/hooks";
import type { PlayerName } from "../../../src/game/state.js";
import { capitalised } from "../../../src/quoting.js";
import { Game } from "../app/Game.js";
import type { Studio } from "../app/studio.js";
import { PairingChoice } from "../controls/PairingChoice.js";
import { pairingTitle } from "../controls/pairingTitle.js";
import { number } from "../language/format.js";
import { text } from "../language/index.js";
import { colorsOf } from "../scene/colors.js";
import { imageSheet } from "../scene/layers/images.js";
import { surfaceBitmap } from "../scene/layers/surface.js";
import { scoreScale } from "../scene/scoreScale.js";
import { theme } from "../scene/theme.js";
import type { Flow, Frame, Scene, SideFrame } from "../session/protocol.js";
import { SURFACE_SIDE } from "../session/protocol.js";
import { sideLooks } from "../settings/looks.js";
import { opponentOf } from "../settings/opponent.js";
import type { Side } from "../settings/settings.js";
import { Answers } from "./Answers.js";
import { Arrow } from "./Arrow.js";
import { VANISHED } from "./arrows.js";
import { Bitmap } from "./Bitmap.js";
import { meanOf } from "./histogram.js";
import { layoutOf } from "./layout.js";
import { Network } from "./Network.js";
import { Points } from "./Points.js";
import { gradientWays, type Motion, phaseOf } from "./phases.js";
import { type Figure, StationBox } from "./StationBox.js";
import { type Station, WAY_NAMES, WAYS, type WayName } from "./stations.js";

/** Latents are standard normal. */
const LATENT_FRAME: Frame = { x: [-3, 3], y: [-3, 3] };
const TILES = 4;

export interface SideDiagramProps {
  readonly studio: Studio;
  readonly side: Side;
  readonly scene: Scene;
  readonly frame: SideFrame;
  readonly flow: Flow;
  readonly motion: Motion | null;
  /** What flowed before the update that slow motion has gone through. */
  readonly before: Flow | null;
  readonly width: number;
}

/** One side as a machine: what flows forward through both networks to the loss, and the gradient that flows back. */
export function SideDiagram({ studio, side, scene, frame, flow, motion, before, width }: SideDiagramProps) {
  const { app, diagram: words } = text();
  const settings = studio.settings.value;
  const look = sideLooks(settings)[side];
  const layout = useMemo(() => layoutOf(width), [width]);
  const shade = theme();
  const colors = useMemo(() => colorsOf(shade, look), [shade, look.color, look.mark]);
  const opponent = opponentOf(settings[side]);
  const opponentName = app.opponents[opponent];
  const player = motion?.player ?? "generator";
  const phase = motion && phaseOf(motion);
  const gradients = gradientWays(player);
  const sizeOf = (way: WayName) => (way === "lossBack" || way === "answersBack" ? flow.push[player] : flow.feedback);
  const at = (station: Station) => ({
    station,
    box: layout.stations[station],
    isActive: phase?.stations.includes(station) ?? false,
    isDimmed: phase !== null && !phase.stations.includes(station),
  });
  const gradient = (name: string, size: number): Figure => ({ name, value: gradientText(size), isGradient: true });
  const weightsOf = (name: PlayerName) => (player === name ? [gradient(words.weights, flow.weights[name])] : []);
  const changed = (of: (flow: Flow) => number) => {
    const now = number(of(flow), 3);
    return before ? words.change(number(of(before), 3), now) : now;
  };
  const sampleSize = scene.shape.reduce((product, length) => product * length, 1);
  const latentWidth = (flow.latents.length * sampleSize) / flow.real.length;
  const plane = scene.frame;
  const samples = (values: Float32Array, color: string, lines?: Float32Array) =>
    plane ? (
      <Points frame={plane} marks={[{ samples: values, color, ...(lines && { lines }) }]} />
    ) : (
      <Tiles values={values} shape={scene.shape} />
    );
  return (
    <section
      class="diagram-side"
      data-side={side}
      aria-label={app.sideOf(app.sides[side], pairingTitle(settings[side]))}
    >
      <div class={layout.head ? "diagram-head within" : "diagram-head"} style={layout.head ? placeOf(layout.head) : {}}>
        <PairingChoice studio={studio} side={side} />
        <Game side={settings[side]} />
      </div>
      <div class="diagram-stage" style={{ height: `${layout.height}px` }}>
        <svg class="diagram-arrows" width={width} height={layout.height} aria-hidden="true">
          {WAY_NAMES.filter((name) => !WAYS[name].isBack || gradients.includes(name)).map((name) => (
            <Arrow
              key={name}
              segment={layout.ways[name]}
              size={WAYS[name].isBack ? sizeOf(name) : null}
              isActive={phase?.ways.includes(name) ?? false}
              isDimmed={phase !== null && !phase.ways.includes(name)}
            />
          ))}
        </svg>
        <StationBox {...at("latent")} title={words.stations.latent}>
          <Points frame={LATENT_FRAME} marks={[{ samples: flow.latents, width: latentWidth, color: colors.muted }]} />
        </StationBox>
        <StationBox {...at("generator")} title={words.stations.generator} figures={weightsOf("generator")}>
          <Network depth={settings.generatorDepth} inputs={latentWidth} outputs={sampleSize} />
        </StationBox>
        <StationBox
          {...at("fake")}
          title={words.stations.fake}
          figures={player === "generator" ? [gradient(words.feedback, flow.feedback)] : []}
        >
          {samples(flow.fakes, colors.fake, player === "generator" ? flow.descent : undefined)}
        </StationBox>
        <StationBox {...at("real")} title={words.stations.real}>
          {samples(flow.real, colors.real)}
        </StationBox>
        <StationBox
          {...at("opponent")}
          title={`${capitalised(opponentName)} ${opponent === "discriminator" ? "d" : "c"}`}
          note={<OutputCurve output={frame.output} />}
          figures={weightsOf("critic")}
        >
          {plane && frame.surface ? (
            <div class="diagram-surface">
              <Surface frame={frame} surface={frame.surface} flow={flow} plane={plane} colors={colors} />
              <Points
                frame={plane}
                marks={[
                  { samples: flow.real, color: colors.real },
                  { samples: flow.fakes, color: colors.fake },
                ]}
              />
            </div>
          ) : (
            <Network depth={settings.criticDepth} inputs={sampleSize} outputs={1} />
          )}
        </StationBox>
        <StationBox
          {...at("answers")}
          title={words.stations.answers}
          figures={[
            { name: words.onReals, value: number(meanOf(flow.realAnswers), 3) },
            { name: words.onFakes, value: number(meanOf(flow.fakeAnswers), 3) },
            gradient(words.push, flow.push[player]),
          ]}
        >
          <Answers flow={flow} output={frame.output} colors={colors} />
        </StationBox>
        <StationBox
          {...at("loss")}
          title={words.stations.loss}
          figures={[
            { name: words.value, value: changed(({ value }) => value) },
            { name: words.lossOf(opponentName), value: changed(({ loss }) => loss.critic) },
            ...(flow.penalty > 0 ? [{ name: words.penalty, value: changed(({ penalty }) => penalty) }] : []),
            { name: words.generatorLoss, value: changed(({ loss }) => loss.generator) },
          ]}
        />
      </div>
    </section>
  );
}

function gradientText(size: number): string {
  const { diagram } = text();
  return size < VANISHED ? diagram.vanished(number(size, 2)) : number(size, 2);
}

function placeOf({
  x,
  y,
  width,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}) {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
}

function Tiles({ values, shape }: { readonly values: Float32Array; readonly shape: readonly number[] }) {
  const bitmap = useMemo(() => imageSheet(values, shape, TILES), [values]);
  return <Bitmap bitmap={bitmap} />;
}

interface SurfaceProps {
  readonly frame: SideFrame;
  readonly surface: Float32Array;
  readonly flow: Flow;
  readonly plane: Frame;
  readonly colors: ReturnType<typeof colorsOf>;
}

function Surface({ frame: { output }, surface, flow, plane, colors }: SurfaceProps) {
  const bitmap = useMemo(() => {
    const grid = { values: surface, side: SURFACE_SIDE, frame: plane };
    return surfaceBitmap(grid, scoreScale(grid, output, flow.real, flow.fakes), colors);
  }, [surface, colors]);
  return <Bitmap bitmap={bitmap} isSmooth />;
}

/** The last layer of the opponent: a sigmoid, which flattens out at both ends, or a line, which does not. */
function OutputCurve({ output }: { readonly output: SideFrame["output"] }) {
  const { diagram } = text();
  return (
    <p class="diagram-output">
      <svg viewBox="0 0 40 24" width="40" height="24" aria-hidden="true">
        <path d={output === "probability" ? "M2,22C26,22 14,2 38,2" : "M4,22L36,2"} />
      </svg>
      {diagram.lastLayer[output]}
    </p>
  );
}
