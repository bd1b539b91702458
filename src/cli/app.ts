/* All that the command line is, without the commands that run a server: one script of the build, so that its code can be kept compiled. */
export { wantsColor, wantsUnicode } from "./io.ts";
export { pilotgate } from "./pilotgate.ts";

export const openTerminal = async () => (await import("./terminal.ts")).openTerminal();
