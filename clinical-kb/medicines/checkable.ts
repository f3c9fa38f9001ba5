import type { Members } from './members.js';
import type {
  Allergy,
  Condition,
  Contraindication,
  Dose,
  Interaction,
  Medicine,
  MissedDose,
  Product,
  Studied,
  Substance,
  SubstanceRule,
} from './schema.js';

/** What is checked, without the citations. */
export interface Checkable {
  readonly medicines: ReadonlyMap<string, Omit<Medicine, 'cite'>>;
  readonly members: Members;
  readonly products: readonly Omit<Product, 'cite'>[];
  readonly interactions: readonly Omit<Interaction, 'cite'>[];
  readonly contraindications: readonly Omit<Contraindication, 'cite'>[];
  readonly conditions: ReadonlyMap<string, Omit<Condition, 'cite'>>;
  readonly allergies: readonly Omit<Allergy, 'cite'>[];
  readonly doses: ReadonlyMap<string, KnownLimits>;
  readonly missedDoses: readonly Omit<MissedDose, 'cite'>[];
  readonly substances: readonly Omit<Substance, 'cite'>[];
  readonly substanceRules: readonly Omit<SubstanceRule, 'cite'>[];
  readonly studied: readonly Omit<Studied, 'cite'>[];
}

type KnownLimits = Omit<Dose, 'cite' | 'limits'> & {
  readonly limits: readonly Omit<NonNullable<Dose['limits']>[number], 'cite'>[];
};
