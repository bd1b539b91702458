import manifest from "../../package.json" with { type: "json" };

/** Version of this build, as `package.json` says. */
export const toolVersion: string = manifest.version;
