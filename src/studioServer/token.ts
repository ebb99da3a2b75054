import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { InputError } from "../errors.js";

/** What a token is made of, so that it fits into addresses and cookies and is not found by trying. */
const TOKEN = /^[\w-]{16,128}$/;

/** A token that nobody can guess: 192 random bits. */
export function drawToken(): string {
  return randomBytes(24).toString("base64url");
}

/** @throws InputError where a token is too short or holds other characters than letters, digits, - and _ */
export function checkToken(token: string): void {
  if (TOKEN.test(token)) return;
  throw new InputError(
    `the token "${token}" cannot be used: give 16 to 128 letters, digits, - or _; for one that is drawn, put --token behind the runs.`,
  );
}

/** How a request shows the token: in its address, otherwise (cookie or header), or not at all. */
export type Shown = "address" | "otherwise" | null;

/**
 * How a request shows the server's token: as `?token=`, as the cookie that an address with the token sets, or as
 * `Authorization: Bearer`. The time that it takes does not depend on how much of a wrong one is right.
 */
export function shownToken({ url, headers }: IncomingMessage, token: string, port: number): Shown {
  const isToken = (shown: string) => timingSafeEqual(digest(shown), digest(token));
  const query = new URLSearchParams(/\?([^#]*)/.exec(url ?? "")?.[1]);
  if (query.getAll("token").some(isToken)) return "address";
  const name = `${cookieName(port)}=`;
  const cookies = (headers.cookie ?? "").split(/;\s*/).filter((cookie) => cookie.startsWith(name));
  const others = [...cookies.map((cookie) => cookie.slice(name.length)), bearer(headers.authorization)];
  return others.some(isToken) ? "otherwise" : null;
}

/** The cookie by which a page that was opened with the token is known from then on. Scripts and other sites cannot use it. */
export function tokenCookie(token: string, port: number): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

/** Cookies do not tell the ports of a machine apart. */
function cookieName(port: number): string {
  return `monge-studio-${port}`;
}

function bearer(authorization = ""): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
