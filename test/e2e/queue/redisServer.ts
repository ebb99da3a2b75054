import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { describe } from "vitest";

/** `describe` for tests with a Redis server of their own. Where none is installed they are skipped, and it is said loudly. */
export function describeWithRedis(name: string, tests: () => void): void {
  const found = spawnSync("redis-server", ["--version"]).status === 0;
  if (!found) console.warn(`SKIPPED: ${name}. No redis-server was found; install one (apt install redis-server).`);
  describe.skipIf(!found)(name, tests);
}

export interface RedisOptions {
  readonly password?: string;
  /** Speaks TLS only, with a certificate for localhost of an authority of its own. */
  readonly tls?: boolean;
  /** Keeps nothing when it ends. */
  readonly forgets?: boolean;
}

/** A Redis server on a port of its own, with a folder of its own. */
export interface RedisServer {
  readonly address: string;
  readonly port: number;
  /** The certificate of the authority, where it speaks TLS. */
  readonly authority: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

export async function redisServer({ password, tls = false, forgets = false }: RedisOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "monge-redis-"));
  const port = await freePort();
  const authority = join(folder, "authority.crt");
  if (tls) makeCertificate(folder);
  const plain = tls ? ["--port", "0", "--tls-port", `${port}`] : ["--port", `${port}`];
  const files = ["--tls-cert-file", join(folder, "server.crt"), "--tls-key-file", join(folder, "server.key")];
  const argv = [
    ...plain,
    ...["--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", forgets ? "no" : "yes"],
    ...["--appendfsync", "always"],
    ...(tls ? [...files, "--tls-ca-cert-file", authority, "--tls-auth-clients", "no"] : []),
    ...(password === undefined ? [] : ["--requirepass", password]),
  ];
  let server: ReturnType<typeof spawn> | undefined;
  const start = async () => {
    server = spawn("redis-server", argv, { stdio: "ignore" });
    const client = new Redis({
      ...{ host: "127.0.0.1", port, retryStrategy: () => 50, maxRetriesPerRequest: null },
      ...(password !== undefined && { password }),
      ...(tls && { tls: { rejectUnauthorized: false } }),
    });
    client.on("error", () => {});
    while ((await client.ping().catch(() => "")) !== "PONG") await delay(50);
    client.disconnect();
  };
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  await start();
  const secret = password === undefined ? "" : `:${password}@`;
  return {
    address: `${tls ? "rediss" : "redis"}://${secret}${tls ? "localhost" : "127.0.0.1"}:${port}`,
    ...{ port, authority, start, kill },
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An authority, and a certificate by it for localhost. */
function makeCertificate(folder: string): void {
  const openssl = (...argv: readonly string[]) => execFileSync("openssl", argv, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "authority.key",
    "-out",
    "authority.crt",
    "-subj",
    "/CN=authority of a test",
  );
  openssl("req", ...key.slice(0, 3), "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost");
  const by = ["-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names"];
  openssl("x509", "-req", "-in", "server.csr", "-out", "server.crt", ...by);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("a port for each address");
  return address.port;
}
