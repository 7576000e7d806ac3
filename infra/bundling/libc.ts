/**
 * Stands in for `detect-libc` in the bundles of functions: says that there is no libc that anything was built for. So `sharp`
 * passes over its native builds and takes the one in WebAssembly, which is the same on Lambda and on every developer's
 * machine, and in which a flaw of a decoder stays inside (docs/decisions/0015).
 */
export const isNonGlibcLinuxSync = () => true;
export const familySync = () => "-webassembly";
export const versionSync = () => null;

export default { isNonGlibcLinuxSync, familySync, versionSync };
