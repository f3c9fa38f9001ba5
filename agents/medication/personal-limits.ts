import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Chart } from './chart.js';
import { format, type DoseFinding } from './dose-judgement.js';
import type { Intake } from './intake.js';

/** Limits for this patient's age and conditions that a day's dose passes; worst first. */
export function personalLimits(intake: Intake, chart: Chart, knowledge: MedicineKnowledge): DoseFinding[] {
  return intake.parts.flatMap((part): DoseFinding[] => {
    const charted = intake.chart;
    const ordered =
      charted?.doseMg !== undefined && charted.timesPerDay !== undefined
        ? charted.doseMg * charted.timesPerDay
        : undefined;
    const day = part.perDayMg ?? part.perDoseMg ?? (intake.parts[0] === part ? ordered : undefined);
    if (day === undefined) return [];
    const passed = (knowledge.doses.get(part.ingredient)?.limits ?? [])
      .filter(
        ({ fromAgeYears, condition }) =>
          (fromAgeYears === undefined || (chart.ageYears !== undefined && chart.ageYears >= fromAgeYears)) &&
          (condition === undefined || chart.conditions.has(condition)),
      )
      .filter(({ maxDailyMg }) => day > maxDailyMg * 1.001)
      .sort((a, b) => a.maxDailyMg - b.maxDailyMg)[0];
    if (!passed) return [];
    return [
      {
        severity: 'over-label',
        subjects: [part.ingredient],
        text: `${format(day)} of ${part.ingredient}: ${passed.text}`,
        citation: passed.citation,
        against: 'label',
        perDayMg: part.perDayMg,
        limitMg: passed.maxDailyMg,
        personal: true,
      },
    ];
  });
}
