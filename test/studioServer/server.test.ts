import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { ask, askRaw } from "./exchange.js";

const IMMUTABLE = "private, max-age=31536000, immutable";
const LONG = Buffer.from("wasm".repeat(5000));

let folder: string;
let server: StudioServer;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-studio-"));
  await mkdir(at("page/assets/deep"), { recursive: true });
  await mkdir(at("outside"));
  await writeFile(at("outside/secret.txt"), "secret");
  await writeFile(at("secret.txt"), "secret");
  await writeFile(at("page/index.html"), "<!doctype html>page");
  await writeFile(at("page/assets/index-1.js"), "script");
  await writeFile(at("page/assets/ort-1.wasm"), "wasm");
  await writeFile(at("page/assets/ort-1.mjs"), "module");
  await writeFile(at("page/assets/deep/a.css"), "css");
  await writeFile(at("page/assets/long.wasm"), LONG);
  await writeFile(at("page/assets/long.png"), LONG);
  await writeFile(at("page/.hidden"), "secret");
  await symlink(at("secret.txt"), at("page/link.txt"));
  await symlink(at("outside"), at("page/away"));
  await symlink(at("page/assets/index-1.js"), at("page/inside.js"));
  server = await startStudioServer({ folder: at("page") });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const port = () => new URL(server.address).port;

describe("the page", () => {
  it.each([
    ["/", "text/html;charset=utf-8", "<!doctype html>page", "no-cache"],
    ["/?data=ring#x", "text/html;charset=utf-8", "<!doctype html>page", "no-cache"],
    ["/index.html", "text/html;charset=utf-8", "<!doctype html>page", "no-cache"],
    ["/assets/index-1.js", "text/javascript", "script", IMMUTABLE],
    ["/assets/ort-1.wasm", "application/wasm", "wasm", IMMUTABLE],
    ["/assets/ort-1.mjs", "text/javascript", "module", IMMUTABLE],
    ["/assets/deep/a.css", "text/css", "css", IMMUTABLE],
    ["/inside.js", "text/javascript", "script", IMMUTABLE],
  ])("is served at %s", async (path, type, body, cache) => {
    const answer = await ask(server.address, path);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers).toMatchObject({ "content-type": type, "cache-control": cache });
  });

  it("is isolated, sniffed by nobody, framed by nobody, and lets scripts come from here only, with every answer", async () => {
    for (const [path, options] of [
      ["/"],
      ["/assets/ort-1.mjs"],
      ["/none"],
      ["/api/runs.json"],
      ["/", { method: "POST" }],
    ] as const) {
      const { headers } = await ask(server.address, path, options);
      expect(headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      });
      const policy = String(headers["content-security-policy"]);
      expect(policy).toMatch(/default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe-eval'.*unsafe-eval|\*|https?:/);
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("can be framed by pages of the origins that are named, and by no others", async () => {
    expect((await ask(server.address, "/")).headers).toMatchObject({ "x-frame-options": "DENY" });
    const embedIn = ["https://school.example", "http://localhost:3000"];
    const framed = await startStudioServer({ folder: at("page"), embedIn });
    const { headers } = await ask(framed.address, "/");
    expect(headers).not.toHaveProperty("x-frame-options");
    expect(headers["content-security-policy"]).toMatch(
      /frame-ancestors https:\/\/school\.example http:\/\/localhost:3000$/,
    );
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    await framed.close();
  });

  it.each(["/", "/assets/index-1.js", "/api/runs.json"])(
    "answers 304 at %s to who has it, by one tag, by a list of them, weak or strong, or by any",
    async (path) => {
      const { headers } = await ask(server.address, path);
      const tag = String(headers.etag);
      expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
      const strong = tag.slice(2);
      const status = async (known: string) =>
        (await ask(server.address, path, { headers: { "if-none-match": known } })).status;
      for (const known of [tag, strong, `"a", ${tag}`, `W/"a,b",${strong} , "c"`, "*", " * "])
        expect([known, await status(known)]).toEqual([known, 304]);
      for (const known of ['"a"', 'W/"a", "b"', strong.slice(1, -1), '""', `"*"`])
        expect([known, await status(known)]).toEqual([known, 200]);
      const again = await ask(server.address, path, { headers: { "if-none-match": tag } });
      expect(again).toMatchObject({ status: 304, body: "", headers: { etag: tag } });
    },
  );

  it.each([
    ["br", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5, br;q=0", "gzip"],
    ["*", "br"],
    ["*;q=0", undefined],
    ["identity", undefined],
    ["deflate, zstd", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("is compressed for who accepts %j: %s", async (accepted, encoding) => {
    const headers: Record<string, string> = accepted === undefined ? {} : { "accept-encoding": accepted };
    const { port } = new URL(server.address);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request({ port, host: "127.0.0.1", path: "/assets/long.wasm", headers }, resolve);
      asked.on("error", reject).end();
    });
    const body = await buffer(response);
    expect(response.headers["content-encoding"]).toBe(encoding);
    expect(response.headers).toMatchObject({ vary: "Accept-Encoding", "content-length": String(body.length) });
    const plain = encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body;
    expect(plain.equals(LONG)).toBe(true);
    if (encoding !== undefined) expect(body.length).toBeLessThan(LONG.length / 10);
    expect(response.headers.etag).toBe((await ask(server.address, "/assets/long.wasm")).headers.etag);
  });

  it("is sent as it is where it is small or compressed already", async () => {
    for (const path of ["/", "/assets/long.png"]) {
      const { headers } = await ask(server.address, path, { headers: { "accept-encoding": "br, gzip" } });
      expect([path, headers["content-encoding"], headers.vary]).toEqual([path, undefined, undefined]);
    }
  });

  it("has a head without a body", async () => {
    expect(await ask(server.address, "/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    expect(await ask(server.address, "/api/runs.json", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  it("is whole whatever range is asked for, also one that runs backwards", async () => {
    for (const range of ["bytes=5-2", "bytes=999-1000", "bytes=-3", "bytes=0-1", "bytes=x"]) {
      expect(await ask(server.address, "/", { headers: { range } })).toMatchObject({
        status: 200,
        body: "<!doctype html>page",
      });
    }
  });
});

describe("a page that is built anew", () => {
  it("is served as it is then, whole", async () => {
    await mkdir(at("again"));
    await writeFile(at("again/index.html"), "old");
    const one = await startStudioServer({ folder: at("again") });
    expect((await ask(one.address, "/")).body).toBe("old");
    await writeFile(at("again/new.js"), "new script");
    await writeFile(at("again/index.html"), "a newer one");
    expect((await ask(one.address, "/")).body).toBe("a newer one");
    expect((await ask(one.address, "/new.js")).body).toBe("new script");
    await rm(at("again/new.js"));
    expect((await ask(one.address, "/new.js")).status).toBe(404);
    await one.close();
  });
});

describe("what is not the page's is not served", () => {
  it.each([
    "/none",
    "/assets",
    "/assets/",
    "//",
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "/assets/..%c0%af..%c0%afsecret.txt",
    "/%",
    "/%00",
    "/index.html%00.js",
    "/link.txt",
    "/.hidden",
    "/away/secret.txt",
    "/api/../index.html/../../secret.txt",
    "//etc/passwd",
    "/etc/passwd",
  ])("%s", async (path) => {
    const answer = await ask(server.address, path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toMatch(/secret$/);
  });

  it("nor by an address that is none", async () => {
    const host = `Host: 127.0.0.1:${port()}\r\nConnection: close\r\n\r\n`;
    expect(await askRaw(server.address, `GET http://127.0.0.1:${port()}/ HTTP/1.1\r\n${host}`)).toMatch(
      /^HTTP\/1.1 400/,
    );
    expect(await askRaw(server.address, `GET ../secret.txt HTTP/1.1\r\n${host}`)).toMatch(/^HTTP\/1.1 400/);
    expect(await askRaw(server.address, `GET secret.txt HTTP/1.1\r\n${host}`)).toMatch(/^HTTP\/1.1 400/);
    expect(await askRaw(server.address, `GET /../secret.txt HTTP/1.1\r\n${host}`)).toMatch(/^HTTP\/1.1 404/);
    expect(await askRaw(server.address, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect((await ask(server.address, "/")).status).toBe(200);
  });
});

describe("nobody else is answered", () => {
  it.each([
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.evil.example:PORT",
    "127.0.0.1.:PORT",
    "127.0.0.2:PORT",
    "0.0.0.0:PORT",
    "x@127.0.0.1:PORT",
  ])("under the name %j, which another site may have made to lead here", async (name) => {
    for (const path of ["/", "/api/runs.json"]) {
      const answer = await ask(server.address, path, { headers: { host: name.replace("PORT", port()) } });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatch(/answers to 127\.0\.0\.1/);
    }
  });

  it("with two names or with none", async () => {
    const own = `Host: 127.0.0.1:${port()}`;
    expect(
      await askRaw(server.address, `GET / HTTP/1.1\r\n${own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 40[03]/);
    expect(await askRaw(server.address, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(await askRaw(server.address, "GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 403/);
  });

  it("but this machine, by each of its names", async () => {
    for (const name of ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"]) {
      expect((await ask(server.address, "/api/runs.json", { headers: { host: `${name}:${port()}` } })).status).toBe(
        200,
      );
    }
  });

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("by %s", async (method) => {
    for (const path of ["/", "/api/runs.json", "/api/runs/0.json"]) {
      const answer = await ask(server.address, path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("GET, HEAD");
    }
  });

  it("by CONNECT; and no web socket is opened", async () => {
    const own = `Host: 127.0.0.1:${port()}\r\n`;
    expect(await askRaw(server.address, `CONNECT evil.example:80 HTTP/1.1\r\n${own}\r\n`)).not.toMatch(/ 200 /);
    const headers = { upgrade: "websocket", connection: "Upgrade", "sec-websocket-version": "13" };
    expect((await ask(server.address, "/api/runs.json", { headers })).status).toBe(200);
  });

  it.each([
    [{ origin: "http://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "https://127.0.0.1:PORT" }],
    [{ origin: "http://127.0.0.1:1" }],
    [{ origin: "http://127.0.0.1:PORT.evil.example" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
    [{ origin: "http://127.0.0.1:PORT", "sec-fetch-site": "cross-site" }],
  ])("when a page of another site asks for the runs: %j", async (sent) => {
    const headers = Object.fromEntries(
      Object.entries(sent).map(([name, value]) => [name, value.replace("PORT", port())]),
    );
    for (const path of ["/api/runs.json", "/api/runs/0.json", "/api/runs/0/pictures/end.png", "/api/"]) {
      expect((await ask(server.address, path, { headers })).status).toBe(403);
    }
  });

  it("but its own page, the reader, and a link to the page from anywhere", async () => {
    const own = { origin: `http://localhost:${port()}`, "sec-fetch-site": "same-origin" };
    expect((await ask(server.address, "/api/runs.json", { headers: own })).status).toBe(200);
    expect((await ask(server.address, "/api/runs.json", { headers: { "sec-fetch-site": "none" } })).status).toBe(200);
    expect((await ask(server.address, "/?data=ring", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
      200,
    );
  });
});

describe("a server", () => {
  it("listens on 127.0.0.1 alone", () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it("says that a port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const started = startStudioServer({ folder: at("page"), port });
    await expect(started).rejects.toThrow(
      new InputError(`port ${port} cannot be used: it is taken; give another --port, or none for one that is free.`),
    );
    other.close();
  });

  it("says that the page was not built", async () => {
    for (const empty of [at("outside"), at("nowhere")]) {
      await expect(startStudioServer({ folder: empty })).rejects.toThrow(
        /page was not built.*index\.html is missing; run npm run build/,
      );
    }
  });

  it("ends while somebody is connected", async () => {
    const one = await startStudioServer({ folder: at("page") });
    const { port } = new URL(one.address);
    const waiting = askRaw(one.address, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`).catch(() => "");
    await one.close();
    await waiting;
    await expect(ask(one.address, "/")).rejects.toThrow(/ECONNREFUSED/);
  });
});
