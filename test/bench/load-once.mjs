// Imports one module in this fresh process and tells how many milliseconds that took.
const began = process.hrtime.bigint();
await import(process.argv[2]);
const took = process.hrtime.bigint() - began;
process.stdout.write(String(Number(took) / 1e6), () => process.exit());
