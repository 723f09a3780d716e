// The settings of a draw in the address of the page, so that a link draws the same tune again.

const LINK_START = "#compose?";
const DEFAULT_SETTINGS = Object.freeze({
  key: "",
  meter: "",
  rhythm: "",
  temperature: 1,
  seed: 1,
  constraint: "metre",
  beginning: "",
  kept: "",
  keptFrom: 0,
});

/** The fragment of an address for these settings; those that are as by default are left out. */
function linkOf(settings) {
  const changed = Object.entries(settings).filter(([name, value]) => value !== DEFAULT_SETTINGS[name]);
  return LINK_START + new URLSearchParams(changed.map(([name, value]) => [name, String(value)]));
}

/** The settings of a fragment; null if it is none of `linkOf`. Values that make no sense are as by default. */
function settingsOf(fragment) {
  if (!fragment.startsWith(LINK_START)) return null;
  const given = new URLSearchParams(fragment.slice(LINK_START.length));
  const settings = { ...DEFAULT_SETTINGS };
  for (const name of ["key", "meter", "rhythm", "beginning"]) settings[name] = given.get(name) ?? "";
  const temperature = Number(given.get("temperature") ?? 1);
  const seed = Number(given.get("seed") ?? 1);
  if (temperature > 0 && temperature <= 5) settings.temperature = temperature;
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31) settings.seed = seed;
  const keptFrom = Number(given.get("keptFrom"));
  if (Number.isInteger(keptFrom) && keptFrom > 0) Object.assign(settings, { kept: given.get("kept") ?? "", keptFrom });
  const constraint = given.get("constraint");
  if (constraint === "none" || Object.hasOwn(CONSTRAINTS, constraint ?? "")) settings.constraint = constraint;
  return settings;
}
