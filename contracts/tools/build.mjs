// Builds the escrow for the Maven module: installs the npm tools if the lock file has changed since
// they were installed, compiles, and puts ABI and bytecode where the jar takes them from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(home, 'node_modules', '.walnut-lock-sha256');
const artifact = join(home, 'target', 'forge', 'out', 'WalnutEscrow.sol', 'WalnutEscrow.json');
const packed = join(home, 'target', 'generated-resources', 'io', 'walnut', 'contracts', 'WalnutEscrow.json');

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`contracts: "${[command, ...args].join(' ')}" failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}

const lock = createHash('sha256').update(readFileSync(join(home, 'package-lock.json'))).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  run('npm', 'ci', '--ignore-scripts', '--loglevel', 'error');
  writeFileSync(stamp, lock);
}
run(join(home, 'node_modules', '.bin', 'forge'), 'build', '--quiet', 'src');

const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(artifact, 'utf8'));
const text = JSON.stringify({
  contractName: 'WalnutEscrow',
  abi,
  bytecode: bytecode.object,
  deployedBytecode: deployedBytecode.object,
});
if (!existsSync(packed) || readFileSync(packed, 'utf8') !== text) {
  mkdirSync(dirname(packed), { recursive: true });
  writeFileSync(packed, text);
}
