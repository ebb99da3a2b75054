// Sorts the emoji of the npm package `emoji-datasource-google` (64 x 64 pixels, with transparency) into a folder for each category, as
// `monge train` takes them: every skin tone besides the plain one, no category of fewer than 50.
//
//     npm pack emoji-datasource-google && tar xzf emoji-datasource-google-*.tgz
//     node bench/emojiFolder.mjs --from package --out emoji
import { access, copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

const FEWEST = 50;

const { values: options } = parseArgs({
  options: { from: { type: "string", default: "package" }, out: { type: "string", default: "emoji" } },
});
const emoji = JSON.parse(await readFile(join(options.from, "emoji.json"), "utf8"));
/** @type {Map<string, string[]>} */
const byCategory = new Map();
for (const { category, image, skin_variations: tones = {} } of emoji) {
  const images = [image, ...Object.values(tones).map((tone) => tone.image)];
  byCategory.set(category, [...(byCategory.get(category) ?? []), ...images]);
}
for (const [category, images] of byCategory) {
  const from = images.map((image) => join(options.from, "img", "google", "64", image));
  const present = await Promise.all(
    from.map((file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  const kept = images.filter((_, i) => present[i]);
  if (kept.length < FEWEST) continue;
  const folder = join(options.out, category.replaceAll(" & ", "-").replaceAll(" ", "-").toLowerCase());
  await mkdir(folder, { recursive: true });
  await Promise.all(
    kept.map((image) => copyFile(join(options.from, "img", "google", "64", image), join(folder, image))),
  );
  console.log(`${folder}: ${kept.length}`);
}
