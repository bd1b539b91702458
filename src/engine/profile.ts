import { frameworkNumbers } from "../shapes/framework-numbers.ts";
import type { AllThresholds } from "../shapes/thresholds.ts";
import type { GateId, Level, Risk } from "../shapes/vocabulary.ts";

/*
 * Default thresholds by risk. The framework states four numbers (2x peak, 72 hours, 10 percent, no critical alert), the
 * same at every risk; all others are this project's defaults. A policy may set each of them; outputs say which holds.
 */

interface Profile {
  thresholds: AllThresholds;
  /** Days that a waiver lasts at most. */
  waiverDays: number;
  /** Gates in which a second person must have signed each decision. */
  secondPerson: readonly GateId[];
  /** Approvals on documents asked for at all; without, `status: approved` with an owner is enough. */
  approvals: boolean;
  /** p95 and time to first token without a threshold in the policy. */
  unsetLatency: "not-judged" | "note" | "hold";
}

interface Row {
  documentAgeMonths: number;
  documentLevel: Level;
  measurementLevel: Level;
  realDataShare: number;
  samples: number;
  pilotLower: number;
  candidates: number;
  attempts: number;
  attackSuccessUpper: number;
  redTeamDays: number;
  drillAgeDays: number;
  catchRate?: number;
  loadMinutes: number;
  loadErrorRate: number;
  loadDays: number;
  canaryRequests: number;
  responses: number;
  satisfactionLower: number;
  responseRate: number;
  retentionMonths: number;
  trained: number;
  alertTestDays: number;
  stopSwitchDays: number;
}

const rows: Record<Risk, Row> = {
  low: {
    documentAgeMonths: 12,
    documentLevel: "E1",
    measurementLevel: "E1",
    realDataShare: 0.5,
    samples: 100,
    pilotLower: 0.7,
    candidates: 0,
    attempts: 60,
    attackSuccessUpper: 0.1,
    redTeamDays: 180,
    drillAgeDays: 365,
    loadMinutes: 15,
    loadErrorRate: 0.01,
    loadDays: 180,
    canaryRequests: 1_000,
    responses: 70,
    satisfactionLower: 0.7,
    responseRate: 0.1,
    retentionMonths: 6,
    trained: 0.9,
    alertTestDays: 180,
    stopSwitchDays: 180,
  },
  medium: {
    documentAgeMonths: 12,
    documentLevel: "E2",
    measurementLevel: "E1",
    realDataShare: 0.8,
    samples: 200,
    pilotLower: 0.8,
    candidates: 2,
    attempts: 150,
    attackSuccessUpper: 0.05,
    redTeamDays: 90,
    drillAgeDays: 180,
    catchRate: 0.8,
    loadMinutes: 30,
    loadErrorRate: 0.01,
    loadDays: 90,
    canaryRequests: 3_000,
    responses: 100,
    satisfactionLower: 0.75,
    responseRate: 0.15,
    retentionMonths: 12,
    trained: 0.9,
    alertTestDays: 90,
    stopSwitchDays: 180,
  },
  high: {
    documentAgeMonths: 6,
    documentLevel: "E2",
    measurementLevel: "E3",
    realDataShare: 0.9,
    samples: 300,
    pilotLower: 0.9,
    candidates: 2,
    attempts: 300,
    attackSuccessUpper: 0.02,
    redTeamDays: 90,
    drillAgeDays: 90,
    catchRate: 0.9,
    loadMinutes: 60,
    loadErrorRate: 0.001,
    loadDays: 90,
    canaryRequests: 10_000,
    responses: 250,
    satisfactionLower: 0.8,
    responseRate: 0.2,
    retentionMonths: 12,
    trained: 1,
    alertTestDays: 30,
    stopSwitchDays: 90,
  },
};

const canary = frameworkNumbers["canary-stability"];

function toThresholds(row: Row): AllThresholds {
  const { documentAgeMonths, documentLevel, measurementLevel } = row;
  return {
    "legal-privacy-architecture": { documentAgeMonths, documentLevel },
    "model-selection": { candidates: row.candidates, documentAgeMonths, documentLevel },
    "business-baseline": { documentAgeMonths, documentLevel },
    "pilot-performance": {
      realDataShare: row.realDataShare,
      samples: row.samples,
      lowerBound: row.pilotLower,
      documentAgeMonths,
      documentLevel,
      measurementLevel,
    },
    "model-registry": { documentLevel },
    "vendor-terms": {
      quotaMultiple: frameworkNumbers["vendor-terms"].quotaMultiple.value,
      priceRatioWarn: 2,
      priceRatioHold: 8,
      documentAgeMonths,
      documentLevel,
    },
    observability: { alertTestDays: row.alertTestDays, documentAgeMonths, documentLevel, measurementLevel: "E1" },
    guardrails: {
      attempts: row.attempts,
      attemptsPerCategory: 20,
      attackSuccessUpper: row.attackSuccessUpper,
      errorShare: 0.05,
      maxAgeDays: row.redTeamDays,
      measurementLevel,
    },
    "human-review": {
      drillAgeDays: row.drillAgeDays,
      ...(row.catchRate === undefined ? {} : { catchRate: row.catchRate }),
      utilisation: 0.7,
      documentAgeMonths,
      documentLevel,
    },
    "load-test": {
      multiple: frameworkNumbers["load-test"].multiple.value,
      minutes: row.loadMinutes,
      errorRate: row.loadErrorRate,
      maxAgeDays: row.loadDays,
      measurementLevel,
    },
    "output-logging": {
      retentionMonths: row.retentionMonths,
      completeness: 0.999,
      documentAgeMonths,
      documentLevel,
      measurementLevel: "E1",
    },
    escalation: { stopSwitchDays: row.stopSwitchDays, documentAgeMonths, documentLevel },
    "canary-stability": {
      hours: canary.hours.value,
      trafficPercent: canary.trafficPercent.value,
      criticalAlerts: canary.criticalAlerts.value,
      coverage: 0.99,
      requests: row.canaryRequests,
    },
    "user-satisfaction": {
      responses: row.responses,
      lowerBound: row.satisfactionLower,
      responseRate: row.responseRate,
      documentAgeMonths,
      documentLevel,
      measurementLevel,
    },
    "business-impact": { unitCostTolerance: 1.2, documentLevel, measurementLevel },
    "support-readiness": { trained: row.trained, forecastLoad: 0.8, documentAgeMonths, documentLevel, measurementLevel: "E1" },
  };
}

export const profiles: Record<Risk, Profile> = {
  low: { thresholds: toThresholds(rows.low), waiverDays: 90, secondPerson: [], approvals: false, unsetLatency: "not-judged" },
  medium: { thresholds: toThresholds(rows.medium), waiverDays: 90, secondPerson: [], approvals: true, unsetLatency: "note" },
  high: {
    thresholds: toThresholds(rows.high),
    waiverDays: 30,
    secondPerson: ["governance", "rollout"],
    approvals: true,
    unsetLatency: "hold",
  },
};
