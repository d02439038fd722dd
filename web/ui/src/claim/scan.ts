import { el } from './dom';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorClass = () => (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this browser can read QR codes by itself. */
export function canScan(): boolean {
  return detectorClass() !== undefined && navigator.mediaDevices !== undefined;
}

/** Shows the camera until a QR code is seen; the picture stays in the browser. */
export async function scan(): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => {
    throw new Error('The camera is not available. Allow it for this page, or paste the address.');
  });
  const video = el('video', { playsinline: true, muted: true });
  video.srcObject = stream;
  const dialog = el('dialog', { class: 'scanner', 'aria-label': 'Scan a QR code' }, video,
    el('button', { type: 'button', class: 'secondary', onclick: () => dialog.close() }, 'Cancel'));
  document.body.append(dialog);
  dialog.showModal();
  try {
    await video.play();
    const detector = new (detectorClass()!)({ formats: ['qr_code'] });
    while (dialog.open) {
      const [code] = await detector.detect(video);
      if (code) {
        return code.rawValue;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    throw new Error('No code was scanned. Paste the address instead.');
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    dialog.remove();
  }
}
