// Prints what a browser loads, gzipped: before the editor is opened, and in all.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_AT_MOST = 90;
const TOTAL_AT_MOST = 220;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

// The manifest names what is loaded later; everything else comes first, the worker that lays graphs out too.
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
const later = new Set(
  Object.values(manifest)
    .filter((chunk) => chunk.isDynamicEntry)
    .flatMap((chunk) => [chunk.file, ...(chunk.css ?? [])]),
);
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));
const total = files.reduce((sum, file) => sum + size(file), 0);
const first = files.filter((file) => !later.has(file)).reduce((sum, file) => sum + size(file), 0);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
console.log(`console ${kilobytes(first)} KB ${kilobytes(total)} KB`);
if (first > FIRST_AT_MOST * 1000 || total > TOTAL_AT_MOST * 1000) {
  console.error(`At most ${FIRST_AT_MOST} KB may be loaded first, and ${TOTAL_AT_MOST} KB in all.`);
  process.exitCode = 1;
}
