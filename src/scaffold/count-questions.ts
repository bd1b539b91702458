/** How many answers a new file still waits for. */
export function countQuestions(text: string): number {
  return text.split("\n").filter((line) => /Question:/.test(line) || /^[a-z-]{1,40}: #/.test(line)).length;
}
