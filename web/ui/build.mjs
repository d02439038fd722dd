// Builds the pages for the Maven module, doing only what is out of date: installs the npm packages if the
// lock file has changed since they were installed, and builds if a source has changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

// A recipient may be on a slow phone network.
const CLAIM_PAGE_LIMIT = 150_000;

const home = dirname(fileURLToPath(import.meta.url));
const installed = join(home, 'node_modules', '.walnut-lock-sha256');
const built = join(home, 'dist', '.walnut-sources-sha256');

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`web/ui: "${[command, ...args].join(' ')}" failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file).update('\0').update(readFileSync(join(home, file))).update('\0');
  }
  return hash.digest('hex');
}

function isStale(stamp, hash) {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash;
}

/** The claim page with all that it loads, as it goes over the wire. */
function claimPageSize() {
  const page = readFileSync(join(home, 'dist', 'claim', 'index.html'), 'utf8');
  const parts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => readFileSync(join(home, 'dist', match[1])));
  return [Buffer.from(page), ...parts].reduce((sum, part) => sum + gzipSync(part).length, 0);
}

const lock = hashOf(['package-lock.json']);
if (isStale(installed, lock)) {
  run('npm', 'ci', '--ignore-scripts', '--loglevel', 'error');
  writeFileSync(installed, lock);
}

const folders = ['src', 'claim', 'receipt'].flatMap((folder) =>
  readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1)));
const top = readdirSync(home).filter((name) => /\.(ts|json|html|mjs)$/.test(name));
const sources = hashOf([...folders, ...top].sort());
if (isStale(built, sources)) {
  run('npm', 'run', '--silent', 'build');
  const size = claimPageSize();
  console.log(`web/ui: the claim page has ${size} bytes gzipped, of ${CLAIM_PAGE_LIMIT} at most`);
  if (size > CLAIM_PAGE_LIMIT) {
    process.exit(1);
  }
  writeFileSync(built, sources);
}
