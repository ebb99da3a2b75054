import { serveThread } from "../../parallel/threads.js";
import type { VerifyEntry } from "./results.js";
import type { CriticProgress } from "./trainCritic.js";
import { type Assignment, verifyCritic } from "./verify.js";

await serveThread<Assignment, CriticProgress, VerifyEntry>(verifyCritic);
