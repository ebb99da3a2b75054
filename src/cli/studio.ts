import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import open from "open";
import { openNamedRuns } from "../studioServer/namedRun.js";
import { startStudioServer } from "../studioServer/server.js";
import { drawToken } from "../studioServer/token.js";
import { interruptible } from "./interrupt.js";
import { wholeFrom } from "./options.js";
import { print } from "./output.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface StudioFlags {
  readonly port?: number;
  readonly open: boolean;
  readonly token?: string | true;
  readonly embedIn?: readonly string[];
}

const LAST_PORT = 65_535;

/** `monge studio`: the page on which training is seen live, and runs that were trained elsewhere. */
export function studioCommand(): Command {
  return new Command("studio")
    .description(
      "Serves a page to this machine, on which two generators train side by side in the browser. It also shows the runs that you name, also while they " +
        "train. Only the page and these runs are served, and nothing is changed. Ctrl+C ends it.",
    )
    .argument("[runs...]", "folders of monge train or monge compare, or a results.json")
    .option("--port <n>", "port of 127.0.0.1 (default: a free one)", wholeFrom(0, LAST_PORT))
    .option(
      "--token [token]",
      "require a token, on a machine that others also use; without a value, a random one is made. No browser is opened (default: none)",
    )
    .option(
      "--embed-in <origin>",
      "let pages of a site show it in a frame, such as https://school.example; repeatable (default: none)",
      collectedOrigin,
    )
    .addOption(withOption())
    .option("--no-open", "open no browser (default: open the system's)")
    .addHelpText(
      "after",
      "\nExamples:\n  monge studio\n  monge studio runs/digits            # also while monge train runs\n  monge studio runs/compare runs/first --port 8080 --no-open\n  monge studio runs/digits --token\n  monge studio --port 8080 --embed-in http://localhost:3000",
    )
    .action(async (names: readonly string[], { port = 0, open: opens, token: given, embedIn = [] }: StudioFlags) => {
      const token = given === true ? drawToken() : given;
      const runs = await openNamedRuns(names);
      await interruptible(async (signal) => {
        const server = await startStudioServer({ runs, port, token, embedIn });
        print(`Studio: ${server.address} (Ctrl+C ends it)`);
        // The command line of a browser, and with it the address, is there for all users of the machine to see.
        if (opens && token === undefined) await openBrowser(server.address);
        if (!signal.aborted) await once(signal, "abort");
        await server.close();
      });
    });
}

/** Each time that the option is given. */
function collectedOrigin(text: string, others: readonly string[] = []): readonly string[] {
  const origin = URL.canParse(text) ? new URL(text).origin : "";
  if (!/^https?:/.test(origin) || ![origin, `${origin}/`].includes(text))
    throw new InvalidArgumentError("It must be an origin, as https://school.example.");
  return [...others, origin];
}

/** The page is there without a browser too, so a failure is told and nothing more. */
async function openBrowser(address: string): Promise<void> {
  const failed = () => warn([`No browser could be opened; open ${address} yourself.`]);
  const opener = await open(address).catch(failed);
  opener?.once("exit", (code) => code !== 0 && failed());
}
