import { AsterismError } from '../../platform/errors.js';
import type { Checkable } from './checkable.js';
import { contradictions } from './check-conflicts.js';

/**
 * Refuses knowledge that names what it does not know, or says two things about one.
 * @throws AsterismError KNOWLEDGE_INVALID naming the fact
 */
export function checkMedicines(knowledge: Checkable): void {
  checkReferences(knowledge);
  checkLimits(knowledge);
  checkOnce('interaction', knowledge.interactions);
  checkOnce('contraindication', knowledge.contraindications);
  const [contradiction] = contradictions(knowledge);
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
  for (const { ingredient, brands, otc, maxDailyMg } of medicines.values()) {
    const single = otc?.singleMg ?? 0;
    const daily = otc?.dailyMg ?? Number.POSITIVE_INFINITY;
    const danger = otc?.dangerDailyMg ?? Number.POSITIVE_INFINITY;
    const byStrength = Object.values(otc?.dailyMgByStrength ?? {});
    if (single > daily) throw invalid(`${ingredient} allows more at a time than in a day`);
    if (Number.isFinite(daily) && daily > danger) throw invalid(`${ingredient} is dangerous below its limit`);
    if (maxDailyMg !== undefined && Number.isFinite(daily) && daily > maxDailyMg)
      throw invalid(`${ingredient} allows more over the counter than by prescription`);
    const names = Object.entries(otc?.byName ?? {});
    const singles = [
      ...Object.values(otc?.singleMgByStrength ?? {}),
      ...names.map(([, of]) => of.singleMg ?? 0),
    ];
    if (singles.some((mg) => mg > daily)) throw invalid(`${ingredient} allows more at a time than in a day`);
    const stranger = names.find(([of]) => of !== ingredient && !brands.includes(of));
    if (stranger)
      throw invalid(`${ingredient} tells the strength of "${stranger[0]}", which is no name of it`);
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
