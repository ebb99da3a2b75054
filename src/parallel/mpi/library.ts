import type { LibraryHandle } from "koffi";
import { InputError } from "../../errors.js";
import { quoted, shortened } from "../../quoting.js";
import type { Launch, MpiKind } from "./launch.js";

/** A library of MPI that is loaded into this process. */
export interface Library {
  /** Its kind and version: "Open MPI 4.1.4". */
  readonly name: string;
  readonly file: LibraryHandle;
  readonly constants: Constants;
}

/** What the header file mpi.h defines, differently for each kind of library. */
interface Constants {
  /** The type of handles in C. */
  readonly handle: "void *" | "int";
  readonly world: bigint | number;
  readonly float: bigint | number;
  readonly byte: bigint | number;
  readonly sum: bigint | number;
  readonly inPlace: bigint;
  readonly ignoredStatus: bigint;
}

/** What is to be known of a kind of library. */
interface Kind {
  /** What its description of itself contains, with the version. */
  readonly version: RegExp;
  readonly constants: (file: LibraryHandle) => Constants;
  /** Names of its file, on macOS and elsewhere, as the loader of the system looks for them. */
  readonly darwin: readonly string[];
  readonly linux: readonly string[];
  readonly install: string;
}

const kinds: Readonly<Record<MpiKind, Kind>> = {
  "Open MPI": {
    version: /Open MPI v([\d.]+)/,
    constants: (file) => ({
      handle: "void *",
      world: file.symbol("ompi_mpi_comm_world"),
      float: file.symbol("ompi_mpi_float"),
      byte: file.symbol("ompi_mpi_byte"),
      sum: file.symbol("ompi_mpi_op_sum"),
      inPlace: 1n,
      ignoredStatus: 0n,
    }),
    darwin: onMac("libmpi.40.dylib"),
    linux: ["libmpi.so.40"],
    install: "`apt install openmpi-bin` or `brew install open-mpi`",
  },
  MPICH: {
    version: /MPICH Version:?\s*([\d.]+)/i,
    constants: () => ({
      handle: "int",
      world: 0x44000000,
      float: 0x4c00040a,
      byte: 0x4c00010d,
      sum: 0x58000003,
      inPlace: 2n ** 64n - 1n,
      ignoredStatus: 1n,
    }),
    darwin: onMac("libmpi.12.dylib"),
    // Debian gives it a name of its own.
    linux: ["libmpich.so.12", "libmpi.so.12"],
    install: "`apt install mpich` or `brew install mpich`",
  },
};

/** Where a file may be on macOS: its loader does not look into the folders of Homebrew and MacPorts by itself. */
function onMac(name: string): string[] {
  return ["", "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"].map((folder) => `${folder}${name}`);
}

/**
 * Loads the library of MPI that belongs to what started this process; Open MPI, or else MPICH, where nothing of MPI did.
 * @param chosen a file to load instead, if any
 * @throws InputError where koffi or a library is missing, and where the library is of no kind that is known here
 */
export async function loadLibrary(launch: Launch | undefined, chosen: string | undefined): Promise<Library> {
  const { load } = await import("koffi").catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === "ERR_MODULE_NOT_FOUND" ? "" : `, which cannot be loaded (${shortened(error.message)})`;
    throw new InputError(`training over the ranks of an MPI job needs the package koffi${reason}: npm install koffi`);
  });
  withoutMemoryHooks();
  const possible = launch?.kinds ?? ["Open MPI", "MPICH"];
  const paths = chosen ? [chosen] : possible.flatMap(pathsOf);
  const problems: string[] = [];
  for (const path of paths) {
    let file: LibraryHandle;
    try {
      // Open MPI's plugins look for its functions among those of the whole process.
      file = load(path, { global: true });
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    return recognised(path, file);
  }
  const problem = shortened(problems.join("; "));
  if (chosen) throw new InputError(`the library of MPI that was named cannot be loaded: ${problem}`);
  const install = possible.map((kind) => kinds[kind].install).join(", or ");
  throw new InputError(
    `no library of ${possible.join(" or ")} can be loaded (${problem}): ${install}, or name its file in MONGE_MPI_LIBRARY`,
  );
}

/**
 * Keeps UCX, the network layer of Debian's MPICH and of many clusters, from patching how the process maps memory: with V8 in the same process
 * one job in thirty crashed at its start. UCX then registers memory for each message, instead of remembering it.
 */
function withoutMemoryHooks(): void {
  process.env.UCX_MEM_EVENTS ??= "n";
}

function pathsOf(kind: MpiKind): readonly string[] {
  return process.platform === "darwin" ? kinds[kind].darwin : kinds[kind].linux;
}

/** @throws InputError where it is neither Open MPI nor MPICH */
function recognised(path: string, file: LibraryHandle): Library {
  const description = descriptionOf(file);
  for (const [name, kind] of Object.entries(kinds)) {
    const version = description.match(kind.version)?.[1];
    if (version !== undefined) return { name: `${name} ${version}`, file, constants: kind.constants(file) };
  }
  const what = description === "" ? "it has no functions of MPI" : `it is ${quoted(description)}`;
  throw new InputError(
    `${quoted(path)} is neither Open MPI nor MPICH (${what}); name another file in MONGE_MPI_LIBRARY`,
  );
}

/** What the library says of itself; nothing where it is none of MPI. */
function descriptionOf(file: LibraryHandle): string {
  /** MPI_MAX_LIBRARY_VERSION_STRING of MPICH, which is the longest. */
  const text = new Uint8Array(8192);
  const length = new Int32Array(1);
  try {
    file.func("MPI_Get_library_version", "int", ["void *", "void *"])(text, length);
  } catch {
    return "";
  }
  return Buffer.from(text).toString("latin1", 0, length[0]).trim();
}
