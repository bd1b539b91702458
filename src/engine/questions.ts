import type { GateId, Role } from "../shapes/vocabulary.ts";

/** Evaluation questions of the gates, asked of a role from medium risk up; the answers belong to the gate's decision record. */
export const questions: Record<GateId, { role: Role; question: string }[]> = {
  governance: [
    { role: "legal-privacy", question: "Would we be comfortable showing this data flow to the people in it?" },
    { role: "security", question: "What is the worst that this model choice lets an outsider do, and is that acceptable?" },
    { role: "product-owner", question: "If the metric moves as targeted, will we fund it; if it does not, will we stop?" },
    { role: "architecture", question: "Which integration could still turn this into six months?" },
  ],
  infrastructure: [
    { role: "sre", question: "Can you detect, contain and switch off at 03:00 without the authors?" },
    { role: "security", question: "What did the red team not try?" },
    { role: "product-owner", question: "Can reviewers say no without penalty, and do they have the time?" },
    { role: "product-owner", question: "What do users see beyond twice the peak, and at what volume does the unit cost break the case?" },
  ],
  rollout: [
    { role: "sre", question: "What was quiet only because somebody was watching?" },
    { role: "support-lead", question: "What will the first hundred complaints be?" },
    {
      role: "product-owner",
      question: "Who in the cohort disliked it, and what else changed in the window that could explain the movement?",
    },
  ],
};
