/** One message of a stream of server-sent events. */
export interface ServerEvent {
  id: string;
  type: string;
  data: string;
}

/**
 * Reads server-sent events (HTML Standard, 9.2) out of a response's body: EventSource would not send a login.
 * Comments, with which the server shows that it is there, come as events without a type.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  try {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop()!;
      yield* blocks.map(parse);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse(block: string): ServerEvent {
  const event: ServerEvent = { id: '', type: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    switch (line.slice(0, colon)) {
      case 'id': event.id = value; break;
      case 'event': event.type = value; break;
      case 'data': event.data += event.data === '' ? value : `\n${value}`; break;
    }
  }
  return event;
}
