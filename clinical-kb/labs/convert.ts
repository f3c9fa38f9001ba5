import { ucum } from '@atomic-ehr/ucum';
import type { Measure } from './schema.js';

/** The way from another unit: value in the measure's unit = value × factor + offset. */
export interface Linear {
  readonly factor: number;
  readonly offset: number;
  /** True where only the scale differs, as between g/dL and g/L; false between amounts and masses. */
  readonly sameKind: boolean;
}

type Convertible = Pick<Measure, 'unit' | 'molarMass' | 'valence' | 'equations'>;

/** How values in a unit become values in the measure's unit; undefined where no way is known. */
export function conversionFrom(unit: string, measure: Convertible): Linear | undefined {
  const equation = measure.equations?.find(({ ucum: of }) => of === unit);
  if (equation) return { factor: equation.factor, offset: equation.offset ?? 0, sameKind: false };
  if (unit === measure.unit) return { factor: 1, offset: 0, sameKind: true };
  const direct = scale(unit, measure.unit);
  // The library counts an equivalent as a mole; where masses meet equivalents the charges count too.
  if (direct) return { ...direct, sameKind: true };
  if (!measure.molarMass) return undefined;
  const { gramsPerMole } = measure.molarMass;
  const charges = (of: string): number => (of.includes('eq') ? (measure.valence ?? 1) : 1);
  const toMoles = scale(unit, 'mol/L');
  const fromGrams = scale('g/L', measure.unit);
  if (toMoles && fromGrams) return linear((toMoles.factor / charges(unit)) * gramsPerMole * fromGrams.factor);
  const toGrams = scale(unit, 'g/L');
  const fromMoles = scale('mol/L', measure.unit);
  if (toGrams && fromMoles)
    return linear((toGrams.factor / gramsPerMole) * charges(measure.unit) * fromMoles.factor);
  return undefined;
}

function linear(factor: number): Linear {
  return { factor: rounded(factor), offset: 0, sameKind: false };
}

function scale(from: string, to: string): { factor: number; offset: number } | undefined {
  try {
    const offset = ucum.convert(0, from, to);
    return { factor: rounded(ucum.convert(1, from, to) - offset), offset: rounded(offset) };
  } catch {
    // The library throws for units that have nothing in common, and for those that it does not know.
    return undefined;
  }
}

/** Drops what binary fractions add. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
