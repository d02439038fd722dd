import StretchWorker from './argon2.worker?worker&inline';
import { stretch } from './argon2';

/**
 * Runs the key derivation in a thread of its own, so that the page goes on painting and answering. The worker's code
 * is part of the page's script: it stands under the same integrity hash, and a page saved as one file has it too.
 */
export async function stretchAside(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  if (typeof Worker === 'undefined') {
    return stretch(password, salt);
  }
  const worker = new StretchWorker();
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(data);
      worker.onerror = () => reject(new Error('This browser could not check the passphrase. Close other pages, which takes less memory, and try again.'));
      worker.postMessage({ password, salt });
    });
  } finally {
    worker.terminate();
  }
}
