import { formatNumber } from "../../../src/report/format.js";
import { MarkSwatch } from "../charts/index.js";
import { text } from "../language/index.js";
import { CRITIC, DISCRIMINATOR } from "./LinePicture.js";
import type { LineFrame } from "./protocol.js";
import { linearShare, logShare } from "./scales.js";

/** What the generator is told at the fakes: a number and two bars for each network. */
export function Feedback({ frame }: { readonly frame: LineFrame | null }) {
  const words = text().line;
  const rows = [
    { name: words.discriminatorRow, look: DISCRIMINATOR, value: frame?.discriminator.feedback ?? null },
    { name: words.criticRow, look: CRITIC, value: frame?.critic.feedback ?? null },
  ];
  const ratio = frame && frame.discriminator.feedback > 0 ? frame.critic.feedback / frame.discriminator.feedback : null;
  const isSame = frame !== null && frame.means.real === frame.means.fake;
  return (
    <div class="line-feedback">
      <table>
        <caption>
          <strong>{words.feedback}</strong> <span>{words.feedbackNote}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.value}</th>
            <th scope="col">{words.linear}</th>
            <th scope="col">{words.logarithmic}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, look: { color, mark }, value }) => (
            <tr key={color}>
              <th scope="row">
                <MarkSwatch mark={mark} color={color} /> {name}
              </th>
              <td class="line-value">{formatNumber(value)}</td>
              <Bar share={linearShare(value ?? 0)} color={color} label={words.linear} />
              <Bar share={logShare(value ?? 0)} color={color} label={words.logarithmic} />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="line-ratio">{isSame ? words.same : ratio !== null && words.ratio(formatNumber(ratio))}</p>
    </div>
  );
}

function Bar({ share, color, label }: { readonly share: number; readonly color: string; readonly label: string }) {
  return (
    <td data-label={label}>
      <div class="line-bar" aria-hidden="true">
        <div style={{ width: `${100 * share}%`, background: color }} />
      </div>
    </td>
  );
}
