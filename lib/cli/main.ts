#!/usr/bin/env node
import { runCommandLine } from "./program";
import { processTerminal } from "./terminal";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = runCommandLine(process.argv.slice(2), processTerminal());
