import { z } from "zod";
import { InputError } from "../../errors.js";
import { shortened } from "../../quoting.js";

/** Milliseconds that a server may take to answer. */
const PATIENCE = 15_000;

const refusalSchema = z.object({ error_code: z.string(), message: z.string().default("") });

/** What a tracking server refused, by its own code such as "RESOURCE_DOES_NOT_EXIST". */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A tracking server of MLflow, by its REST API 2.0. */
export interface TrackingServer {
  /** Its address, without a password. */
  readonly address: string;
  /** @throws Refusal where it answers with an error, Error where it does not answer */
  get<T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  /** Keeps a file among the artifacts of a run, where the server serves them (`artifactUri` begins with "mlflow-artifacts:"). */
  keep(artifactUri: string, path: string, content: Uint8Array): Promise<void>;
}

/**
 * The server at an address, which may hold a name and a password. Without them those of `MLFLOW_TRACKING_USERNAME` and
 * `MLFLOW_TRACKING_PASSWORD` are used, or the token of `MLFLOW_TRACKING_TOKEN`.
 * @throws InputError where it is no address
 */
export function trackingServer(text: string, environment: NodeJS.ProcessEnv): TrackingServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InputError(
      `"${shortened(text)}" is not the address of an MLflow server: give one such as http://127.0.0.1:5000.`,
    );
  const authorization = authorizationOf(url, environment);
  const address = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  const send = async (path: string, request: RequestInit): Promise<Response> => {
    const headers = { ...(authorization && { authorization }), ...request.headers };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`${address}/api/2.0/${path}`, { ...request, headers, signal }).catch(
      (error: unknown) => {
        throw new Error(`the MLflow server at ${address} does not answer (${reasonOf(error)})`);
      },
    );
    if (answer.ok) return answer;
    const refusal = refusalSchema.safeParse(await answer.json().catch(() => undefined)).data;
    const told = refusal ? `${refusal.error_code}: ${shortened(refusal.message)}` : answer.statusText;
    throw new Refusal(
      refusal?.error_code ?? String(answer.status),
      `the MLflow server at ${address} answers ${path} with ${answer.status} ${told}`,
    );
  };
  const read = async <T>(path: string, answer: Response, schema: z.ZodType<T>): Promise<T> => {
    const { data } = schema.safeParse(await answer.json().catch(() => undefined));
    if (data === undefined) throw new Error(`${address} answers ${path} as no MLflow server does`);
    return data;
  };
  return {
    address,
    async get(path, query, schema) {
      return read(path, await send(`mlflow/${path}?${new URLSearchParams(query)}`, {}), schema);
    },
    async post(path, body, schema) {
      const headers = { "content-type": "application/json" };
      return read(path, await send(`mlflow/${path}`, { method: "POST", body: JSON.stringify(body), headers }), schema);
    },
    async keep(artifactUri, path, content) {
      const root = artifactUri.replace(/^mlflow-artifacts:(\/\/[^/]*)?\/*/, "");
      await send(`mlflow-artifacts/artifacts/${root}/${path}`, { method: "PUT", body: Uint8Array.from(content) });
    },
  };
}

function authorizationOf({ username, password }: URL, environment: NodeJS.ProcessEnv): string | undefined {
  const { MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN } = environment;
  const [name, secret] = username
    ? [decodeURIComponent(username), decodeURIComponent(password)]
    : [MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD ?? ""];
  if (name) return `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;
  return MLFLOW_TRACKING_TOKEN ? `Bearer ${MLFLOW_TRACKING_TOKEN}` : undefined;
}

/** Why a request failed: "ECONNREFUSED", "timed out". */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `not within ${PATIENCE / 1000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return shortened(error instanceof Error ? error.message : String(error));
}
