// Parses a JSON array of tunes from standard input with abcjs, and writes the processor seconds that it took and
// each tune's warnings, in JSON. Node finds abcjs through NODE_PATH.
const abcjs = require("abcjs");
const tunes = JSON.parse(require("fs").readFileSync(0, "utf8"));
const start = process.cpuUsage();
const warnings = tunes.map((tune) => {
  try {
    return abcjs.parseOnly(tune).flatMap((parsed) => parsed.warnings || []);
  } catch (error) {
    return ["raises " + error];
  }
});
const { user, system } = process.cpuUsage(start);
const seconds = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ seconds, warnings }));
