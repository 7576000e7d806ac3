/**
 * Stands in for `detect-libc` in the bundles of functions. It names a libc for which `sharp` has no native build, so `sharp` takes
 * its build in WebAssembly. That one is the same on Lambda and on every developer's machine, and a flaw of a decoder stays
 * inside it (docs/decisions/0015).
 */
export const isNonGlibcLinuxSync = () => true;
export const familySync = () => "-webassembly";
export const versionSync = () => null;

export default { isNonGlibcLinuxSync, familySync, versionSync };
