import { Option } from "commander";

const FLAG = "--with";

/** `--with`, for a command in which names are looked up. The modules have been imported when a command is made of its options. */
export function withOption(): Option {
  return new Option(
    `${FLAG} <module>`,
    "an ES module of your own that adds losses, constraints, networks, metrics and so on; repeatable (default: none)",
  ).argParser((path: string, before: readonly string[] = []) => [...before, path]);
}

/** The modules that a command line names. */
export function namedModules(argv: readonly string[]): readonly string[] {
  return argv.flatMap((argument, at) => {
    if (argument.startsWith(`${FLAG}=`)) return [argument.slice(FLAG.length + 1)];
    const next = argument === FLAG ? argv[at + 1] : undefined;
    return next === undefined ? [] : [next];
  });
}
