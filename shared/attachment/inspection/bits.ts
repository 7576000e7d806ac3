/** Reads and clears bits one after the other. Behind the end there are zeros. */
export class Bits {
  at: number;
  private readonly file: Buffer;
  private readonly start: number;
  private readonly end: number;

  constructor(file: Buffer, from: number, to: number) {
    this.file = file;
    this.start = from * 8;
    this.at = from * 8;
    this.end = to * 8;
  }

  peek(count: number): number {
    let value = 0;
    for (let at = this.at; at < this.at + count; at++)
      value = value * 2 + (at < this.end ? ((this.file[at >> 3] ?? 0) >> (7 - (at & 7))) & 1 : 0);
    return value;
  }

  take(count: number): number {
    const value = this.peek(count);
    this.at += count;
    return value;
  }

  align(): void {
    this.at = this.start + Math.ceil((this.at - this.start) / 8) * 8;
  }

  /** Clears so many bits. Clears none and says so where there are fewer. */
  clear(count: number): boolean {
    if (this.at + count > this.end) return false;
    for (const last = this.at + count; this.at < last; this.at++) {
      const byte = this.at >> 3;
      this.file[byte] = (this.file[byte] ?? 0) & ~(1 << (7 - (this.at & 7)));
    }
    return true;
  }
}
