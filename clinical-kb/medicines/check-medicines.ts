import { AsterismError } from '../../platform/errors.js';
import type { Members } from './members.js';
import type {
  Allergy,
  Condition,
  Contraindication,
  Dose,
  Interaction,
  InteractionSeverity,
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

/**
 * Refuses knowledge that names what it does not know, or says two things about one.
 * @throws AsterismError KNOWLEDGE_INVALID naming the fact
 */
export function checkMedicines(knowledge: Checkable): void {
  checkReferences(knowledge);
  checkLimits(knowledge);
  checkOnce('interaction', knowledge.interactions);
  checkOnce('contraindication', knowledge.contraindications);
  const [contradiction] = [
    ...interactionConflicts(knowledge),
    ...contraindicationConflicts(knowledge),
    ...substanceConflicts(knowledge),
    ...studiedConflicts(knowledge),
  ];
  if (contradiction !== undefined) throw invalid(contradiction);
}

function invalid(what: string): AsterismError {
  return new AsterismError('KNOWLEDGE_INVALID', `medicines: ${what}`);
}

function checkOnce(kind: string, rules: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of rules) {
    if (seen.has(id)) throw invalid(`${kind} "${id}" is there twice`);
    seen.add(id);
  }
}

function checkReferences(knowledge: Checkable): void {
  const { medicines, members, conditions } = knowledge;
  const must = (known: boolean, where: string, what: string): void => {
    if (!known) throw invalid(`${where} names "${what}", which no file knows`);
  };
  const checkSelectors = (where: string, selectors: readonly string[]): void => {
    for (const selector of selectors) must(members.has(selector), where, selector);
  };
  for (const { ingredient: whole, holds } of medicines.values())
    for (const { ingredient } of holds ?? []) must(medicines.has(ingredient), whole, ingredient);
  for (const { product, ingredients } of knowledge.products)
    for (const { ingredient } of ingredients) must(medicines.has(ingredient), product, ingredient);
  for (const { id, a, b, also, except, overrides } of knowledge.interactions) {
    checkSelectors(id, [...a, ...b, ...(also ?? []), ...(except ?? [])]);
    for (const other of overrides ?? [])
      must(
        knowledge.interactions.some((rule) => rule.id === other),
        id,
        other,
      );
  }
  for (const {
    id,
    medicines: selected,
    except,
    conditions: about,
    overrides,
  } of knowledge.contraindications) {
    checkSelectors(id, [...selected, ...(except ?? [])]);
    for (const condition of about) must(conditions.has(condition), id, condition);
    for (const other of overrides ?? [])
      must(
        knowledge.contraindications.some((rule) => rule.id === other),
        id,
        other,
      );
  }
  for (const { id, implies } of conditions.values())
    for (const implied of implies ?? []) must(conditions.has(implied), id, implied);
  for (const { id, avoid, caution, unlikely } of knowledge.allergies)
    checkSelectors(id, [...avoid, ...caution, ...(unlikely ?? [])]);
  for (const { ingredient, limits } of knowledge.doses.values()) {
    must(medicines.has(ingredient), 'doses', ingredient);
    for (const { condition } of limits)
      must(condition === undefined || conditions.has(condition), ingredient, condition ?? '');
  }
  for (const { id, medicines: selected } of knowledge.missedDoses) checkSelectors(id, selected);
  for (const { id, substance, medicines: selected, except } of knowledge.substanceRules) {
    must(
      knowledge.substances.some((of) => of.id === substance),
      id,
      substance,
    );
    checkSelectors(id, [...selected, ...(except ?? [])]);
  }
  for (const { pair } of knowledge.studied)
    for (const name of pair) must(medicines.has(name), 'no-interaction', name);
}

function checkLimits({ medicines, products, doses }: Checkable): void {
  for (const { ingredient, otc, maxDailyMg } of medicines.values()) {
    const single = otc?.singleMg ?? 0;
    const daily = otc?.dailyMg ?? Number.POSITIVE_INFINITY;
    const danger = otc?.dangerDailyMg ?? Number.POSITIVE_INFINITY;
    const byStrength = Object.values(otc?.dailyMgByStrength ?? {});
    if (single > daily) throw invalid(`${ingredient} allows more at a time than in a day`);
    if (Number.isFinite(daily) && daily > danger) throw invalid(`${ingredient} is dangerous below its limit`);
    if (maxDailyMg !== undefined && Number.isFinite(daily) && daily > maxDailyMg)
      throw invalid(`${ingredient} allows more over the counter than by prescription`);
    if (byStrength.some((mg) => mg > daily))
      throw invalid(`${ingredient} allows more by strength than at all`);
  }
  for (const { ingredient, usualDailyMg, limits } of doses.values()) {
    const [low, high] = usualDailyMg ?? [0, 0];
    const most = medicines.get(ingredient)?.maxDailyMg ?? Number.POSITIVE_INFINITY;
    if (low > high) throw invalid(`${ingredient} has its usual doses in the wrong order`);
    if (high > most) throw invalid(`${ingredient} is usually taken above its limit`);
    if (limits.some(({ maxDailyMg }) => maxDailyMg > most))
      throw invalid(`${ingredient} has a limit for some people above the limit for all`);
  }
  for (const { product, directions } of products) {
    if (directions && directions.unitsPerDose > directions.maxUnitsPer24h)
      throw invalid(`${product} allows more at a time than in a day`);
  }
}

interface Claim {
  readonly id: string;
  readonly severity: InteractionSeverity;
  readonly overrides: readonly string[];
  /** How much the rule is about: of two the one about less is the more exact. */
  readonly reach: number;
}

const gravity: readonly InteractionSeverity[] = ['contraindicated', 'major', 'moderate', 'minor'];

/** A milder rule must say which one it overrides; a graver one must be about less. */
function agree(one: Claim, other: Claim): boolean {
  if (one.severity === other.severity) return true;
  if (one.overrides.includes(other.id) || other.overrides.includes(one.id)) return true;
  const [graver, milder] =
    gravity.indexOf(one.severity) < gravity.indexOf(other.severity) ? [one, other] : [other, one];
  return graver.reach <= milder.reach;
}

/** Two rules that give one pair of medicines different severities, as sentences. */
export function interactionConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const { id, a, b, also, except, severity, overrides } of knowledge.interactions) {
    if (also) continue;
    const left = knowledge.members.of(a, except);
    const right = knowledge.members.of(b, except);
    const claim: Claim = { id, severity, overrides: overrides ?? [], reach: left.size * right.size };
    const own = new Set<string>();
    for (const first of left)
      for (const second of right)
        if (first !== second) own.add(first < second ? `${first} + ${second}` : `${second} + ${first}`);
    if (own.size === 0) conflicts.push(`interaction ${id} is about no pair`);
    record(claims, own, claim, conflicts);
  }
  return conflicts;
}

/** Two rules that give one medicine in one condition different severities, as sentences. */
export function contraindicationConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const rule of knowledge.contraindications) {
    const selected = knowledge.members.of(rule.medicines, rule.except);
    const own = new Set<string>();
    for (const ingredient of selected)
      for (const condition of rule.conditions) own.add(`${ingredient} in ${condition}`);
    const claim: Claim = {
      id: rule.id,
      severity: rule.severity,
      overrides: rule.overrides ?? [],
      reach: selected.size * rule.conditions.length,
    };
    record(claims, own, claim, conflicts);
  }
  return conflicts;
}

/** Two rules that give one medicine with one food or drink different severities, as sentences. */
function substanceConflicts(knowledge: Checkable): string[] {
  const claims = new Map<string, Claim[]>();
  const conflicts: string[] = [];
  for (const rule of knowledge.substanceRules) {
    const selected = knowledge.members.of(rule.medicines, rule.except);
    const claim: Claim = { id: rule.id, severity: rule.severity, overrides: [], reach: selected.size };
    record(
      claims,
      [...selected].map((of) => `${of} with ${rule.substance}`),
      claim,
      conflicts,
    );
  }
  return conflicts;
}

/** Pairs that were found harmless and that a rule warns of, as sentences. */
function studiedConflicts(knowledge: Checkable): string[] {
  return knowledge.studied.flatMap(({ pair: [one, other] }) =>
    knowledge.interactions
      .filter(({ also, severity }) => !also && severity !== 'minor')
      .filter(({ a, b, except }) => {
        const left = knowledge.members.of(a, except);
        const right = knowledge.members.of(b, except);
        return (left.has(one) && right.has(other)) || (left.has(other) && right.has(one));
      })
      .map(({ id }) => `${id} warns of ${one} with ${other}, which no-interaction.json calls harmless`),
  );
}

function record(
  claims: Map<string, Claim[]>,
  keys: Iterable<string>,
  claim: Claim,
  conflicts: string[],
): void {
  for (const key of keys) {
    const others = claims.get(key) ?? [];
    for (const other of others)
      if (!agree(claim, other))
        conflicts.push(`${other.id} says ${other.severity} and ${claim.id} says ${claim.severity} of ${key}`);
    claims.set(key, [...others, claim]);
  }
}
