#!/usr/bin/env node
import { guardOutput } from "./output.js";
import { runCommand } from "./program.js";

guardOutput();
process.exitCode = await runCommand(process.argv.slice(2));
