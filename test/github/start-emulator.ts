/** The emulated GitHub for end-to-end tests: the same that the demo runs (heads follow pushes, changed files, merge 422 until checks pass). */
export { startEmulatedGitHub, type EmulatedGitHub } from "../../src/demo/emulated-github.ts";
