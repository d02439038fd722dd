// The invariants with 10,000 runs of 128 calls each: ten rounds of 1,000 under seeds of their own, so that
// something is known whenever it is stopped, and a failing round can be done again by its seed.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const ROUNDS = 10;

for (let round = 1; round <= ROUNDS; round++) {
  const { status } = spawnSync(
    join(home, 'node_modules', '.bin', 'forge'),
    ['test', '--threads', '1', '--match-contract', 'EscrowInvariants', '--fuzz-seed', `${round}`, ...process.argv.slice(2)],
    { cwd: home, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, FOUNDRY_PROFILE: 'deep' } },
  );
  if (status !== 0) {
    console.error(`round ${round} of ${ROUNDS} failed; its seed is ${round}`);
    process.exit(1);
  }
  console.log(`round ${round} of ${ROUNDS} passed`);
}
