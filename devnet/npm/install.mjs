// npm ci, but only when the lock file is not the one that was installed last.
// Usage: node install.mjs FOLDER
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? '.');
const stamp = join(folder, 'node_modules', '.installed-lock');
const wanted = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  // Install scripts stay off: the platform packages carry their binaries.
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error(`npm ci failed in ${folder}: check that npm is installed and its registry can be reached, then build again.`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
