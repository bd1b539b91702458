/** Version of the tool, as in package.json (a test compares). Stamped into every report. */
export const version = "0.1.0";
