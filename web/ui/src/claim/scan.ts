import { decodeQR } from 'qr/decode.js';
import { el } from './dom';

/** Wide enough for a code that fills half of the picture, and quick on a slow phone. */
const WIDTH = 640;
const PAUSE_MS = 120;

/** Whether this browser may have a camera. */
export function canScan(): boolean {
  return navigator.mediaDevices !== undefined;
}

/** Shows the camera until a QR code is seen; the picture stays in the browser. */
export async function scan(): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => {
    throw new Error('The camera is not available. Allow it for this page, or paste the address.');
  });
  const video = el('video', { playsinline: true, muted: true, 'aria-label': 'The camera’s picture' });
  video.srcObject = stream;
  const dialog = el('dialog', { class: 'scanner', 'aria-label': 'Scan a QR code' }, video,
    el('button', { type: 'button', class: 'secondary', onclick: () => dialog.close() }, 'Cancel'));
  document.body.append(dialog);
  dialog.showModal();
  try {
    await video.play();
    while (dialog.open) {
      const text = read(video);
      if (text !== undefined) {
        return text;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    throw new Error('No code was scanned. Paste the address instead.');
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    dialog.remove();
  }
}

function read(video: HTMLVideoElement): string | undefined {
  const scale = Math.min(1, WIDTH / video.videoWidth);
  const canvas = el('canvas', { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0) {
    return undefined;
  }
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return undefined;
  }
}
