import { stretch } from './argon2';

self.onmessage = ({ data }: MessageEvent<{ password: Uint8Array; salt: Uint8Array }>) => {
  const key = stretch(data.password, data.salt);
  data.password.fill(0);
  self.postMessage(key);
};
