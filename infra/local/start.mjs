// `npm start`. Plain JavaScript, because a Node that is too old cannot even read start.ts.
import module from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  module.enableCompileCache(); // what has been compiled once is there sooner at the next start
  await import("./start/start.ts");
} else {
  console.error(
    `Node 22.18 or newer is needed; this is ${process.versions.node}. Run \`npm install\`, which brings Node 24, and then \`npm start\`.`,
  );
  process.exitCode = 1;
}
