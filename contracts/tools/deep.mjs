// The invariants with 10,000 runs of 128 calls each.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const { status } = spawnSync(
  join(home, 'node_modules', '.bin', 'forge'),
  ['test', '--threads', '1', '--match-contract', 'EscrowInvariants', ...process.argv.slice(2)],
  { cwd: home, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, FOUNDRY_PROFILE: 'deep' } },
);
process.exit(status ?? 1);
