import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

export interface Anvil {
  readonly url: string;
  stop(): void;
}

const START_LIMIT_MS = 20_000;

/** The binary itself, not npm's launcher: that would leave it running when it is stopped. */
function binary(home: string): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${platform}-${arch}/package.json`;
  const folder = dirname(createRequire(join(home, 'package.json')).resolve(name));
  return join(folder, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Starts an empty chain of the given id on a free port of this machine. */
export async function startAnvil(home: string, chainId: number): Promise<Anvil> {
  const port = await freePort();
  const child = spawn(
    binary(home),
    ['--host', '127.0.0.1', '--port', `${port}`, '--chain-id', `${chainId}`, '--hardfork', 'prague', '--silent'],
    { stdio: 'ignore' },
  );
  let failure: Error | undefined;
  child.on('error', (error) => { failure = error; });
  child.on('exit', (code) => { failure ??= new Error(`anvil ended with ${code}`); });
  const stop = () => { child.kill(); };
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && !failure) {
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if (answer.ok) return { url, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  stop();
  throw failure ?? new Error(`anvil did not answer within ${START_LIMIT_MS / 1000} seconds`);
}
