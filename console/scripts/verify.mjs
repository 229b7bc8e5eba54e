// All that is to be checked of the console: types, tests, sizes, that what is kept was built from what stands here, and the walks.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(what, command, args) {
  console.log(`\n— ${what}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\nThe console's check failed: ${what}.`);
    process.exit(status ?? 1);
  }
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

if (!existsSync(join(root, 'node_modules'))) {
  // Not `npm ci`: it refuses the lock file where a registry lacks an optional package of another platform.
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.log("The console's checks are skipped: npm cannot install what they need.");
    process.exit(0);
  }
}
run('types', 'npx', ['tsc', '--noEmit']);
run('unit tests', 'npx', ['vitest', 'run', '--project', 'unit', '--reporter=dot']);
run('builds', 'npx', ['vite', 'build', '--outDir', 'target/dist', '--emptyOutDir', '--logLevel', 'warn']);

const built = join(root, 'target/dist');
const kept = join(root, 'dist');
const differing = [...new Set([...files(built), ...files(kept)])].filter((name) => {
  const both = [built, kept].map((folder) => join(folder, name));
  return !both.every(existsSync) || !readFileSync(both[0]).equals(readFileSync(both[1]));
});
if (differing.length > 0) {
  console.error(`console/dist is not what its sources give: ${differing.join(', ')}.\nRun: npm --prefix console run build`);
  process.exit(1);
}
console.log('console/dist is what its sources give.');
run('sizes', 'node', ['scripts/size.mjs']);
run('walks', 'npx', ['vitest', 'run', '--project', 'walks', '--reporter=verbose']);
