/** Blanks the bytes that fill a packet of Opus up (RFC 6716, section 3.2.5). No decoder reads them. */
export function quietOpus(packet: Buffer): void {
  const isCounted = ((packet[0] ?? 0) & 3) === 3;
  const isFilled = ((packet[1] ?? 0) & 0x40) > 0;
  if (!isCounted || !isFilled) return;
  let filling = 0;
  let at = 2;
  for (let length = 255; length === 255 && at < packet.length; at++) {
    length = packet[at] ?? 0;
    filling += length === 255 ? 254 : length;
  }
  packet.fill(0, Math.min(Math.max(packet.length - filling, at), packet.length));
}

/** Lengths of frames, by the kind of a packet, in samples of 48,000 a second. */
const silk = [480, 960, 1920, 2880];
const hybrid = [480, 960];
const celt = [120, 240, 480, 960];

/** How long a packet is heard, in samples of 48,000 a second. */
export function samplesOfPacket(packet: Buffer): number {
  const head = packet[0] ?? 0;
  const kind = head >> 3;
  const frame = (kind < 12 ? silk[kind & 3] : kind < 16 ? hybrid[kind & 1] : celt[kind & 3]) ?? 0;
  const code = head & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  return frame * count;
}
