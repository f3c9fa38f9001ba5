import { join } from 'node:path';
import { connectSpecialists } from '../cli/consult/consult-batch.js';
import { requestsOf, specialistsOf } from '../cli/consult/request-line.js';
import { prepareTasks } from '../cli/tasks/run-tasks.js';
import { readSets } from '../evaluation/tasks/read-sets.js';
import { specialistNames, startSpecialists } from '../agents/specialists.js';
import { packageRoot } from '../platform/package-root.js';
import { summary } from './statistics.js';

/**
 * One review of one specialist, in this process over gRPC, one at a time: every question of the task sets is a new
 * sentence to it, so that nothing is answered from memory. Then how long all took to load, and the memory of all.
 * usage: node dist/bench/specialists.js [every Nth question]
 */
const every = Number(process.argv[2] ?? 4);
const startedMs = performance.now();
const running = await startSpecialists({ names: specialistNames });
const loadMs = performance.now() - startedMs;
const addresses = Object.entries(running).map(([name, { address }]) => [name, address] as const);
const specialists = await connectSpecialists(Object.fromEntries(addresses));
const lines = readSets(join(packageRoot, 'evaluation', 'tasks', 'sets'));
const tasks = (await prepareTasks(lines)).filter((_, index) => index % every === 0);
const elapsedMs = new Map(specialistNames.map((name) => [name, [] as number[]]));
for (const { request } of tasks) {
  for (const look of requestsOf(request)) {
    for (const name of specialistsOf({ ...request, specialist: 'all' })) {
      const { elapsedMs: tookMs, status } = await specialists.review(name, look);
      if (status !== 'answered') throw new Error(`${name} did not answer`);
      elapsedMs.get(name)?.push(tookMs);
    }
  }
}
for (const [name, values] of elapsedMs) console.log(`${name.padEnd(20)} ${summary(values)}`);
console.log(
  `all loaded after ${(loadMs / 1000).toFixed(1)} s, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB in the process`,
);
specialists.close();
for (const specialist of Object.values(running)) await specialist.close();
