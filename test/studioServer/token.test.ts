import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { drawToken } from "../../src/studioServer/token.js";
import { ask } from "./exchange.js";

const TOKEN = "a-token_of-24-characters";
const PATHS = ["/", "/index.html", "/assets/index-1.js", "/none", "/api/runs.json", "/api/runs/0.json", "/api/none"];

let folder: string;
let server: StudioServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-token-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html>page");
  await writeFile(join(folder, "assets/index-1.js"), "script");
  server = await startStudioServer({ folder, token: TOKEN });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const cookieName = () => `monge-studio-${new URL(server.address).port}`;

describe("a server with a token", () => {
  it("names it in its address, and opens by it", async () => {
    const { pathname, search } = new URL(server.address);
    expect([pathname, search]).toEqual(["/", `?token=${TOKEN}`]);
    expect(await ask(server.address, pathname + search)).toMatchObject({ status: 200, body: "<!doctype html>page" });
  });

  it.each(PATHS)("answers nothing at %s to who does not show it", async (path) => {
    const wrong: readonly [string, Record<string, string>][] = [
      ["", {}],
      ["?token=", {}],
      ["?token=wrong", {}],
      [`?token=${TOKEN.slice(0, -1)}`, {}],
      [`?token=${TOKEN}x`, {}],
      [`?Token=${TOKEN}`, {}],
      ["", { cookie: "" }],
      ["", { cookie: `${cookieName()}=wrong` }],
      ["", { cookie: `monge-studio-1=${TOKEN}` }],
      ["", { cookie: `token=${TOKEN}` }],
      ["", { authorization: TOKEN }],
      ["", { authorization: `Basic ${TOKEN}` }],
      ["", { authorization: "Bearer wrong" }],
      ["", { referer: server.address }],
    ];
    for (const [query, headers] of wrong) {
      const answer = await ask(server.address, path + query, { headers });
      expect([query, headers, answer.status]).toEqual([query, headers, 401]);
      expect(answer.body).toMatch(/needs its token: open the address that monge studio printed/);
      expect(answer.headers).toMatchObject({ "www-authenticate": "Bearer", "cache-control": "no-store" });
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });

  it("sets a cookie that scripts and other sites cannot use, which opens everything from then on", async () => {
    const first = await ask(server.address, `/?data=ring&token=${TOKEN}`);
    const [cookie] = first.headers["set-cookie"] as string[];
    expect(cookie).toBe(`${cookieName()}=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`);
    const headers = { cookie: `theme=dark; ${cookie!.split(";")[0]}` };
    const found = await Promise.all(PATHS.map((path) => ask(server.address, path, { headers })));
    expect(found.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 404, 404]);
    expect(found.flatMap(({ headers }) => headers["set-cookie"] ?? [])).toEqual([]);
  });

  it("takes it in a header, for programs", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await ask(server.address, "/api/runs.json", { headers })).status).toBe(200);
  });

  it("refuses other names, other sites and other methods all the same", async () => {
    const address = `/api/runs.json?token=${TOKEN}`;
    for (const headers of [
      { host: "evil.example" },
      { origin: "http://evil.example" },
      { "sec-fetch-site": "same-site" },
    ])
      expect((await ask(server.address, address, { headers: { ...headers } as Record<string, string> })).status).toBe(
        403,
      );
    expect((await ask(server.address, address, { method: "POST" })).status).toBe(405);
  });

  it("draws one that is another each time and can be used", async () => {
    const drawn = Array.from({ length: 100 }, drawToken);
    expect(new Set(drawn).size).toBe(100);
    for (const token of drawn) expect(token).toMatch(/^[\w-]{32}$/);
  });

  it.each(["", "short", "runs/first-of-all-runs", "a token with a space", "ü".repeat(20), "x".repeat(129)])(
    "is refused %j for one",
    async (token) => {
      const started = startStudioServer({ folder, token });
      await expect(started).rejects.toThrow(InputError);
      await expect(started).rejects.toThrow(/give 16 to 128 letters.*put --token behind the runs/);
    },
  );
});
