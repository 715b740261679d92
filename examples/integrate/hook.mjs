// node hook.mjs FILE: exits with 0 accept, 1 reject, 2 undecided.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

process.exitCode = 2; // Node itself would end with 1, which is a reject
try {
  const request = JSON.stringify({ content: readFileSync(process.argv[2]).toString("base64") });
  const hook = spawnSync("disclosure-rules", ["hook"], {
    input: request,
    timeout: 90_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  process.stdout.write(hook.stdout ?? "");
  process.exitCode = [0, 1].includes(hook.status) ? hook.status : 2;
} catch (problem) {
  console.error(problem.message);
}
