/** One way in which a proposed policy asks for less than the one in force. */
export interface Loosening {
  /** `systems.support-assistant.risk`; empty for the policy as a whole. */
  path: string;
  /** Short and escaped; null where nothing is set. */
  from: string | null;
  to: string | null;
  /** One sentence. */
  text: string;
}
