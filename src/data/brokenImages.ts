import { relative } from "node:path";
import { InputError } from "../errors.js";
import { listed } from "../quoting.js";

/** An image that cannot be decoded. The message is the reason, without the path. */
export class BrokenImage extends Error {
  override readonly name = "BrokenImage";
}

/** The images of a folder that turn out to be broken. */
export class BrokenImages {
  /** Why images are broken, by their paths. */
  readonly reasons: Map<string, string>;

  /**
   * @param total images of the folder, broken or not
   * @param reasons what is known of broken ones already, by their paths
   */
  constructor(
    private readonly folder: string,
    private readonly total: number,
    reasons: Iterable<readonly [path: string, reason: string]> = [],
  ) {
    this.reasons = new Map(reasons);
  }

  get count(): number {
    return this.reasons.size;
  }

  /** The result of `work` on the image at `path`, or `undefined` where that is broken. */
  async unless<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BrokenImage)) throw error;
      this.reasons.set(path, error.message);
      return undefined;
    }
  }

  refusal(): InputError {
    const it = this.count === 1 ? "it" : "them";
    const skip = this.count < this.total ? `, or give --skip-broken to leave ${it} out` : "";
    return new InputError(`${this.described()}; repair or remove ${it}${skip}.`);
  }

  /** That they are left out, a sentence; none where there is no broken one. */
  warnings(): string[] {
    return this.count === 0 ? [] : [`${this.described()}; left out.`];
  }

  private described(): string {
    if (this.count > 1) {
      const names = [...this.reasons].map(([path, reason]) => `${relative(this.folder, path)}: ${reason}`);
      return `${this.count} of ${this.total} images in ${this.folder} cannot be decoded (${listed(names)})`;
    }
    const [path, reason] = [...this.reasons][0] ?? [];
    return `${path} cannot be decoded as an image (${reason})`;
  }
}
